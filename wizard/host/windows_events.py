# SPDX-License-Identifier: MIT
"""What do Windows' own event logs say of services, memory, crashes and Microsoft Defender?"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from xml.etree import ElementTree

from wizard import codec, resources
from wizard.errors import CannotCheck
from wizard.host import system_log_lines
from wizard.host.system_log_lines import SystemLog
from wizard.host.windows_system import WindowsSystem
from wizard.model import CauseId

_PROGRAM = "wevtutil.exe"
_SECONDS = 8.0
_DAY_MS = 86_400_000
# wevtutil ends with the number of the system's error.
_ACCESS_DENIED, _NO_SUCH_LOG = 5, 15007
_EVENT = re.compile(r"<Event[ >].*?</Event>", re.DOTALL)
# What the XML of an event may hold and XML 1.0 doesn't allow.
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]|&#(?:x0*[0-8bcefBCEF]|x0*1[0-9a-fA-F]);")


@dataclass(frozen=True)
class Events:
    """Entries of one provider; `marked` are told only where they name the product."""

    provider: str
    ids: tuple[int, ...]
    marked: bool


@dataclass(frozen=True)
class EventLog:
    """One of Windows' logs and what is read of it."""

    channel: str
    name: str
    causes: tuple[CauseId, ...]
    events: tuple[Events, ...]


@dataclass(frozen=True)
class _File:
    days: int
    most: int
    logs: tuple[EventLog, ...]


def system_logs(marks: Sequence[str], system: WindowsSystem) -> tuple[SystemLog, ...]:
    """One answer per log that this Windows has; after a silence nothing more is asked."""
    found: list[SystemLog] = []
    for log in _shipped().logs:
        if any(other.unread == system_log_lines.SILENT for other in found):
            found.append(SystemLog(log.name, log.causes, unread=system_log_lines.SILENT))
        else:
            found += _log(log, marks, system)
    return tuple(found)


def _log(log: EventLog, marks: Sequence[str], system: WindowsSystem) -> Iterator[SystemLog]:
    """What a log says; nothing where there is no such log."""
    try:
        known = _asked(system, "gli", log.channel)
        if known is None:
            return
        if not known.strip():  # it tells at least how many entries there are
            yield SystemLog(log.name, log.causes, unread=system_log_lines.FAILED)
            return
        told = _asked(system, *query(log)) or ""
    except CannotCheck as closed:
        yield SystemLog(log.name, log.causes, unread=system_log_lines.reason_of(closed))
        return
    events = [_NOT_XML.sub(" ", event) for event in _EVENT.findall(told)]
    lines = [_line(event, log, marks) for event in reversed(events)]
    whole = all(line is not None for line in lines)
    yield SystemLog(
        log.name,
        log.causes,
        tuple(line for line in lines if line),
        "" if whole else system_log_lines.DAMAGED,
    )


def _asked(system: WindowsSystem, *words: str) -> str | None:
    """What wevtutil prints; None where there is no such log."""
    ended = system.run(_PROGRAM, words, _SECONDS, threading.Event())
    if ended.status == _NO_SUCH_LOG:
        return None
    if ended.status == _ACCESS_DENIED:
        raise CannotCheck("error.host_path_unreadable", path=words[1], reason=ended.said)
    if ended.status != 0:
        raise CannotCheck("error.host_command_failed", command=_PROGRAM, reason=ended.said)
    return ended.printed


def query(log: EventLog) -> tuple[str, ...]:
    """The order to wevtutil: exactly the entries that are read, newest first."""
    shipped = _shipped()
    kinds = " or ".join(
        f"(Provider[@Name='{events.provider}'] and ({_any(events.ids)}))" for events in log.events
    )
    newer = f"TimeCreated[timediff(@SystemTime) <= {shipped.days * _DAY_MS}]"
    path = f"*[System[({kinds}) and {newer}]]"
    rest = ("/f:RenderedXml", "/rd:true", f"/c:{shipped.most}", "/uni:true")
    return ("qe", log.channel, f"/q:{path}", *rest)


def _any(ids: Iterable[int]) -> str:
    return " or ".join(f"EventID={number}" for number in ids)


def _line(event: str, log: EventLog, marks: Sequence[str]) -> str | None:
    """An entry as one line: empty where it is about others, None where it can't be read."""
    try:
        root = ElementTree.fromstring(event)  # noqa: S314 - expat expands nothing that isn't there
    except ElementTree.ParseError:
        return None
    parts = {_local(part.tag): part for part in root}
    system = {_local(part.tag): part for part in parts.get("System", ())}
    try:
        provider = system["Provider"].attrib["Name"]
        number = int(system["EventID"].text or "")
        moment = _moment(system["TimeCreated"].attrib["SystemTime"])
    except (KeyError, ValueError):
        return None
    values = tuple(_values(parts))
    line = system_log_lines.line(moment, f"{provider} {number}", _message(parts), values)
    kind = next((e for e in log.events if e.provider == provider and number in e.ids), None)
    if kind is None or (kind.marked and not system_log_lines.is_marked(line, marks)):
        return ""
    return line


def _message(parts: dict[str, ElementTree.Element]) -> str:
    rendered = parts.get("RenderingInfo", ())
    return next((part.text or "" for part in rendered if _local(part.tag) == "Message"), "")


def _values(parts: dict[str, ElementTree.Element]) -> Iterator[str]:
    """The entry's own values by their names, where it has any."""
    for name in ("EventData", "UserData"):
        for part in parts[name].iter() if name in parts else ():
            text = (part.text or "").strip()
            if text and _local(part.tag) != "Binary":
                yield f"{part.attrib.get('Name', _local(part.tag))}={text}"


def _moment(text: str) -> datetime:
    """Windows writes seven digits behind the second, more than a moment here holds."""
    return datetime.fromisoformat(text.partition(".")[0].rstrip("Z")).replace(tzinfo=UTC)


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


@cache
def _shipped() -> _File:
    return codec.from_plain(resources.read_toml("system_events.toml"), _File)
