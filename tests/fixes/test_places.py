# SPDX-License-Identifier: MIT
"""The list of places: each volume with its reasons, and at most one that is recommended."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from tests.host.samples import ROOT, TEMP, volume, windows_server
from wizard.errors import CannotCheck
from wizard.fixes import places
from wizard.fixes.place_look import Needs
from wizard.fixes.place_rules import Standing
from wizard.fixes.places import Candidate
from wizard.host.base import Host
from wizard.host.live import live_host
from wizard.host.recorded import RecordedHost
from wizard.nakivo.installation import Installation
from wizard.product import Product

INSTALLATION = Installation(
    folder=ROOT,
    transporter=rf"{ROOT}\transporter",
    default_temp_folder=TEMP,
    log_folder=rf"{ROOT}\transporter\bh-logs",
    found_by="test",
    has_director=True,
)


def server(*volumes: Any, **more: Any) -> RecordedHost:
    """A Windows server with these drives, none of which has the folder yet."""
    mounts = [one["mount"] for one in volumes]
    files: dict[str, Any] = {path: [] for path in (ROOT, TEMP, *mounts)}
    files[r"D:\missing"] = None
    files[r"D:\missing\tmp"] = None
    return windows_server(volumes=list(volumes), files=files, **more)


def listed(host: Host, product: Product, in_use: str | None = TEMP) -> tuple[Candidate, ...]:
    return places.candidates(host, product, in_use, INSTALLATION)


def told(candidate: Candidate) -> list[str]:
    return [notice.id for notice in (*candidate.place.against, *candidate.place.doubts)]


def test_candidates_of_a_server_with_many_drives_tell_of_each_why_and_recommend_one(
    product: Product,
) -> None:
    host = server(
        volume("C:\\", 3),
        volume("D:\\", 50),
        volume("E:\\", 400, read_only=True),
        volume("F:\\", 90),
        volume("G:\\", 4.9),
        volume("N:\\", 900, kind="network"),
        volume("S:\\", 90, kind="session"),
        volume("U:\\", 90, kind="removable"),
    )
    found = listed(host, product)
    assert {one.place.folder: told(one) for one in found} == {
        r"F:\Dtmp": [],
        r"D:\Dtmp": [],
        r"U:\Dtmp": ["kind_removable"],
        r"C:\Dtmp": ["full_in_use"],
        r"E:\Dtmp": ["read_only"],
        r"G:\Dtmp": ["too_little_room"],
        r"N:\Dtmp": ["network"],
        r"S:\Dtmp": ["session"],
    }
    assert [one.place.folder for one in found[:3]] == [r"F:\Dtmp", r"D:\Dtmp", r"U:\Dtmp"]
    assert [one.place.folder for one in found if one.recommended] == [r"F:\Dtmp"]
    assert all(one.place.is_missing for one in found)
    assert found[0].place.account == r"NT AUTHORITY\SYSTEM"


@pytest.mark.parametrize(
    "only",
    [
        volume("C:\\", 400),  # room enough, and nothing to be gained
        volume("D:\\", 9.9),
        volume("D:\\", 90, kind="removable"),
        volume("C:\\Mount Point\\", 90),  # a blank would stop Java
    ],
)
def test_candidates_without_a_good_one_recommend_none(product: Product, only: Any) -> None:
    found = listed(server(only), product)
    assert len(found) == 1
    assert not found[0].recommended
    assert told(found[0])


def test_candidates_when_the_largest_items_need_more_then_the_disk_is_not_recommended(
    product: Product,
) -> None:
    host, needs = server(volume("D:\\", 12)), Needs(largest_items_gb=(10.0, 1.0, 1.0))
    (only,) = places.candidates(host, product, TEMP, INSTALLATION, needs=needs)
    assert (only.recommended, told(only)) == (False, ["items"])
    assert places.candidates(host, product, TEMP, INSTALLATION)[0].recommended


def test_candidates_when_the_folder_in_use_is_unknown_then_any_roomy_disk_may_do(
    product: Product,
) -> None:
    (only,) = places.candidates(server(volume("C:\\", 400)), product, None, None)
    assert only.recommended


def test_candidates_when_the_volumes_can_not_be_listed_then_that_is_said(product: Product) -> None:
    closed = {"error": "error.sample_closed", "values": {}}
    with pytest.raises(CannotCheck):
        listed(windows_server(volumes=closed), product)


def test_candidates_on_linux_leave_out_containers_and_mounts_on_files(product: Product) -> None:
    facts = {"system": "linux", "os": "Debian", "name": "b", "is_admin": True}
    mounts = [
        volume("/", 20, file_system="overlay"),
        volume("/data", 90),
        volume("/etc/hosts", 95),
        volume("/var/lib/docker/overlay2/x/merged", 99, file_system="overlay"),
    ]
    files = {"/": [], "/data": [], "/etc/hosts": "127.0.0.1"}
    host = RecordedHost({"facts": facts, "volumes": mounts, "files": files})
    found = places.candidates(host, product, "/opt/nakivo/transporter/java/tmp", None)
    assert [one.place.folder for one in found] == ["/data/dtmp", "/dtmp"]
    assert found[0].recommended


def test_candidates_of_this_computer_are_folders_on_its_own_volumes(product: Product) -> None:
    host = live_host()
    found = places.candidates(host, product, None, None)
    assert {one.volume.mount for one in found if one.volume} <= {
        one.mount for one in host.volumes()
    }
    assert all(os.path.isabs(one.place.folder) for one in found)  # noqa: PTH117 - text of a host


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        (r"D:\My Tmp", "path_space"),
        (r"\\server\share\tmp", "path_network"),
        ("/data/tmp", "not_of_windows"),
        ("D:", "path_root"),
        ("D:\\", "path_root"),
        (r"N:\tmp", "network"),
        (r"S:\tmp", "session"),
        (r"C:\tmp", "full_in_use"),
        (r"D:\missing\tmp", "parent_missing"),
        (rf"{ROOT}\repository\tmp", "path_space"),
        (r"D:\repo\tmp", "repository"),
    ],
)
def test_judge_place_of_a_typed_path_follows_the_same_rules(
    product: Product, path: str, reason: str
) -> None:
    host = server(
        volume("C:\\", 3),
        volume("D:\\", 50),
        volume("N:\\", 900, kind="network"),
        volume("S:\\", 90, kind="session"),
    )
    place = places.judge_place(path, host, product, TEMP, INSTALLATION, needs=Needs((r"D:\repo",)))
    assert place.standing is Standing.BAD
    assert place.against[0].id == reason


def test_judge_place_on_linux_refuses_a_windows_path(product: Product, tmp_path: Path) -> None:
    del tmp_path
    facts = {"system": "linux", "os": "Debian", "name": "b", "is_admin": True}
    place = places.judge_place(r"D:\Dtmp", RecordedHost({"facts": facts}), product, None, None)
    assert [notice.id for notice in place.against] == ["not_of_linux"]
