# SPDX-License-Identifier: MIT
"""The plan: what it proposes, warns of, and refuses."""

from __future__ import annotations

import pytest
from hypothesis import given

from tests.fixes.strings import MANY, NAME, awkward_strings, safe_folders
from wizard import product as product_module
from wizard.fixes import plan
from wizard.fixes.carriers import Carrier, split
from wizard.nakivo.java_properties import is_property
from wizard.product import Product
from wizard.texts import Texts

PRODUCT = product_module.load()


@pytest.mark.parametrize(
    "current",
    ["", "-Da=1", "-Xms256m -Xmx512m", "-Da=C:\\x -XX:+UseG1GC", "-Dhosts=localhost"],
)
def test_make_for_the_articles_folder_on_a_plain_string_has_no_warning(
    current: str, product: Product
) -> None:
    made = plan.make(current, r"D:\Dtmp", product)
    assert (made.warnings, made.refused, made.changed) == ((), None, True)
    assert made.proposed == f"{current} -DtempPath=D:\\Dtmp".strip()


def test_make_when_it_is_set_already_changes_nothing(product: Product) -> None:
    made = plan.make("-Da=1 -DtempPath=/data/tmp", "/data/tmp", product)
    assert (made.changed, made.proposed, made.warnings) == (False, made.current, ())


@pytest.mark.parametrize(
    ("current", "warnings"),
    [
        ("-DtempPath=E:\\x", ["temp_path_replaced"]),
        ("-DtempPath=/a -DtempPath=/b", ["duplicates_removed", "temp_path_replaced"]),
        ("-DtempPath=/data/tmp -DtempPath=/data/tmp", ["duplicates_removed"]),
        ("-DoneDriveDirectSend=true", ["direct_send_on"]),
        ("-DoneDriveDirectSend=false", ["direct_send_kept"]),
        ("-Dtemppath=/x", ["lookalike"]),
        ('-Da="b c"', ["depends_on_quoting"]),
        ("-Da='b'", ["depends_on_quoting"]),
        (r'"-DtempPath=D:\My Tmp"', ["temp_path_replaced", "depends_on_quoting"]),
        ("-DtempPath=D:\\Dtmp\\", ["temp_path_replaced"]),
        ("-Dhosts=localhost|*.corp.local", ["shell_acts"]),
        ("-Da=$HOME", ["shell_acts"]),
        ("-Da=`id`", ["shell_acts"]),
        ("-Da=1;reboot", ["shell_acts"]),
        ("-Da=b&c", ["shell_acts"]),
        ("-Da=b>c", ["shell_acts"]),
        ("-Da=<b", ["shell_acts"]),
        ("-Da=/x/*", ["shell_acts"]),
        ("-Da='$HOME'", ["depends_on_quoting"]),
    ],
)
def test_make_warns_of_what_the_person_should_know(
    current: str, warnings: list[str], product: Product, texts: Texts
) -> None:
    made = plan.make(current, "/data/tmp", product)
    assert made.refused is None
    assert [warning.id for warning in made.warnings] == warnings
    assert all(warning.sentence(texts) for warning in made.warnings)


def test_make_keeps_direct_send_byte_for_byte(product: Product) -> None:
    made = plan.make("-DoneDriveDirectSend=true -Da=1", "/data/tmp", product)
    assert made.proposed == "-DoneDriveDirectSend=true -Da=1 -DtempPath=/data/tmp"


@pytest.mark.parametrize(
    ("current", "reason"),
    [
        ("-Da=1\n-Db=2", "current_line_break"),
        ("-Da=1\r", "current_line_break"),
        ("-Da=1\x00", "current_control"),
        ('-Da="b', "current_unmatched_quote"),
        ("-Da=O'Brien", "current_unmatched_quote"),
        ('-Da="D:\\My Tmp\\" -Db', "current_unmatched_quote"),
        ("-Da @more.args", "current_reads_a_file"),
        ("-XX:VMOptionsFile=more", "current_reads_a_file"),
        ("-Da=b#c", "current_not_one"),
        ("-Da=C:\\", "current_not_one"),
        ('-Da="x -DtempPath=y z"', "current_not_one"),
        ('-DtempPath=\\"D:\\a -Xmx1g\\"', "current_loses"),
        (r"-DtempPath=D:\My Tmp", "current_never_starts"),
        ("word", "current_never_starts"),
        ("-Da=" + "x" * 40_000, "current_too_long"),
    ],
)
def test_make_refuses_a_current_string_that_is_not_certain(
    current: str, reason: str, product: Product, texts: Texts
) -> None:
    made = plan.make(current, "/data/tmp", product)
    assert made.refused is not None
    assert made.refused.id == reason
    assert made.refused.sentence(texts)
    assert (made.proposed, made.changed) == (current, False)


def test_make_when_the_path_is_refused_still_shows_what_would_happen(product: Product) -> None:
    made = plan.make("", r"D:\My Tmp", product)
    assert made.refused is not None
    assert made.refused.id == "path_space"
    assert (made.proposed, made.changed) == ("", False)
    assert {reading.problem.id for reading in made.readings if reading.problem} == {"stray_word"}


def test_make_notes_the_forward_slashes_and_the_heap_without_warning(product: Product) -> None:
    made = plan.make("-Xmx512m", r"D:\Dtmp", product)
    assert [note.id for note in made.notes] == ["forward_slashes", "heap_in_string"]
    assert made.notes[0].values["offer"] == "D:/Dtmp"
    assert made.notes[1].values["options"] == "-Xmx512m"


def test_digest_depends_on_the_string_and_on_the_folder(product: Product) -> None:
    made = plan.make("-Da=1", "/a/b", product)
    assert made.digest == plan.make("-Da=1", "/a/b", product).digest
    assert len({made.digest, plan.digest_of("-Da=2", "/a/b"), plan.digest_of("-Da=1", "/a/c")}) == 3


@MANY
@given(awkward_strings, safe_folders)
def test_make_gives_exactly_one_argument_by_every_carrier_or_is_refused(
    current: str, folder: str
) -> None:
    made = plan.make(current, folder, PRODUCT)
    if made.refused:
        assert made.proposed == current
        return
    for carrier in Carrier:
        words = split(carrier, made.proposed).arguments
        assert words is not None
        found = [word for word in words if is_property(word, NAME)]
        assert found == [f"-D{NAME}={folder}"]


@MANY
@given(awkward_strings, safe_folders)
def test_make_on_its_own_proposal_changes_nothing_more(current: str, folder: str) -> None:
    made = plan.make(current, folder, PRODUCT)
    if made.refused is None:
        again = plan.make(made.proposed, folder, PRODUCT)
        assert (again.refused, again.changed) == (None, False)


@MANY
@given(awkward_strings, safe_folders)
def test_make_keeps_every_option_that_any_carrier_reads_today(current: str, folder: str) -> None:
    made = plan.make(current, folder, PRODUCT)
    for carrier in Carrier:
        after = split(carrier, made.proposed).arguments or ()
        for word in split(carrier, current).arguments or ():
            if word.startswith("-") and NAME not in word:
                assert word in after
