# SPDX-License-Identifier: MIT
"""Do two diagnoses of one sample server say the same? Only what is listed here may differ."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

# What differs from run to run: the sample's folder, ports, moments, durations, ids.
_FOLDER = re.compile(r"(?:/tmp|C:\\users\\root\\AppData\\Local\\Temp)[/\\]m365-sample-\w{8}")
_PATH = re.compile(r"SAMPLE\S*")
_EACH_RUN = (
    (re.compile(r"(localhost|127\.0\.0\.1|sample\.invalid):\d{4,5}\b"), r"\1:PORT"),
    (re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+Z"), "MOMENT"),
    (re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC"), "MOMENT"),
    (re.compile(r'("nbf":\{"essential":true,"value":)"\d+"'), r"\1MOMENT"),
    (re.compile(r"\b(?:299|300) days\b"), "N days"),  # whole days to the end of a sample's secret
    (re.compile(r"(?:< )?\b[\d.]+ ms\b"), "N ms"),
    (re.compile(r"This clock is (ahead|behind) by"), "This clock is off by"),
    (re.compile(r"-alias network-authority-\w+"), "-alias NAME"),  # of its own number
    (re.compile(r"\(\d+ bytes"), "(N bytes"),  # a log's lines end with one character or with two
)
_IDS = {"Request ID", "Trace ID", "Correlation ID", "Request ID of this program"}
_LOG_SIZES = {"Size of what was read", "Their size together"}
_MEASURED = {"ms", "s", "seconds"}
_OF_A_CHECK = {
    "antivirus": {"source"},  # the vendor's article speaks of such software on Windows only
    "line_speed": {"summary", "evidence"},  # a speed is another one each time
}
# What each system has its own words for.
_WORDS = {
    "Windows error 11001": "Name or service not known",
    "Windows found no address for it": "Name or service not known",
    "press Windows+R, enter services.msc, choose NAKIVO Backup & Replication Transporter and press"
    " Start.": "sudo systemctl start nkv-bhsvc.service",
    "note the time and look into the Windows event log.": "look at its last messages: sudo"
    " journalctl -u nkv-bhsvc.service -n 50",
}
_VALUES = {
    *(("linux", "windows"), ("ext4", "NTFS")),
    # Wine takes certificates of unknown authorities; nothing but this one view may show it.
    ("issuer not trusted (unable to get local issuer certificate)", "believed"),
}


def differences(linux: Any, windows: Any) -> list[str]:
    """Each difference that has no reason, with its place."""
    return list(_differences("", linux, windows))


def _differences(place: str, one: Any, other: Any) -> Iterator[str]:
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        for key in one.keys() - _left_out(one):
            yield from _differences(f"{place}/{key}", one[key], other[key])
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for number, pair in enumerate(zip(one, other, strict=True)):
            yield from _differences(f"{place}/{number}", *pair)
    elif not _same(one, other):
        yield f"{place}: {one!r} | {other!r}"


def _left_out(row: dict[str, Any]) -> set[str]:
    """The keys of a row of evidence, a finding or the whole that are measured anew each time."""
    if row.get("label") in _IDS | _LOG_SIZES or row.get("unit") in _MEASURED:
        return {"value"}
    return {"duration_s", "started", "finished"} | _OF_A_CHECK.get(row.get("check", ""), set())


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        for here, there in _WORDS.items():
            other = other.replace(here, there)
        return _settled(one) == _settled(other) or (one, other) in _VALUES
    return type(one) is type(other) and one == other


def _settled(text: str) -> str:
    text = _PATH.sub(lambda path: _plain(path[0]), _FOLDER.sub("SAMPLE", text))
    for pattern, stands_for in _EACH_RUN:
        text = pattern.sub(stands_for, text)
    return text


def _plain(path: str) -> str:
    """Programs are called .exe on Windows only."""
    return path.replace("\\", "/").replace(".exe", "")
