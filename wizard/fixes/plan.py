# SPDX-License-Identifier: MIT
"""What the argument string becomes, what to know about it, and why it may be refused."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from wizard.fixes import arguments, folder_path, rules
from wizard.fixes.carriers import Carrier, split
from wizard.fixes.notice import Notice
from wizard.fixes.posix_words import ACTED_UPON
from wizard.fixes.readings import Reading, hand_over, read_all, visible
from wizard.fixes.words import UNMATCHED
from wizard.host.java_launcher import reads_a_file
from wizard.nakivo.java_properties import is_property
from wizard.product import Product

SCHEMA = "m365-backup-wizard/arguments-plan/1"


@dataclass(frozen=True)
class Plan:
    """A change before it is made. When it is refused, `proposed` is `current`.

    `readings` are those of the string as it would be, also of a refused one: they show why.
    `notes` are good to know and no warnings.
    """

    current: str
    proposed: str
    changed: bool
    digest: str
    warnings: tuple[Notice, ...]
    refused: Notice | None
    readings: tuple[Reading, ...]
    temp_path: str
    notes: tuple[Notice, ...] = ()


def make(current: str, temp_path: str, product: Product) -> Plan:
    """The plan that moves the temporary folder to `temp_path`."""
    name = product.facts.temp_path_property.value
    if max(len(current), len(temp_path)) > rules.load().longest.characters:
        return _too_long(current, temp_path)
    would_be = arguments.with_temp_path(current, temp_path, name)
    refused = (
        folder_path.refusal(temp_path)
        or _refused_current(current)
        or _refused_outcome(current, would_be, name)
    )
    proposed = current if refused else would_be
    return Plan(
        current=current,
        proposed=proposed,
        changed=proposed != current,
        digest=digest_of(current, temp_path),
        warnings=_warnings(current, temp_path, product),
        refused=refused,
        readings=read_all(current, would_be, name),
        temp_path=temp_path,
        notes=_notes(current, temp_path, product),
    )


def _too_long(current: str, temp_path: str) -> Plan:
    """Refused unread: no such string can be handed over, and reading it would take long."""
    longest = rules.load().longest.characters
    refused = Notice("arguments.refused.current_too_long", {"longest": longest})
    digest = digest_of(current, temp_path)
    return Plan(current, current, False, digest, (), refused, (), temp_path)


def digest_of(current: str, temp_path: str) -> str:
    """SHA-256 over what a plan is made from, so that a stale one is noticed."""
    made_from = json.dumps([SCHEMA, current, temp_path])
    return hashlib.sha256(made_from.encode("ascii")).hexdigest()


def _refused_current(current: str) -> Notice | None:
    if "\n" in current or "\r" in current:
        return Notice("arguments.refused.current_line_break")
    for char in current:
        if char != "\t" and (ord(char) < 32 or ord(char) == 127):
            return Notice("arguments.refused.current_control", {"character": visible(char)})
    read = [split(carrier, current) for carrier in Carrier]
    if UNMATCHED in (words.problem for words in read):
        return Notice("arguments.refused.current_unmatched_quote")
    for words in read:
        for word in words.arguments or ():
            if reads_a_file(word):
                return Notice("arguments.refused.current_reads_a_file", {"word": visible(word)})
    return None


def _refused_outcome(current: str, would_be: str, name: str) -> Notice | None:
    """Exactly one such argument by every carrier, and no other one lost."""
    for carrier in Carrier:
        words = split(carrier, would_be).arguments
        count = sum(is_property(word, name) for word in words or ())
        if count != 1:
            values = {"carrier": carrier.value, "count": count}
            return Notice("arguments.refused.current_not_one", values)
        for lost in _lost(carrier, current, frozenset(words or ()), name):
            values = {"carrier": carrier.value, "word": visible(lost)}
            return Notice("arguments.refused.current_loses", values)
    if not any(hand_over(carrier, would_be, name).values for carrier in Carrier):
        return Notice("arguments.refused.current_never_starts")
    return None


def _lost(carrier: Carrier, current: str, after: frozenset[str], name: str) -> list[str]:
    """Options that a carrier reads today and would not read any more."""
    return [
        word
        for word in split(carrier, current).arguments or ()
        if word not in after
        and (bare := word.strip("\"'")).startswith("-")
        and not is_property(bare, name)
    ]


def _warnings(current: str, temp_path: str, product: Product) -> tuple[Notice, ...]:
    name = product.facts.temp_path_property.value
    direct_send = product.facts.direct_send_property.value
    found = arguments.properties(current, name)
    told = []
    if len(found) > 1:
        told.append(Notice("arguments.warning.duplicates_removed", {"count": len(found)}))
    old = [value for token in found if (value := arguments.value_of(token.plain)) != temp_path]
    if old:
        told.append(Notice("arguments.warning.temp_path_replaced", {"value": visible(old[-1])}))
    told += [_lookalike(token, name) for token in arguments.lookalikes(current, name)]
    told += [_direct_send(token) for token in arguments.properties(current, direct_send)]
    if depends_on_reading(current):
        told.append(Notice("arguments.warning.depends_on_quoting"))
    if split(Carrier.POSIX_SHELL, current).problem in ACTED_UPON:
        told.append(Notice("arguments.warning.shell_acts"))
    return tuple(told)


def _lookalike(token: arguments.Token, name: str) -> Notice:
    values = {"argument": visible(token.plain), "name": name}
    return Notice("arguments.warning.lookalike", values)


def _direct_send(token: arguments.Token) -> Notice:
    is_on = arguments.value_of(token.plain).lower() == "true"
    kind = "direct_send_on" if is_on else "direct_send_kept"
    return Notice(f"arguments.warning.{kind}", {"argument": visible(token.plain)})


def depends_on_reading(text: str) -> bool:
    """Whether the carriers make different arguments of a string.

    That a shell drops unquoted backslashes is left out: on Windows every path has them, and the
    readings show it.
    """
    carriers = set(Carrier)
    if "\\" in text and not any(mark in text for mark in "\"'"):
        carriers.discard(Carrier.POSIX_SHELL)
    return len({split(carrier, text).arguments for carrier in carriers}) > 1


def _notes(current: str, temp_path: str, product: Product) -> tuple[Notice, ...]:
    told = []
    if "\\" in temp_path:
        values = {"offer": temp_path.replace("\\", "/"), "path": visible(temp_path)}
        told.append(Notice("arguments.note.forward_slashes", values))
    heap = arguments.heap_options(current)
    if heap:
        told.append(_heap(heap, product))
    return tuple(told)


def _heap(found: tuple[arguments.Token, ...], product: Product) -> Notice:
    values = {
        "options": ", ".join(visible(token.plain) for token in found),
        "min_key": product.facts.min_heap_setting.value,
        "max_key": product.facts.max_heap_setting.value,
    }
    return Notice("arguments.note.heap_in_string", values)
