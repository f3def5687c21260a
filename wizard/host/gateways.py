# SPDX-License-Identifier: MIT
"""Through which gateways does Linux leave its own network? By the kernel's main routing table.

SOURCE: the manual pages proc(5) and arp(7) and the kernel's net/ipv4/fib_trie.c, net/ipv6/route.c
and net/ipv4/arp.c, which write the tables. That of IPv6 neighbours is not to be had as a file.
"""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from wizard import failure_words
from wizard.errors import CannotCheck
from wizard.host.base import Gateway

_FOUR, _SIX = Path("/proc/net/route"), Path("/proc/net/ipv6_route")
_NEIGHBOURS = Path("/proc/net/arp")
_UP, _REJECTS = 0x1, 0x200
_EVERYWHERE = "00000000"
_COLUMNS_FOUR, _COLUMNS_SIX, _COLUMNS_NEIGHBOURS = 8, 10, 6


def gateways() -> tuple[Gateway, ...]:
    """Where everything without a route of its own is sent; none where nothing is."""
    four, six = _lines(_FOUR), _lines(_SIX)
    found = dict.fromkeys((*of_four(four), *of_six(six)))
    silent = set(silent_neighbours(_lines(_NEIGHBOURS)))
    return tuple(replace(one, is_silent=(one.address, one.adapter) in silent) for one in found)


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


def silent_neighbours(lines: list[str]) -> Iterator[tuple[str, str]]:
    """Address and adapter of those in /proc/net/arp that were asked for and did not answer."""
    for words in map(str.split, lines[1:]):
        if len(words) >= _COLUMNS_NEIGHBOURS and int(words[2], 16) == 0:
            yield words[0], words[5]
