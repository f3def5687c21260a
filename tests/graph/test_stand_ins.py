# SPDX-License-Identifier: MIT
"""Which roles do for the same requests as one that isn't there."""

from __future__ import annotations

import pytest

from wizard.graph import stand_ins


@pytest.mark.parametrize(
    ("wanted", "roles", "found"),
    [
        ("Files.Read.All", ["Sites.Read.All"], ["Sites.Read.All"]),
        ("Files.Read.All", ["Sites.FullControl.All", "Group.Read.All"], ["Sites.FullControl.All"]),
        # documented for single items and a channel's folder, and not for the listing of a drive
        ("Files.Read.All", ["Group.Read.All"], []),
        ("Files.ReadWrite.All", ["Sites.ReadWrite.All"], ["Sites.ReadWrite.All"]),
        ("Files.ReadWrite.All", ["Sites.Read.All"], []),
        # what it is needed for beyond reading isn't known, so no role that reads stands in
        ("User.ReadWrite.All", ["User.Read.All", "Directory.Read.All"], []),
        ("Mail.Read", ["Sites.FullControl.All"], []),
        ("Files.Read.All", [], []),
        ("Unheard.Of.All", ["Sites.Read.All"], []),
    ],
)
def test_of_when_every_request_takes_another_role_then_that_one(
    wanted: str, roles: list[str], found: list[str]
) -> None:
    assert stand_ins.of(wanted, roles) == tuple(found)
