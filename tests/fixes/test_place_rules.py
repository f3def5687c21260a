# SPDX-License-Identifier: MIT
"""Each rule on a place, on recorded looks: the boundaries, and what never gets past."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.fixes.recorded import host
from wizard.fixes.place_look import Look, Needs, Surroundings
from wizard.fixes.place_rules import Place, Standing, judge
from wizard.host.base import Quota, Volume, VolumeKind
from wizard.nakivo.account import Account
from wizard.product import Product
from wizard.texts import Texts

GB = 1 << 30
ROOM = Volume("D:\\", VolumeKind.LOCAL, "NTFS", 900 * GB, 80 * GB, read_only=False, source="test")
SYSTEM = replace(ROOM, mount="C:\\", free_bytes=3 * GB)
GOOD = Look(r"D:\Dtmp", r"D:\Dtmp", exists=True, content=0, volume=ROOM, writable=True)
AROUND = Surroundings(
    in_use=r"C:\Program Files\NAKIVO\transporter\java\tmp",
    volume_in_use=SYSTEM,
    account=Account("LocalSystem", "service", is_seen=True),
    product_folder=r"C:\Program Files\NAKIVO",
    usual_repository=r"C:\Program Files\NAKIVO\repository",
    needs=Needs((r"D:\Backups", r"D:\Backups\inner")),
)


def judged(product: Product, around: Surroundings = AROUND, **seen: Any) -> Place:
    return judge(replace(GOOD, **seen), around, host(), product)


def with_volume(product: Product, around: Surroundings = AROUND, **volume: Any) -> Place:
    return judged(product, around, volume=replace(ROOM, **volume))


def ids(place: Place) -> tuple[list[str], list[str]]:
    return [notice.id for notice in place.against], [notice.id for notice in place.doubts]


def test_judge_of_a_roomy_local_disk_has_nothing_to_say_but_what_only_the_product_knows(
    product: Product,
) -> None:
    place = judged(product)
    assert (place.standing, ids(place)) == (Standing.GOOD, ([], []))
    assert [notice.id for notice in place.unknown] == ["repositories_unknown"]


@pytest.mark.parametrize(
    ("free", "expected"),
    [
        (int(4.9 * GB), (["too_little_room"], [])),
        (5 * GB, (["too_little_room"], [])),
        (5 * GB + 1, ([], ["little_room"])),
        (10 * GB - 1, ([], ["little_room"])),
        (10 * GB, ([], [])),
    ],
)
def test_judge_of_room_takes_strictly_more_than_the_first_number_and_doubts_below_the_second(
    product: Product, free: int, expected: tuple[list[str], list[str]]
) -> None:
    assert ids(with_volume(product, free_bytes=free)) == expected


@pytest.mark.parametrize("kind", [VolumeKind.NETWORK, VolumeKind.SESSION])
def test_judge_of_what_the_service_may_not_see_is_never_good(
    product: Product, kind: VolumeKind
) -> None:
    place = with_volume(product, kind=kind)
    assert (place.standing, ids(place)) == (Standing.BAD, ([kind.value], []))


@pytest.mark.parametrize("kind", [VolumeKind.REMOVABLE, VolumeKind.MEMORY, VolumeKind.UNKNOWN])
def test_judge_of_another_kind_of_disk_doubts(product: Product, kind: VolumeKind) -> None:
    place = with_volume(product, kind=kind)
    assert (place.standing, ids(place)) == (Standing.DOUBTFUL, ([], [f"kind_{kind}"]))


@pytest.mark.parametrize(
    ("volume", "reason"),
    [
        ({"read_only": True}, "read_only"),
        ({"free_inodes": 0}, "no_more_files"),
        ({"mount": "c:\\", "free_bytes": 3 * GB}, "full_in_use"),
    ],
)
def test_judge_of_a_volume_that_takes_no_more_is_bad(
    product: Product, volume: dict[str, Any], reason: str
) -> None:
    assert ids(with_volume(product, **volume)) == ([reason], [])


def test_judge_of_the_folder_in_use_on_a_full_disk_says_that_it_is_in_use(
    product: Product, texts: Texts
) -> None:
    place = judged(product, replace(AROUND, in_use=GOOD.path), volume=SYSTEM)
    assert ids(place)[0] == ["in_use_full"]
    assert "is the folder in use now" in place.against[0].sentence(texts)


@pytest.mark.parametrize(
    ("volume", "doubt"),
    [
        ({"free_inodes": 999}, ["few_files_left"]),
        ({"free_inodes": 1000}, []),
        ({"mount": "C:\\"}, ["same_volume"]),
    ],
)
def test_judge_of_a_volume_that_gains_little_doubts(
    product: Product, volume: dict[str, Any], doubt: list[str]
) -> None:
    assert ids(with_volume(product, **volume)) == ([], doubt)


@pytest.mark.parametrize(
    ("path", "real"),
    [
        (r"D:\Backups\tmp", r"D:\Backups\tmp"),
        (r"d:\backups", r"d:\backups"),
        (r"D:\Dtmp", r"D:\Backups\Dtmp"),  # through a junction
        (r"D:\Backups\inner\t", r"D:\Backups\inner\t"),  # told once
    ],
)
def test_judge_of_a_folder_inside_a_repository_is_bad_also_through_a_link(
    product: Product, path: str, real: str
) -> None:
    place = judged(product, path=path, real=real)
    assert ids(place)[0] == ["repository"]


def test_judge_of_a_folder_where_repositories_only_usually_are_then_it_is_a_doubt(
    product: Product, texts: Texts
) -> None:
    path = r"C:\Program Files\NAKIVO\repository\t"
    place = judged(product, path=path, real=path)
    assert ids(place) == ([], ["in_product", "repository_usual"])
    assert "the product alone knows" in place.doubts[-1].sentence(texts)


@pytest.mark.parametrize(
    ("free", "expected"),
    [(24 * GB + 1, []), (24 * GB, ["items"]), (20 * GB, ["items"]), (4 * GB, [])],
)
def test_judge_when_the_largest_items_are_named_then_their_sum_and_one_must_be_free(
    product: Product, texts: Texts, free: int, expected: list[str]
) -> None:
    around = replace(AROUND, needs=Needs(largest_items_gb=(12.5, 2.0, 8.5, 1.0)))
    place = with_volume(product, around, free_bytes=free)
    assert ids(place)[1] == expected
    assert all("more than 24 GB" in notice.sentence(texts) for notice in place.doubts)


@pytest.mark.parametrize(
    ("seen", "doubt"),
    [
        ({"writable": False}, "not_writable_assumed"),
        ({"quota": Quota(90 * GB, 85 * GB, 5 * GB, "test")}, "quota_assumed"),
    ],
)
def test_judge_when_the_account_is_only_assumed_then_its_limits_are_doubts(
    product: Product, texts: Texts, seen: dict[str, Any], doubt: str
) -> None:
    around = replace(AROUND, account=Account("bhsvc", "usual", is_seen=False))
    place = judged(product, around, **seen)
    assert ids(place) == ([], [doubt])
    assert "probably runs as bhsvc" in place.doubts[0].sentence(texts)


def test_judge_of_a_folder_beside_a_repository_is_good(product: Product) -> None:
    place = judged(product, path=r"D:\Backups2", real=r"D:\Backups2")
    assert place.standing is Standing.GOOD


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        ({"exists": False, "parent_exists": True}, ([], [])),
        ({"exists": False, "parent_exists": False}, (["parent_missing"], [])),
        ({"exists": False, "parent_exists": True, "is_occupied": True}, (["occupied"], [])),
        ({"writable": False}, (["not_writable"], [])),
        ({"writable": None}, ([], ["rights_unknown"])),
        ({"exists": None, "content": None, "writable": None}, ([], ["unseen"])),
        ({"volume": None}, ([], ["volume_unknown"])),
        ({"content": 2}, ([], ["not_empty"])),
        ({"real": r"E:\elsewhere"}, ([], ["link"])),
        ({"quota": Quota(90 * GB, 85 * GB, 5 * GB, "test")}, (["quota"], [])),
        ({"quota": Quota(90 * GB, 84 * GB, 6 * GB, "test")}, ([], [])),
        ({"quota": Quota(None, 84 * GB, None, "test")}, ([], [])),
        (
            {"path": r"C:\Program Files\NAKIVO\t", "real": r"C:\Program Files\NAKIVO\t"},
            ([], ["in_product"]),
        ),
    ],
)
def test_judge_of_the_folder_itself(
    product: Product, seen: dict[str, Any], expected: tuple[list[str], list[str]]
) -> None:
    assert ids(judged(product, **seen)) == expected


def test_judge_of_the_folder_in_use_does_not_call_its_own_files_strange(product: Product) -> None:
    around = replace(AROUND, in_use=r"D:\Dtmp", volume_in_use=ROOM)
    assert ids(judged(product, around, content=900)) == ([], [])


def test_judge_without_an_account_says_that_its_rights_are_unknown(product: Product) -> None:
    place = judged(product, replace(AROUND, account=None))
    assert [notice.id for notice in place.unknown] == ["repositories_unknown", "account_unknown"]


def test_every_reason_has_a_sentence_with_its_numbers(product: Product, texts: Texts) -> None:
    worst = replace(SYSTEM, kind=VolumeKind.NETWORK, read_only=True, free_inodes=0)
    place = judged(
        product,
        path=r"D:\Backups\x",
        volume=worst,
        exists=False,
        parent_exists=False,
        writable=False,
        quota=Quota(9 * GB, 8 * GB, GB, "test"),
        content=1,
        real=r"E:\x",
    )
    sentences = [notice.sentence(texts) for notice in (*place.against, *place.doubts)]
    assert len(sentences) == 10
    assert "C:\\ holds the present temporary folder and has only 3 GB free." in sentences[2]
    assert "LocalSystem may write only 1 GB more on C:\\ (quota)." in sentences[4]
    assert "1 file or folder is in" in sentences[-1]


def test_sentence_when_just_short_of_the_limit_then_its_number_is_below_it(
    product: Product, texts: Texts
) -> None:
    place = with_volume(product, free_bytes=int(product.bytes_of_gb(5)) - 1)
    assert "only 4.99 GB free. More than 5 GB" in place.against[0].sentence(texts)
