# SPDX-License-Identifier: MIT
"""The forms in which loggers write a time, and people a day."""

from __future__ import annotations

import re

from wizard.nakivo import log_zones

# As English and German loggers write them, without the dot that may follow.
_NAMES = (
    *("jan", "feb", "mar mär märz", "apr", "may mai", "jun juni", "jul juli", "aug"),
    *("sep sept", "oct okt", "nov", "dec dez"),
)
MONTHS = {name: number for number, names in enumerate(_NAMES, 1) for name in names.split()}
COLOUR = re.compile(r"\x1b\[[\d;]{0,16}m")
_DAY_NAME = r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),?\s"
# Brackets, a syslog priority, a level or thread, the key of a JSON record, a day of the week, or
# the three fields of an access log.
_PREFIX = (
    r"^\s{0,8}(?:<\d{1,3}>(?:1 )?)?[\s\[(<#*|]{0,8}(?:"
    r"\{\s{0,3}\"@?(?:timestamp|time|ts|date)\"\s{0,3}:\s{0,3}\"?|"
    r"(?:[A-Z]{4,8}|[a-z]{4,8})[\s\]:|-]{1,4}\[?|(?<=\[)[^\[\]\n]{1,60}\]\s?\[?|"
    rf"{_DAY_NAME}|\S{{1,64}} \S{{1,64}} \S{{1,64}} \[)?"
)
_FRACTION = r"(?:[.,](?P<fraction>\d{1,9}))?"
_HALF = r"(?: ?(?P<half>[AP]M)\b)?"
_CLOCK = rf"(?P<hour>\d{{1,2}}):(?P<minute>\d\d):(?P<second>\d\d){_FRACTION}{_HALF}"
_SHORT_CLOCK = (
    rf"(?P<hour>\d{{1,2}}):(?P<minute>\d\d)(?::(?P<second>\d\d){_FRACTION})?(?!\d){_HALF}"
)
_ZONE = rf"(?:\s?(?P<zone>[+-]\d\d(?::?\d\d)?|{log_zones.NAMES})\b)?"
_DATED = r"(?P<year>\d{4})"
_NAMED = r"(?P<name>[A-Z][a-zä]{2,4})\.?"
_ALL = (
    rf"{_DATED}[-/.](?P<month>\d\d)[-/.](?P<day>\d\d)(?:[T _]|, |:){_SHORT_CLOCK}{_ZONE}",
    rf"{_DATED}(?P<month>\d\d)(?P<day>\d\d)[T _-](?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)"
    rf"{_FRACTION}(?!\d){_ZONE}",
    rf"(?P<day>\d{{1,2}})[/ -](?P<name>[A-Za-z]{{3}})[/ -]{_DATED}[: ]{_CLOCK}{_ZONE}",
    rf"{_NAMED} (?P<day>\d{{1,2}}), {_DATED},? {_CLOCK}",
    rf"(?P<day>\d{{1,2}})\.(?P<month>\d\d)\.{_DATED},? {_CLOCK}{_ZONE}",
    rf"(?P<day>\d{{1,2}})\. {_NAMED} {_DATED},? {_CLOCK}{_ZONE}",
    # Which of these two is the day and which the month isn't told by the form.
    rf"(?P<one>\d{{1,2}})(?P<dash>[/-])(?P<two>\d{{1,2}})(?P=dash){_DATED},? {_CLOCK}{_ZONE}",
    # As ctime and Java write a moment, and syslog with a year.
    rf"{_NAMED} {{1,2}}(?P<day>\d{{1,2}}) {_CLOCK}{_ZONE} {_DATED}\b",
    rf"{_NAMED} {{1,2}}(?P<day>\d{{1,2}}) {_DATED} {_CLOCK}{_ZONE}",
    rf"{_NAMED} {{1,2}}(?P<day>\d{{1,2}}) {_CLOCK}{_ZONE}",
    rf"(?:[DIWEF](?P<month>\d\d)(?P<day>\d\d)) {_CLOCK}",
)
AT_THE_BEGINNING = tuple(re.compile(_PREFIX + form) for form in _ALL)
# What every form holds; most lines without a time don't.
ANY = re.compile(r"\d:\d\d|\d{8}")
# A clock without a date. Alone it might be a duration: a fraction, a bracket or a level is needed.
_LEVEL = r"(?:TRACE|DEBUG|INFO|WARN|ERROR|FATAL|SEVERE)\b"
CLOCK_ONLY = re.compile(
    r"^\s{0,8}\[?(?P<hour>\d\d):(?P<minute>\d\d):(?P<second>\d\d)"
    rf"(?:[.,](?P<fraction>\d{{3,9}})(?!\w)|(?=\]|[\s|-]{{1,4}}\[?{_LEVEL}))"
)
# Seconds or milliseconds since 1970. A bare count of seconds might count anything: it needs a
# fraction, a bracket, a level behind it, or the key of a JSON record before it.
EPOCH = re.compile(
    r"^\s{0,8}(?P<key>\{\s{0,3}\"@?(?:timestamp|time|ts|date)\"\s{0,3}:\s{0,3}\"?)?\[?"
    r"(?P<seconds>1\d{9})(?:(?P<millis>\d{3})|[.,](?P<fraction>\d{3,9}))?"
    rf"(?P<behind>\]|[\s,|\"}}-]{{1,4}}\[?{_LEVEL})?(?![\w.])"
)


def alone(text: str) -> re.Match[str] | None:
    """A time and nothing else but the day of the week."""
    for form in _ALL:
        match = re.fullmatch(f"(?:{_DAY_NAME})?{form}", text)
        if match:
            return match
    return None
