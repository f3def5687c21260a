# SPDX-License-Identifier: MIT
"""Through which gateways does Linux leave its own network? By the kernel's main routing table.

SOURCE: the manual page proc(5) and the kernel's net/ipv4/fib_trie.c and net/ipv6/route.c, which
write the two tables.
"""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator
from pathlib import Path

from wizard import failure_words
from wizard.errors import CannotCheck
from wizard.host.base import Gateway

_FOUR, _SIX = Path("/proc/net/route"), Path("/proc/net/ipv6_route")
_UP, _REJECTS = 0x1, 0x200
_EVERYWHERE = "00000000"
_COLUMNS_FOUR, _COLUMNS_SIX = 8, 10


def gateways() -> tuple[Gateway, ...]:
    """Where everything without a route of its own is sent; none where nothing is."""
    four, six = _lines(_FOUR), _lines(_SIX)
    return tuple(dict.fromkeys((*of_four(four), *of_six(six))))


def _lines(table: Path) -> list[str]:
    try:
        return table.read_text(encoding="ascii").splitlines()
    except FileNotFoundError:  # this kernel doesn't do that family
        return []
    except OSError as error:
        told = failure_words.of(error)
        raise CannotCheck("error.host_path_unreadable", path=str(table), reason=told) from error


def of_four(lines: list[str]) -> Iterator[Gateway]:
    """The default routes of /proc/net/route; addresses stand there as the processor keeps them."""
    for line in lines[1:]:
        words = line.split()
        if len(words) < _COLUMNS_FOUR or (words[1], words[7]) != (_EVERYWHERE, _EVERYWHERE):
            continue
        if int(words[3], 16) & (_UP | _REJECTS) == _UP:
            packed = int(words[2], 16).to_bytes(4, sys.byteorder)
            yield Gateway(socket.inet_ntop(socket.AF_INET, packed) if any(packed) else "", words[0])


def of_six(lines: list[str]) -> Iterator[Gateway]:
    """The default routes of /proc/net/ipv6_route."""
    for words in map(str.split, lines):
        if len(words) < _COLUMNS_SIX or words[1] != "00" or words[0].strip("0"):
            continue
        if int(words[8], 16) & (_UP | _REJECTS) == _UP:
            packed = bytes.fromhex(words[4])
            address = socket.inet_ntop(socket.AF_INET6, packed) if any(packed) else ""
            yield Gateway(address, words[9])
