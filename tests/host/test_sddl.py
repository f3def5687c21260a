# SPDX-License-Identifier: MIT
"""Is Windows' text form of an access list read entry by entry, in all shapes that it has?"""

from __future__ import annotations

import pytest

from wizard.host import sddl
from wizard.host.sddl import AccessList, Entry

# The root of a Windows disk, as `icacls C:\\ /save` writes it.
ROOT = (
    "O:S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464"
    "G:S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464"
    "D:PAI(A;OICIIO;SDGXGWGR;;;AU)(A;;LC;;;AU)(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)"
    "(A;OICI;0x1200a9;;;BU)S:(AU;SAFA;FA;;;WD)"
)


def found(text: str) -> AccessList:
    read = sddl.parsed(text)
    assert read is not None
    return read


def test_parsed_when_it_is_the_root_of_a_disk_then_five_entries_in_order() -> None:
    read = found(ROOT)
    assert read.owner == "S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464"
    assert [(e.account, hex(e.rights), e.inherit_only) for e in read.entries] == [
        ("S-1-5-11", hex(0x10000 | 0x1200A0 | 0x120116 | 0x120089), True),
        ("S-1-5-11", "0x4", False),
        ("S-1-5-18", "0x1f01ff", False),
        ("S-1-5-32-544", "0x1f01ff", False),
        ("S-1-5-32-545", "0x1200a9", False),
    ]
    assert not any(entry.denies or entry.conditional for entry in read.entries)


@pytest.mark.parametrize(
    ("rights", "mask"),
    [
        ("FA", 0x1F01FF), ("CCDC", 0x3), ("0x1301bf", 0x1301BF), ("6", 0x6), ("GA", 0x1F01FF),
        ("0x40000000", 0x40120116),  # general writing as a number
    ],
)  # fmt: skip
def test_parsed_when_rights_are_letters_or_numbers_then_the_same_mask(
    rights: str, mask: int
) -> None:
    assert found(f"O:BAG:SYD:(A;;{rights};;;WD)").entries[0].rights == mask


def test_parsed_when_an_entry_denies_or_has_a_condition_then_told() -> None:
    condition = '(@User.Title=="a ) ( b" && (Member_of {SID(BA)}))'
    read = found(f"O:SYD:AI(D;OICI;FA;;;BG)(XA;ID;FA;;;AU;{condition})(A;ID;FA;;;SY)")
    assert read.entries == (
        Entry(True, 0x1F01FF, "S-1-5-32-546", inherit_only=False, conditional=False),
        Entry(False, 0x1F01FF, "S-1-5-11", inherit_only=False, conditional=True),
        Entry(False, 0x1F01FF, "S-1-5-18", inherit_only=False, conditional=False),
    )


def test_parsed_when_there_is_no_list_or_an_empty_one_then_told_apart() -> None:
    assert found("O:BAG:BAD:NO_ACCESS_CONTROL").everybody
    assert found("O:BAG:BAD:") == AccessList("S-1-5-32-544", (), everybody=False)
    assert found("O:BAG:BAD:P") == found("O:BAG:BAD:")


def test_sid_when_the_letters_mean_one_of_this_domain_then_its_number_stays_open() -> None:
    assert sddl.sid("DA") == "S-1-5-21-DA"
    assert sddl.sid("SY") == "S-1-5-18"


@pytest.mark.parametrize(
    "text", ["", "D:(A;;FA;;;SY)", "O:BA", "O:BAD:(ZZ;;FA;;;SY)", "O:BAD:(A;;QQ;;;SY)", "O:BAD:(A)"]
)
def test_parsed_when_the_form_is_unknown_then_none(text: str) -> None:
    assert sddl.parsed(text) is None
