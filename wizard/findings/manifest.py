# SPDX-License-Identifier: MIT
"""What a findings package says about itself: entries with size and hash, masked, left out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from wizard import codec
from wizard.errors import BadInput
from wizard.findings import redact
from wizard.findings.redact import Masking, Span

SCHEMA = "m365-backup-wizard/package/1"
NAME = "manifest.json"
# What the times of a .zip can say; a clock outside of them (an empty battery) is wrong for sure.
CLOCK_YEARS = range(1980, 2108)


@dataclass(frozen=True)
class Entry:
    """One file of a package: these very bytes are shown, packed and hashed."""

    name: str
    data: bytes

    @property
    def text(self) -> str:
        """The bytes as text; everything in a package is UTF-8."""
        return self.data.decode()

    def spans(self) -> list[Span]:
        """Every masked place, for the preview."""
        return redact.spans(self.text)


@dataclass(frozen=True)
class Masked:
    """How many places of one kind were masked."""

    kind: str
    count: int


@dataclass(frozen=True)
class Listed:
    """An entry in the manifest."""

    name: str
    bytes: int
    sha256: str
    masked: tuple[Masked, ...]


@dataclass(frozen=True)
class LeftOut:
    """Something that isn't in the package, and why."""

    what: str
    why: str


@dataclass(frozen=True)
class Manifest:
    """The package's own description. `sample` names the scenario of a sample server."""

    schema: str
    program: str
    created: datetime
    sample: str | None
    masking: Masking
    kept: str
    entries: tuple[Listed, ...]
    left_out: tuple[LeftOut, ...]


def listed(entries: Sequence[Entry]) -> tuple[Listed, ...]:
    """Entries as the manifest lists them; itself it can't list."""
    return tuple(_listed(entry) for entry in entries if entry.name != NAME)


def _listed(entry: Entry) -> Listed:
    masked = tuple(Masked(kind, count) for kind, count in redact.counts(entry.text).items())
    digest = hashlib.sha256(entry.data).hexdigest()
    return Listed(entry.name, len(entry.data), digest, masked)


def to_entry(manifest: Manifest) -> Entry:
    """The manifest as the package's last file."""
    text = json.dumps(codec.to_plain(manifest), indent=2, ensure_ascii=False)
    return Entry(NAME, text.encode() + b"\n")


def read(data: bytes) -> Manifest:
    """A stored manifest; BadInput when it is none, or of another version."""
    try:
        plain = codec.load_json(data)
    except ValueError:
        raise BadInput("error.package_manifest") from None
    schema = plain.get("schema") if isinstance(plain, dict) else None
    if schema != SCHEMA:
        raise BadInput("error.package_schema", schema=str(schema)[:80], known=SCHEMA)
    return codec.from_plain(plain, Manifest)
