# SPDX-License-Identifier: MIT
"""CHANGELOG.md in the form that Debian packages carry."""

from __future__ import annotations

import datetime
import re
import textwrap
from dataclasses import dataclass
from email.utils import format_datetime

from installer.errors import BuildError

_SECTION = re.compile(r"^## \[(?P<name>[^\]]+)\](?: - (?P<date>\d{4}-\d\d-\d\d))?$", re.MULTILINE)
_UNRELEASED = "Unreleased"


@dataclass(frozen=True)
class Release:
    """One section of the changelog."""

    version: str
    date: datetime.datetime
    text: str


def releases(text: str, version: str, moment: int) -> list[Release]:
    """Every section that tells of a change; what is unreleased belongs to this build.

    Raises:
        BuildError: a section has neither a date nor the name Unreleased, or nothing is told at all.
    """
    heads = list(_SECTION.finditer(text))
    ends = [*(head.start() for head in heads), len(text)][1:]
    found = []
    for head, end in zip(heads, ends, strict=True):
        body = text[head.end() : end].strip()
        if body:
            name = version if head["name"] == _UNRELEASED else head["name"]
            found.append(Release(name, _date(head, moment), body))
    if not found:
        raise BuildError("CHANGELOG.md tells of no change: add what this version brings.")
    return found


def _date(head: re.Match[str], moment: int) -> datetime.datetime:
    if head["date"]:
        return datetime.datetime.fromisoformat(f"{head['date']}T12:00:00+00:00")
    if head["name"] != _UNRELEASED:
        raise BuildError(f'CHANGELOG.md: write the date behind "## [{head["name"]}] - ".')
    return datetime.datetime.fromtimestamp(moment, datetime.UTC)


def debian(package: str, found: list[Release], maintainer: str) -> str:
    """The text of changelog.Debian."""
    return "\n".join(
        f"{package} ({release.version}) unstable; urgency=medium\n\n"
        f"{_items(release.text)}\n\n"
        f" -- {maintainer}  {format_datetime(release.date)}\n"
        for release in found
    )


def _items(text: str) -> str:
    # A line that goes on, goes on with blanks.
    joined = re.sub(r"\n +", " ", text.replace("`", ""))
    return "\n".join(_item(line) for line in joined.splitlines() if line)


def _item(line: str) -> str:
    if line.startswith("### "):
        return f"  [ {line[4:]} ]"
    return textwrap.fill(
        line.removeprefix("- "), 78, initial_indent="  * ", subsequent_indent="    "
    )
