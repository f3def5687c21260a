# SPDX-License-Identifier: MIT
"""Is an access list read as the kernel writes it, and no other form guessed?"""

from __future__ import annotations

import pytest

from wizard.host import posix_acl
from wizard.host.linux_accounts import Ids

# As `setfacl -m u:daemon:rwx,g:nogroup:rx` left it on a folder of mode 0755.
WRITTEN = bytes.fromhex(
    "02000000 01000700ffffffff 0200070001000000 04000500ffffffff 08000500feff0000"
    "10000700ffffffff 20000500ffffffff"
)
DAEMON, OTHER = Ids(1, 1, frozenset({1})), Ids(1000, 1000, frozenset({1000}))


def test_parsed_when_setfacl_wrote_it_then_its_six_entries() -> None:
    entries = posix_acl.parsed(WRITTEN)
    assert entries is not None
    assert [(entry.tag, entry.permissions) for entry in entries] == [
        (1, 7), (2, 7), (4, 5), (8, 5), (16, 7), (32, 5),
    ]  # fmt: skip
    assert (entries[1].number, entries[3].number) == (1, 65534)
    assert posix_acl.allows(entries, 0, 0, DAEMON, 0o3)
    assert not posix_acl.allows(entries, 0, 0, OTHER, 0o3)
    assert posix_acl.allows(entries, 0, 0, OTHER, 0o1)


@pytest.mark.parametrize("attribute", [b"", b"\x02\0\0", b"\x03\0\0\0", WRITTEN[:-1]])
def test_parsed_when_the_form_is_another_then_none(attribute: bytes) -> None:
    assert posix_acl.parsed(attribute) is None
