# SPDX-License-Identifier: MIT
"""Real proxies, as networks run them: Squid and Tinyproxy, with sign-in and forbidden hosts."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

LOOPBACK = "127.0.0.1"
USER, PASSWORD = "backup", "PLANTED"
FORBIDDEN = "forbidden.test"
_HELPERS = Path("/usr/lib/squid")
_START_S = 15


@dataclass(frozen=True)
class RealProxy:
    """A running proxy."""

    port: int
    host: str = LOOPBACK

    @property
    def address(self) -> str:
        """Without a sign-in."""
        return f"http://{self.host}:{self.port}"

    def signed_in(self, password: str = PASSWORD) -> str:
        """With one."""
        return f"http://{USER}:{password}@{self.host}:{self.port}"


def _free_port() -> int:
    with socket.create_server((LOOPBACK, 0)) as server:
        return int(server.getsockname()[1])


@contextmanager
def squid(
    schemes: Sequence[str] = ("digest", "basic"), hosts: Mapping[str, str] | None = None
) -> Iterator[RealProxy]:
    """A Squid that wants a sign-in, offers these ways in their order, and forbids some hosts.

    Without any way it lets everybody pass. `hosts` are names that it alone knows.
    """
    program = _program("squid")
    port = _free_port()
    with _open_folder() as folder:
        (folder / "digest").write_text(f"{USER}:{PASSWORD}\n")
        hashed = subprocess.run(
            [_program("openssl"), "passwd", "-apr1", PASSWORD],
            capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
        (folder / "basic").write_text(f"{USER}:{hashed}")
        helpers = {"digest": "digest_file_auth", "basic": "basic_ncsa_auth"}
        lines = [
            f"http_port {LOOPBACK}:{port}",
            "pid_filename none",
            f"cache_log {folder}/cache.log",
            "access_log none",
            "pinger_enable off",
            *(["cache_effective_user nobody"] if os.geteuid() == 0 else []),
            "cache deny all",
            "shutdown_lifetime 0 seconds",
            "connect_timeout 1 second",
            "forward_timeout 1 second",
            f"hosts_file {folder}/hosts",
        ]
        for scheme in schemes:
            helper = _HELPERS / helpers[scheme]
            lines += [
                f"auth_param {scheme} program {helper} {folder / scheme}",
                f"auth_param {scheme} realm office",
            ]
        names = {"localhost": LOOPBACK, **(hosts or {})}
        known = "".join(f"{address} {name}\n" for name, address in names.items())
        (folder / "hosts").write_text(known)
        lines += [
            f"acl forbidden dstdomain .{FORBIDDEN}",
            "http_access deny forbidden",
            *(["acl signed_in proxy_auth REQUIRED"] if schemes else []),
            f"http_access allow {'signed_in' if schemes else 'all'}",
            "http_access deny all",
        ]
        configuration = folder / "squid.conf"
        configuration.write_text("\n".join(lines) + "\n")
        # Its shared memory bears this name. Its own orderly end takes a second and a half.
        name = f"m365p{port}"
        with _running([program, "-N", "-n", name, "-f", str(configuration)], port):
            yield RealProxy(port)
        for left in Path("/dev/shm").glob(f"{name}-*"):  # noqa: S108 - Linux's place for it
            left.unlink()


@contextmanager
def tinyproxy(*, sign_in: bool, host: str = LOOPBACK) -> Iterator[RealProxy]:
    """A Tinyproxy at an address, with a sign-in or without, that forbids some hosts."""
    program = _program("tinyproxy")
    port = _free_port()
    with _open_folder() as folder:
        (folder / "forbidden").write_text(f"{FORBIDDEN}\n")
        lines = [
            f"Port {port}",
            f"Listen {host}",
            "Timeout 5",
            f'Filter "{folder / "forbidden"}"',
            *([f"BasicAuth {USER} {PASSWORD}"] if sign_in else []),
        ]
        configuration = folder / "tinyproxy.conf"
        configuration.write_text("\n".join(lines) + "\n")
        with _running([program, "-d", "-c", str(configuration)], port, host):
            yield RealProxy(port, f"[{host}]" if ":" in host else host)


def _program(name: str) -> str:
    """A server's program may lie where only root's search path leads."""
    found = shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin")
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


@contextmanager
def _open_folder() -> Iterator[Path]:
    """A folder in which also the account may read and write that a proxy changes to."""
    with tempfile.TemporaryDirectory(prefix="m365-proxy-") as name:
        Path(name).chmod(0o777)
        yield Path(name)


@contextmanager
def _running(command: list[str], port: int, host: str = LOOPBACK) -> Iterator[None]:
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _wait(process, (host, port))
            yield
        finally:
            process.kill()


def _wait(process: subprocess.Popen[bytes], address: tuple[str, int]) -> None:
    end = time.monotonic() + _START_S
    while time.monotonic() < end:
        assert process.poll() is None, "the proxy ended at its start"
        with suppress(OSError), socket.create_connection(address):
            return
        time.sleep(0.05)
    raise AssertionError("the proxy does not listen")
