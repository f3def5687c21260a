# SPDX-License-Identifier: MIT
"""Whether anything secret is left in a finished package: the last look before it gets its name.

Written apart from the masking: it looks at the bytes as they are in the archive, in every encoding
in which a secret could have slipped through.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from wizard import resources, secret_patterns
from wizard.findings import names
from wizard.findings.redact import Known, Masking, written_forms

# A shorter one is found by chance in numbers and hashes; it is masked, and not searched here.
MIN_SECRET = 6
MIN_NAME = 4


@dataclass(frozen=True)
class Leak:
    """Something that must not leave, and where it is. What it is, is not said."""

    entry: str
    line: int
    kind: str


def sweep(archive: Path, masking: Masking, known: Known) -> Iterator[Leak]:
    """Every leak in the decompressed entries and in their names."""
    secrets = [_needles(secret) for secret in known.secrets if len(secret) >= MIN_SECRET]
    bare = [n.lower() for n in (*known.hosts, *known.users, *known.domains) if _is_telling(n)]
    with zipfile.ZipFile(archive) as file:
        for name in file.namelist():
            data = file.read(name)
            yield from _secrets(name, data, secrets)
            yield from _patterns(name, data)
            if masking.names:
                yield from _names(name, data, bare)


def _needles(secret: str) -> tuple[bytes, ...]:
    """A secret in every way it could be written, in small letters."""
    texts = written_forms(secret)
    coded = [text.encode(code) for text in texts for code in ("utf-8", "utf-16-le", "utf-16-be")]
    return tuple({needle.lower() for needle in coded})


def _secrets(entry: str, data: bytes, secrets: Sequence[tuple[bytes, ...]]) -> Iterator[Leak]:
    lowered = data.lower()
    for needles in secrets:
        for needle in needles:
            place = lowered.find(needle)
            if place >= 0 and not _is_own_word(needle):
                yield Leak(entry, data.count(b"\n", 0, place) + 1, "known-secret")


def _patterns(entry: str, data: bytes) -> Iterator[Leak]:
    text = data.decode("utf-8", "replace")
    for hit in secret_patterns.find(text):
        yield Leak(entry, text.count("\n", 0, hit.start) + 1, hit.kind)


def _names(entry: str, data: bytes, bare: Sequence[str]) -> Iterator[Leak]:
    text = data.decode("utf-8", "replace")
    for match in names.EMAIL.finditer(text):
        value = match["whole"]
        if value and names.DOMAIN not in value and not names.is_open(value):
            yield Leak(entry, text.count("\n", 0, match.start()) + 1, "user")
    yield from _formed(entry, text)
    lowered = text.lower()
    for name in bare:
        place = lowered.find(name)
        if place >= 0:
            yield Leak(entry, text.count("\n", 0, place) + 1, "name")


def _formed(entry: str, text: str) -> Iterator[Leak]:
    """Names that are known by what stands beside them or by their form."""
    forms = (
        *(("name", expression) for expression in names.QUOTED),
        *(("file", expression) for expression in names.FILE),
        *(("host", expression) for expression in (names.FQDN, *names.COMPUTER)),
    )
    for kind, expression in forms:
        for match in expression.finditer(text):
            value = match["whole"]
            if value and not names.MASKED.search(value) and _is_telling(value):
                yield Leak(entry, text.count("\n", 0, match.start()) + 1, kind)


def _is_telling(name: str) -> bool:
    """Whether a name can be told from our own words; a computer called "backup" can't."""
    if len(name) < MIN_NAME or names.is_open(name) or names.is_nobody(name):
        return False
    if names.GUID.fullmatch(name):
        return False
    return not _is_own_word(name.lower().encode())


def _is_own_word(needle: bytes) -> bool:
    """Whether the shipped sentences and pages hold it: finding it in a package tells nothing."""
    return needle in _own_words()


@cache
def _own_words() -> bytes:
    shipped = [*resources.path().rglob("*.toml"), *resources.path().rglob("*.jinja")]
    return b"\n".join(path.read_bytes().lower() for path in shipped)
