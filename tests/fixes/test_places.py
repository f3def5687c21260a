# SPDX-License-Identifier: MIT
"""The suggested place for the temporary folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.fixes.recorded import host
from wizard.errors import BadInput, CannotCheck
from wizard.fixes import places
from wizard.product import Product
from wizard.texts import Texts

GB = 1024**3


def volume(mount: str, free_gb: float, kind: str = "local", *, read_only: bool = False) -> Any:
    return {
        "mount": mount,
        "kind": kind,
        "file_system": "ntfs",
        "total_bytes": 500 * GB,
        "free_bytes": int(free_gb * GB),
        "read_only": read_only,
        "source": "test",
    }


def suggested(product: Product, *volumes: Any, in_use: str | None = r"C:\tmp") -> str:
    return places.suggest(host(volumes=list(volumes)), product, in_use)


def test_suggest_when_several_disks_have_room_then_takes_the_roomiest_other_one(
    product: Product,
) -> None:
    disks = (volume("C:\\", 400), volume("D:\\", 50), volume("E:\\", 90))
    assert suggested(product, *disks) == r"E:\Dtmp"


@pytest.mark.parametrize(
    "bad",
    [
        volume("D:\\", 9.9),
        volume("D:\\", 90, "network"),
        volume("D:\\", 90, "removable"),
        volume("D:\\", 90, read_only=True),
        volume("C:\\Mount Point\\", 90),  # a blank would stop Java
    ],
)
def test_suggest_when_the_only_other_disk_is_no_good_then_says_so(
    product: Product, bad: Any
) -> None:
    with pytest.raises(CannotCheck):
        suggested(product, volume("C:\\", 400), bad)


def test_suggest_when_the_folder_in_use_is_unknown_then_any_disk_may_do(product: Product) -> None:
    assert suggested(product, volume("C:\\", 400), in_use=None) == r"C:\Dtmp"


def test_suggest_when_on_linux_then_below_the_mount(product: Product) -> None:
    disks = [volume("/", 20), volume("/data", 90)]
    assert places.suggest(host("linux", volumes=disks), product, "/opt/x") == "/data/dtmp"


def test_make_folder_when_its_parent_is_there_then_makes_it_and_twice_does_no_harm(
    tmp_path: Path,
) -> None:
    places.make_folder(str(tmp_path / "dtmp"))
    places.make_folder(str(tmp_path / "dtmp"))
    assert (tmp_path / "dtmp").is_dir()


@pytest.mark.parametrize("name", ["a/b", "a b", "file", "x" * 300])
def test_make_folder_when_it_can_not_be_then_a_sentence(
    tmp_path: Path, texts: Texts, name: str
) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(BadInput) as caught:
        places.make_folder(str(tmp_path / name))
    assert texts.summary(caught.value)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file"]
