# SPDX-License-Identifier: MIT
"""What is seen of a place: on real file systems, through real links, and where nothing is told."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.fixes.conftest import Mount
from tests.fixes.recorded import host as recorded
from wizard.fixes.place_look import Needs, Surroundings, look, surroundings
from wizard.fixes.place_rules import Place, Standing, judge
from wizard.fixes.places import NO_NEEDS
from wizard.host.base import VolumeKind
from wizard.host.live import live_host
from wizard.nakivo.account import Account
from wizard.product import Product

GB = 1 << 30
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="needs Linux")
ANYBODY = Account("nobody", "test", is_seen=True)


def placed(
    product: Product, path: Path, in_use: Path | None = None, needs: Needs = NO_NEEDS
) -> Place:
    host = live_host()
    used = str(in_use) if in_use else None
    around = surroundings(host, product, used, None, needs)
    return judge(look(str(path), host, around), around, host, product)


def reasons(place: Place) -> list[str]:
    return [notice.id for notice in (*place.against, *place.doubts)]


@on_linux
@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ("size=5017600k", "too_little_room"),  # 4.8 GB
        ("size=5242880k", "too_little_room"),  # 5.0 GB to the byte
        ("size=5242884k", "little_room"),
        ("size=10485756k", "little_room"),
        ("size=10485760k", None),  # 10.0 GB to the byte
        ("size=20g,nr_inodes=1", "no_more_files"),
        ("size=20g,ro", "read_only"),
    ],
)
def test_look_at_a_real_file_system_when_it_is_at_a_limit_then_the_rule_follows(
    product: Product, mount: Mount, options: str, expected: str | None
) -> None:
    place = placed(product, mount("disk", options) / "dtmp")
    assert place.is_missing
    assert place.volume is not None
    assert place.volume.kind is VolumeKind.MEMORY
    assert [reason for reason in reasons(place) if reason != "kind_memory"] == (
        [expected] if expected else []
    )


@on_linux
def test_look_at_a_real_local_disk_when_it_is_empty_then_it_is_good_until_it_fills(
    product: Product, local_disk: Path
) -> None:
    good = placed(product, local_disk / "dtmp")
    assert (good.standing, reasons(good)) == (Standing.GOOD, [])
    with (local_disk / "large").open("wb") as file:
        import os

        os.posix_fallocate(file.fileno(), 0, 7 * GB)  # takes no room outside the image's own file
    assert reasons(placed(product, local_disk / "dtmp")) == ["too_little_room"]


@on_linux
def test_look_through_a_link_when_it_leads_to_the_full_volume_in_use_then_it_is_bad(
    product: Product, mount: Mount, tmp_path: Path
) -> None:
    full = mount("full", "size=1g")
    (full / "tmp").mkdir()
    (full / "other").mkdir()
    (tmp_path / "dtmp").symlink_to(full / "other")
    place = placed(product, tmp_path / "dtmp", in_use=full / "tmp")
    assert "full_in_use" in reasons(place)
    assert "link" in reasons(place)
    below = placed(product, tmp_path / "dtmp" / "new", in_use=full / "tmp")
    assert below.is_missing
    assert "full_in_use" in reasons(below)


@on_linux
def test_look_when_the_folder_in_use_is_itself_a_link_then_its_target_counts(
    product: Product, mount: Mount, tmp_path: Path
) -> None:
    full = mount("full", "size=1g")
    (full / "tmp").mkdir()
    (tmp_path / "in-use").symlink_to(full / "tmp")
    place = placed(product, full / "dtmp", in_use=tmp_path / "in-use")
    assert "full_in_use" in reasons(place)


def test_look_through_a_link_when_it_leads_into_a_repository_then_it_is_bad(
    product: Product, tmp_path: Path
) -> None:
    (tmp_path / "backups" / "t").mkdir(parents=True)
    (tmp_path / "dtmp").symlink_to(tmp_path / "backups" / "t", target_is_directory=True)
    needs = Needs((str(tmp_path / "backups"),))
    place = placed(product, tmp_path / "dtmp", needs=needs)
    assert "repository" in reasons(place)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("missing/dtmp", "parent_missing"),
        ("file", "occupied"),
        ("full", "not_empty"),
    ],
)
def test_look_at_real_folders(product: Product, tmp_path: Path, name: str, expected: str) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "one").touch()
    assert expected in reasons(placed(product, tmp_path / name))


@on_linux
def test_look_when_the_account_may_not_write_there_then_that_is_said(
    product: Product, tmp_path: Path
) -> None:
    folder = tmp_path / "dtmp"
    folder.mkdir(mode=0o700)
    around = Surroundings(account=ANYBODY)
    place = judge(look(str(folder), live_host(), around), around, live_host(), product)
    assert "not_writable" in reasons(place)


def test_look_when_the_computer_tells_nothing_then_each_question_is_kept_and_none_is_good(
    product: Product,
) -> None:
    silent = recorded()
    around = Surroundings(account=ANYBODY)
    seen = look(r"D:\Dtmp", silent, around)
    assert [notice.text for notice in seen.unknown] == ["error.not_recorded"] * len(seen.unknown)
    asked = {str(notice.values["what"]).split()[0] for notice in seen.unknown}
    assert asked >= {"real_path", "volumes"}
    place = judge(seen, around, silent, product)
    assert (place.standing, place.is_missing) == (Standing.DOUBTFUL, False)
