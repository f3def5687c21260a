# SPDX-License-Identifier: MIT
"""Windows' own text form of an access list: who may do what, in which order.

SOURCE: Microsoft, "Security Descriptor String Format", "ACE Strings", "SID Strings".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# Two letters for accounts that are the same everywhere. All others mean one of this domain or
# computer, whose number isn't in the text.
_ACCOUNTS = {
    "AN": "S-1-5-7", "AO": "S-1-5-32-548", "AU": "S-1-5-11", "BA": "S-1-5-32-544",
    "BG": "S-1-5-32-546", "BO": "S-1-5-32-551", "BU": "S-1-5-32-545", "CG": "S-1-3-1",
    "CO": "S-1-3-0", "ED": "S-1-5-9", "IU": "S-1-5-4", "LS": "S-1-5-19", "NO": "S-1-5-32-556",
    "NS": "S-1-5-20", "NU": "S-1-5-2", "OW": "S-1-3-4", "PO": "S-1-5-32-550", "PS": "S-1-5-10",
    "PU": "S-1-5-32-547", "RC": "S-1-5-12", "RD": "S-1-5-32-555", "RE": "S-1-5-32-552",
    "SO": "S-1-5-32-549", "SU": "S-1-5-6", "SY": "S-1-5-18", "WD": "S-1-1-0", "AC": "S-1-15-2-1",
}  # fmt: skip
DOMAIN = "S-1-5-21"
# Rights by their letters, general ones as files have them.
_RIGHTS = {
    "CC": 0x1, "DC": 0x2, "LC": 0x4, "SW": 0x8, "RP": 0x10, "WP": 0x20, "DT": 0x40, "LO": 0x80,
    "CR": 0x100, "SD": 0x10000, "RC": 0x20000, "WD": 0x40000, "WO": 0x80000,
    "FA": 0x1F01FF, "FR": 0x120089, "FW": 0x120116, "FX": 0x1200A0,
    "GA": 0x1F01FF, "GR": 0x120089, "GW": 0x120116, "GX": 0x1200A0,
}  # fmt: skip
_GENERAL = {1 << 31: "GR", 1 << 30: "GW", 1 << 29: "GX", 1 << 28: "GA"}
_SID = r"S-[\d-]+|[A-Z]{2}"
_OWNER = re.compile(rf"^O:({_SID})")
_LIST = re.compile(r"D:([A-Z_]*)(?=\(|$|S:)")


@dataclass(frozen=True)
class Entry:
    """One line of an access list. Conditional ones count only under a condition not read here."""

    denies: bool
    rights: int
    account: str
    inherit_only: bool
    conditional: bool


@dataclass(frozen=True)
class AccessList:
    """The owner, and the entries in the order in which Windows goes through them."""

    owner: str
    entries: tuple[Entry, ...]
    everybody: bool = False  # there is no list at all, which lets everybody do everything


def parsed(text: str) -> AccessList | None:
    """The list in a security descriptor; None for a form that isn't known."""
    owner, begin = _OWNER.match(text), _LIST.search(text)
    if owner is None or begin is None:
        return None
    if begin[1] == "NO_ACCESS_CONTROL":
        return AccessList(sid(owner[1]), (), everybody=True)
    try:
        entries = tuple(_entry(ace) for ace in _aces(text[begin.end() :]))
    except (KeyError, ValueError):
        return None
    return AccessList(sid(owner[1]), entries)


def sid(account: str) -> str:
    """An account's identifier; one of an unnamed domain has its letters in the number's place."""
    return account if account.startswith("S-") else _ACCOUNTS.get(account, f"{DOMAIN}-{account}")


def _aces(text: str) -> Iterator[str]:
    """What stands in parentheses; a condition has parentheses and quoted text of its own."""
    depth, begin, quoted = 0, 0, False
    for place, char in enumerate(text):
        quoted ^= char == '"'
        if quoted or char not in "()":
            if depth == 0 and not quoted:
                return  # the next part of the descriptor
            continue
        if char == "(":
            depth, begin = depth + 1, begin if depth else place + 1
        else:
            depth -= 1
            if depth == 0:
                yield text[begin:place]


def _entry(ace: str) -> Entry:
    kind, flags, rights, _, _, rest = ace.split(";", 5)
    account, _, condition = rest.partition(";")
    return Entry(
        denies={"A": False, "D": True, "XA": False, "XD": True}[kind],
        rights=_mask(rights),
        account=sid(account),
        inherit_only="IO" in _pairs(flags),
        conditional=bool(condition),
    )


def _mask(rights: str) -> int:
    """A number, or letters by pairs."""
    if rights[:1].isdigit():
        return _specific(int(rights, 0))
    mask = 0
    for letters in _pairs(rights):
        mask |= _RIGHTS[letters]
    return mask


def _specific(mask: int) -> int:
    """General rights of a number as what they mean for a file."""
    for general, letters in _GENERAL.items():
        mask |= _RIGHTS[letters] if mask & general else 0
    return mask


def _pairs(text: str) -> list[str]:
    return [text[place : place + 2] for place in range(0, len(text), 2)]
