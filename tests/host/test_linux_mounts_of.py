# SPDX-License-Identifier: MIT
"""Is a folder of a process with other mounts told from ours of the same name?"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from wizard.errors import CannotCheck
from wizard.host.live import live_host

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0, reason="gives a process mounts of its own: root"
)
# Hides a folder under an empty one, in a view of its own, and becomes what follows.
OTHER_MOUNTS = ("unshare", "--mount", "sh", "-c", 'mount -t tmpfs none "$0" && exec "$@"')


def refused() -> str:
    """Why no view can be made here; empty where one can."""
    words = [*OTHER_MOUNTS[:2], "true"]
    return subprocess.run(words, capture_output=True, text=True, check=False).stderr


@contextmanager
def process(*under: str) -> Iterator[int]:
    """A process that waits, once it has its view."""
    with subprocess.Popen(
        [*under, sys.executable, "-c", "print(flush=True); input()"], stdin=-1, stdout=-1
    ) as running:
        assert running.stdout is not None
        running.stdout.readline()
        try:
            yield running.pid
        finally:
            running.communicate(b"\n")


def test_same_folder_when_the_process_has_our_view_then_always(tmp_path: Path) -> None:
    with process() as pid:
        assert live_host().same_folder(str(tmp_path), pid)
        assert live_host().same_folder(str(tmp_path / "missing"), pid)


def test_same_folder_when_another_disk_lies_there_for_the_process_then_only_elsewhere(
    tmp_path: Path,
) -> None:
    if refused():
        pytest.skip(f"no view can be made here: {refused()}")
    hidden, other = tmp_path / "hidden", tmp_path / "other"
    for folder in (hidden / "dtmp", other):
        folder.mkdir(parents=True)
    (tmp_path / "link").symlink_to(other)
    with process(*OTHER_MOUNTS, str(hidden)) as pid:
        assert not live_host().same_folder(str(hidden), pid)
        assert not live_host().same_folder(str(hidden / "dtmp"), pid)
        assert live_host().same_folder(str(other), pid)
        assert live_host().same_folder(str(hidden / "missing"), pid)
        with pytest.raises(CannotCheck):
            live_host().same_folder(str(tmp_path / "link"), pid)


def test_same_folder_when_the_process_is_gone_then_cannot_check(tmp_path: Path) -> None:
    with process() as pid:
        pass
    with pytest.raises(CannotCheck):
        live_host().same_folder(str(tmp_path), pid)


def test_seen_path_when_the_process_has_our_view_then_the_same(tmp_path: Path) -> None:
    with process() as pid:
        assert live_host().seen_path(str(tmp_path / "missing"), pid) == str(tmp_path / "missing")
    with pytest.raises(CannotCheck):
        live_host().seen_path(str(tmp_path), pid)


def test_seen_path_when_it_has_mounts_of_its_own_then_links_lead_as_they_lead_there(
    tmp_path: Path,
) -> None:
    """The system itself would follow an absolute link out of that view, to the list of ours."""
    if refused():
        pytest.skip(f"no view can be made here: {refused()}")
    hidden = tmp_path / "hidden"
    hidden.mkdir()
    (hidden / "cacerts").write_text("ours")
    host = live_host()
    with process(*OTHER_MOUNTS, str(hidden)) as pid:
        inside = Path(f"/proc/{pid}/root{hidden}")
        (inside / "cacerts").write_text("theirs")
        (inside / "link").symlink_to(hidden / "cacerts")
        (inside / "up").symlink_to(f"../{hidden.name}/link")
        (inside / "loop").symlink_to(hidden / "loop")
        assert Path(inside / "link").read_text() == "ours"
        for name in ("cacerts", "link", "up"):
            seen = host.seen_path(str(hidden / name), pid)
            assert (host.read_text(seen), seen) == ("theirs", str(inside / "cacerts"))
        missing = str(hidden / "missing" / "cacerts")
        assert host.seen_path(missing, pid) == str(inside / "missing" / "cacerts")
        with pytest.raises(CannotCheck):
            host.seen_path(str(hidden / "loop"), pid)
