# SPDX-License-Identifier: MIT
"""Runs the built Linux program with exactly the environment that a test names."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from installer import contents

LOCALE = {"LC_ALL": "C.UTF-8"}
Answer = subprocess.CompletedProcess[str]

needs_root = pytest.mark.skipif(
    os.geteuid() != 0 if hasattr(os, "geteuid") else True, reason="only root may mount"
)
needs_screen = pytest.mark.skipif(
    not shutil.which("Xvfb"), reason="Xvfb, a screen without a monitor, is missing (xvfb)"
)


def run(
    folder: Path,
    *arguments: str,
    environment: Mapping[str, str] | None = None,
    before: Sequence[str] = (),
) -> Answer:
    """The program's answer; `before` is the command that starts it."""
    command = [*before, str(folder / contents.CONSOLE_PROGRAM), *arguments]
    return subprocess.run(
        command,
        env={**LOCALE, **(environment or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=50,
    )


def unpack(archive: Path, target: Path) -> None:
    """An archive's files below a folder, by the program that people use for it."""
    command = ["/bin/tar", "--extract", "--file", str(archive.resolve())]
    subprocess.run(command, cwd=target, check=True)


def copy(folder: Path, target: Path) -> None:
    """The folder in another place, without copying its files where that can be."""
    shutil.copytree(folder, target, symlinks=True, copy_function=_link_or_copy)


def _link_or_copy(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def in_mounts(*mounts: str) -> list[str]:
    """Start a command after these mounts, which nobody else sees and which go with it."""
    script = "set -e; " + "; ".join((*mounts, 'exec "$@"'))
    return ["/usr/bin/unshare", "--mount", "--propagation", "private", "/bin/sh", "-c", script, "-"]


@contextmanager
def screen(width: int = 1280, height: int = 900) -> Iterator[str]:
    """A screen without a monitor; its name for DISPLAY."""
    reads, writes = os.pipe()
    size = f"{width}x{height}x24"
    command = ["Xvfb", "-displayfd", str(writes), "-screen", "0", size, "-nolisten", "tcp"]
    with subprocess.Popen(
        command, pass_fds=[writes], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        os.close(writes)
        with os.fdopen(reads) as told:
            number = told.readline().strip()
        try:
            yield f":{number}"
        finally:
            server.terminate()
