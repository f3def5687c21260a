# SPDX-License-Identifier: MIT
"""Opens a findings package: is it whole and untouched, and what do today's rules say to it?"""

from __future__ import annotations

import hashlib
import lzma
import stat
import struct
import zipfile
import zlib
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

from wizard import codec, verdict
from wizard.checks import CHECKS
from wizard.errors import BadInput
from wizard.findings import manifest, stored
from wizard.findings.as_json import Document
from wizard.findings.manifest import Manifest
from wizard.findings.stored import Observed, Stored, Told
from wizard.model import CheckResult, Diagnosis, Finding
from wizard.product import Product

MAX_ENTRIES = 1000
MAX_BYTES = 500_000_000
MAX_RATIO = 200
_RATIO_FROM_BYTES = 10_000_000
_DIAGNOSIS = "diagnosis.json"
MAX_DEPTH = 100
_BROKEN = (
    OSError,
    EOFError,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    zipfile.BadZipFile,
    ValueError,  # a name that isn't the UTF-8 it says it is, a place that can't be
    NotImplementedError,
    RuntimeError,
)


@dataclass(frozen=True)
class OpenedPackage:
    """A package that is whole: every entry is as the manifest says, and there is no other."""

    path: Path
    manifest: Manifest
    document: Document
    stored: Stored
    entries: dict[str, bytes]


def open_package(path: Path) -> OpenedPackage:
    """Check a package's integrity and read it.

    Raises:
        BadInput: it is no findings package, was altered, or plays tricks.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            _check_names(path, archive)
            entries = {info.filename: archive.read(info) for info in archive.infolist()}
    except FileNotFoundError:
        raise BadInput("error.file_missing", path=str(path)) from None
    except _BROKEN as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise BadInput("error.not_a_package", path=str(path), reason=reason) from None
    if manifest.NAME not in entries:
        raise _bad("no_manifest")
    stated = manifest.read(entries[manifest.NAME])
    _check_entries(stated, entries)
    document = _document(entries)
    return OpenedPackage(path, stated, document, stored.read(document), entries)


def rejudge(opened: OpenedPackage, product: Product) -> Diagnosis:
    """The diagnosis that today's rules make of the recorded observations.

    A row without an observation, or of a check that is gone, keeps its recorded answer.
    """
    told = opened.stored
    if told.observations is None:
        raise _bad("no_observations")
    rows = tuple(_row(check, seen, told, product) for check, seen in told.observations.items())
    return Diagnosis(
        program_version=told.program.version,
        started=told.started,
        finished=told.finished,
        host=told.host,
        results=rows,
        verdicts=verdict.rank(rows, product),
        cancelled=told.cancelled,
    )


def _row(check_id: str, seen: Observed, told: Stored, product: Product) -> CheckResult:
    place = told.row(check_id)
    if place is None:
        raise _bad("row_missing", check=check_id)
    cause, recorded = place
    check = next((check for check in CHECKS if check.id == check_id), None)
    if check is None or seen.observation is None:
        finding = _as_recorded(recorded)
    else:
        observation = codec.from_plain(seen.observation, check.observation)
        finding = check.judge(observation, product)
    row = CheckResult(check_id, cause, finding, seen.observed, recorded.duration_s)
    return replace(row, observation=seen.observation)


def _as_recorded(recorded: Told) -> Finding:
    values = {"told": recorded.summary}
    return Finding(recorded.outcome, "package.as_recorded", values, source="wizard")


def _bad(reason: str, **values: str) -> BadInput:
    return BadInput(f"error.package_{reason}", **values)


def _check_names(path: Path, archive: zipfile.ZipFile) -> None:
    """Refuse tricks before anything is unpacked, be it only into memory."""
    infos = archive.infolist()
    if len(infos) > MAX_ENTRIES:
        raise _bad("too_many_entries")
    if len({info.filename.lower() for info in infos}) != len(infos):
        raise _bad("double_entry")
    for info in infos:
        name = info.filename
        pure = PurePosixPath(name)
        if pure.is_absolute() or ".." in pure.parts or any(c in name for c in "\\:\0"):
            raise _bad("path_trick", entry=_printable(name))
        if stat.S_ISLNK(info.external_attr >> 16):
            raise _bad("link", entry=_printable(name))
    _check_sizes(path, infos)


def _check_sizes(path: Path, infos: list[zipfile.ZipInfo]) -> None:
    total = sum(info.file_size for info in infos)
    packed = max(1, path.stat().st_size)
    if total > MAX_BYTES or (total > _RATIO_FROM_BYTES and total > MAX_RATIO * packed):
        raise _bad("bomb")


def _check_entries(stated: Manifest, entries: dict[str, bytes]) -> None:
    listed = {entry.name: entry for entry in stated.entries}
    for name in sorted(set(listed) - set(entries)):
        raise _bad("entry_missing", entry=_printable(name))
    for name in sorted(set(entries) - set(listed) - {manifest.NAME}):
        raise _bad("entry_extra", entry=_printable(name))
    for name, entry in listed.items():
        if hashlib.sha256(entries[name]).hexdigest() != entry.sha256:
            raise _bad("entry_altered", entry=_printable(name))


def _document(entries: dict[str, bytes]) -> Document:
    try:
        document = codec.load_json(entries[_DIAGNOSIS])
    except KeyError:
        raise _bad("entry_missing", entry=_DIAGNOSIS) from None
    except ValueError:
        raise _bad("no_diagnosis") from None
    if not isinstance(document, dict):
        return {}
    if _is_deeper(document, MAX_DEPTH):
        raise _bad("no_diagnosis")
    return document


def _is_deeper(thing: Any, depth: int) -> bool:
    """Whether plain values are nested deeper: what reads can be too deep to be written."""
    level = [thing]
    for _ in range(depth):
        inner = [part.values() if isinstance(part, dict) else part for part in level]
        level = [part for parts in inner for part in parts if isinstance(part, dict | list)]
        if not level:
            return False
    return True


def _printable(name: str) -> str:
    return "".join(c if c.isprintable() else "?" for c in name)[:200]
