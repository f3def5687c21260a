# SPDX-License-Identifier: MIT
"""Whether a line of a known kind tells of trouble, or only mentions it.

The words of an error also stand in mails' subjects, lists of settings and promises to retry. What
says so is the line itself: its own level, quotes behind “subject”, a “no” before the words.
"""

from __future__ import annotations

import re
from enum import StrEnum

from wizard.nakivo import log_hosts, log_times
from wizard.nakivo.log_encoding import decode
from wizard.nakivo.log_lines import Line
from wizard.nakivo.log_signatures import LogRules, Signature, Weight

_LEVEL_CHARACTERS = 120  # a level stands before the message
_FOLLOWING_BYTES = 400
_RECORD_CHARACTERS = 4000
_CLOCK = "0123456789-/.:,TZ+ [("
_LEVEL = re.compile(
    r"(?<![\w.])(?<!warning: )(?P<word>FATAL|SEVERE|CRITICAL|ERROR|WARN(?:ING)?|NOTICE|INFO|CONFIG"
    r"|DEBUG|FINE(?:R|ST)?|TRACE|VERBOSE)(?![\w.=/])"
    r"|\b(?:level|severity)\"?\s?[:=]\s?\"?(?P<key>[A-Za-z]{4,8})\b"
)
_OWN_LEVEL = re.compile(r"^(?P<word>[A-Z]{4,7}):\s")  # Java's own logging: a second line
_FRAME = re.compile(
    r"\s+at [\w.$/<>]+|\s*\.{3} \d+ (?:more|common frames)|(?:Caused by|Suppressed): "
)
_THROWN = re.compile(r"\s*(?:(?:Caused by|Suppressed): )?[\w$]+(?:\.[\w$]+)+(?:Exception|Error)\b")
_ESCAPED_FRAME = re.compile(r"\\n\s*(?:\\t|Caused by: )")


class Bearing(StrEnum):
    """What a line of a known kind is worth."""

    DECIDES = "decides"
    MENTIONED = "mentioned"  # words of an error, and no error
    OTHER_HOST = "other-host"  # trouble, but not with Microsoft 365
    ANSWERED = "answered"  # a refusal, and good answers to the same

    @property
    def is_counted(self) -> bool:
        """Whether it speaks for its cause at all."""
        return self in (Bearing.DECIDES, Bearing.ANSWERED)


def weight(signature: Signature, bearing: Bearing) -> Weight:
    """What a recent line of a kind means for its cause."""
    if not bearing.is_counted:
        return Weight.NOTE
    answered = bearing is Bearing.ANSWERED and signature.weight is Weight.PROBLEM
    return Weight.WARNING if answered else signature.weight


def of(line: Line, signature: Signature, match: re.Match[str], rules: LogRules) -> Bearing:
    """What one line is worth to the signature that it fits."""
    if _is_quoted(line.text, match, rules) or _is_denied(line.text, match, rules):
        return Bearing.MENTIONED
    quiet = _is_quiet(_beginning(line, match.start()), line, rules)
    if quiet and not signature.is_at_any_level(line.text) and not _is_thrown(line):
        return Bearing.MENTIONED
    if signature.is_of_hosts and log_hosts.is_foreign(_record(line), rules.hosts):
        return Bearing.OTHER_HOST
    return Bearing.DECIDES


def _beginning(line: Line, at: int) -> str:
    """How a line begins; some logs end lines with a carriage return alone."""
    begin = line.text.rfind("\r", 0, at) + 1
    return line.text[begin : begin + log_times.HEAD_BYTES] if begin else line.head


def _is_quiet(head: str, line: Line, rules: LogRules) -> bool:
    """Whether the line shows a level that no error has."""
    if log_times.parse(head, line.years):
        found = _LEVEL.search(head[:_LEVEL_CHARACTERS])
        level = (found["word"] or found["key"]) if found else ""
        if not found and head.startswith("{"):
            keyed = re.search(r"\"(?:level|severity)\"\s?:\s?\"(\w{4,8})\"", line.text)
            level = keyed[1] if keyed else ""
    else:
        found = _OWN_LEVEL.match(line.text)
        level = found["word"] if found else ""
    return level.upper() in rules.mentions.quiet_levels


def record_of(line: Line) -> int:
    """The number of the line with a time that it belongs to; its own, where none is in reach."""
    if log_times.parse(line.head, line.years):
        return line.number
    for back, text in enumerate(reversed(line.before.split("\n")[:-1]), start=1):
        if log_times.parse(text, line.years):
            return line.number - back
    return line.number


def _is_quoted(text: str, match: re.Match[str], rules: LogRules) -> bool:
    return any(begin < match.end() <= end for begin, end in rules.mentions.titles(text))


def _is_denied(text: str, match: re.Match[str], rules: LogRules) -> bool:
    before, after = text[max(0, match.start() - 100) : match.start()], text[match.end() :][:60]
    return bool(rules.mentions.before.search(before) or rules.mentions.after.match(after))


def _is_thrown(line: Line) -> bool:
    """Whether it belongs to the record of an exception."""
    if _THROWN.match(line.text) or _ESCAPED_FRAME.search(line.text):
        return True
    following = decode(line.buffer[line.end + 1 : line.end + _FOLLOWING_BYTES]).partition("\n")[0]
    return bool(_FRAME.match(following) or _THROWN.match(following))


def _record(line: Line) -> str:
    """The lines from the one with a time to the last without; its time is left out."""
    own = [line.text.lstrip(_CLOCK)]
    is_timed = log_times.parse(line.head, line.years) is not None
    if not is_timed:
        for text in reversed(line.before[-_RECORD_CHARACTERS:].split("\n")[:-1]):
            own.insert(0, text)
            if log_times.parse(text, line.years):
                break
    following = decode(line.buffer[line.end + 1 : line.end + _RECORD_CHARACTERS])
    for text in following.split("\n"):
        # Lines that begin alike are timed alike; to read a time takes longer.
        if (is_timed and text[:4] == line.head[:4]) or log_times.parse(text, line.years):
            break
        own.append(text)
    return "\n".join(own)
