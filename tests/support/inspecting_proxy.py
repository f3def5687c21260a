# SPDX-License-Identifier: MIT
"""A real proxy that opens encrypted connections and makes certificates of its own: mitmproxy."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

LOOPBACK = "127.0.0.1"
START_S = 40

needs_mitmproxy = pytest.mark.skipif(
    not shutil.which("mitmdump"),
    reason="mitmdump isn't installed (Debian: apt-get install mitmproxy)",
)


@dataclass(frozen=True)
class InspectingProxy:
    """Where it listens, and the certificate of its authority."""

    port: int
    authority: Path

    @property
    def address(self) -> str:
        return f"http://{LOOPBACK}:{self.port}"


@contextmanager
def inspecting(folder: Path, trusts: str) -> Iterator[InspectingProxy]:
    """It trusts the authorities of a PEM file on the way to servers."""
    with socket.create_server((LOOPBACK, 0)) as free:
        port = int(free.getsockname()[1])
    command = [
        "mitmdump", "--quiet", "--listen-host", LOOPBACK, "--listen-port", str(port),
        "--set", f"confdir={folder}", "--set", f"ssl_verify_upstream_trusted_ca={trusts}",
    ]  # fmt: skip
    environment = {**os.environ, "HOME": str(folder)}
    with subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as running:
        try:
            _wait_for(port, running)
            yield InspectingProxy(port, folder / "mitmproxy-ca-cert.pem")
        finally:
            running.terminate()


def _wait_for(port: int, running: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + START_S
    while time.monotonic() < end:
        if running.poll() is not None:
            output = running.stdout.read() if running.stdout else b""
            raise AssertionError(output.decode(errors="replace"))
        try:
            socket.create_connection((LOOPBACK, port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"it did not listen within {START_S} s")
