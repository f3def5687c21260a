# SPDX-License-Identifier: MIT
"""Which Microsoft 365 cloud is meant, and which hosts belong to it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from pathlib import Path
from urllib.parse import urlsplit

from wizard import codec, failure_words, resources
from wizard.errors import BadInput
from wizard.product import Confidence

DEFAULT = "global"
OWN = "own"  # the id of every cloud of a file


@dataclass(frozen=True)
class Cloud:
    """One cloud. All values are URLs without a trailing slash; `portal` may be empty."""

    id: str
    name: str
    authority: str
    graph: str
    exchange: str
    sharepoint: str
    portal: str = ""
    onedrive: str = ""  # only in a cloud file, whose two are the tenant's own hosts

    @property
    def is_own(self) -> bool:
        """Whether it comes from a cloud file."""
        return self.id == OWN


@dataclass(frozen=True)
class _Known:
    id: str
    names: tuple[str, ...]
    name: str
    authority: str
    graph: str
    exchange: str
    sharepoint: str
    portal: str
    confidence: Confidence

    def cloud(self) -> Cloud:
        return Cloud(
            self.id,
            self.name,
            self.authority,
            self.graph,
            self.exchange,
            self.sharepoint,
            self.portal,
        )


@dataclass(frozen=True)
class _SignInOnly:
    """A cloud of which only the sign-in host is published."""

    id: str
    name: str
    authority: str
    confidence: Confidence


@dataclass(frozen=True)
class _CloudsFile:
    source: str
    date: str
    clouds: tuple[_Known, ...]
    sign_in_only: tuple[_SignInOnly, ...]


@dataclass(frozen=True)
class _OwnCloud:
    """The keys of a cloud file that somebody wrote for an air-gapped or test tenant."""

    name: str
    authority: str
    graph: str
    exchange: str
    sharepoint: str
    portal: str = ""
    onedrive: str = ""


def known() -> tuple[Cloud, ...]:
    """Microsoft's own clouds."""
    return tuple(entry.cloud() for entry in _read().clouds)


def sign_in_only() -> tuple[Cloud, ...]:
    """Clouds that can be asked whether they know a tenant, and nothing else."""
    return tuple(Cloud(one.id, one.name, one.authority, "", "", "") for one in _read().sign_in_only)


def choose(name: str | None) -> Cloud:
    """A known cloud by name, or the cloud of a FILE.toml.

    Raises:
        BadInput: neither a known name nor a file that holds a cloud.
    """
    wanted = (name or DEFAULT).strip()
    for entry in _read().clouds:
        if wanted.lower() in entry.names:
            return entry.cloud()
    path = Path(wanted)
    if path.suffix.lower() == ".toml" or path.is_file():
        return _read_own(path)
    for one in _read().sign_in_only:
        if wanted.lower() == one.id:
            host = urlsplit(one.authority).hostname or ""
            raise BadInput("error.cloud_sign_in_only", name=one.name, host=host)
    names = ", ".join(entry.id for entry in _read().clouds)
    raise BadInput("error.cloud_unknown", name=wanted, known=names)


def _read() -> _CloudsFile:
    return codec.from_plain(resources.read_toml("graph", "clouds.toml"), _CloudsFile)


def _read_own(path: Path) -> Cloud:
    try:
        plain = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:  # says what and where
        raise BadInput("error.cloud_file", path=str(path), reason=str(error)) from None
    except (OSError, ValueError) as error:
        told = failure_words.of(error)
        raise BadInput("error.cloud_file", path=str(path), reason=told) from None
    _refuse_other_keys(path, plain)
    own = codec.from_plain(plain, _OwnCloud)
    return Cloud(
        id=OWN,
        name=own.name,
        authority=_url(path, "authority", own.authority),
        graph=_url(path, "graph", own.graph),
        exchange=_url(path, "exchange", own.exchange),
        sharepoint=_url(path, "sharepoint", own.sharepoint),
        portal=_url(path, "portal", own.portal) if own.portal else "",
        onedrive=_url(path, "onedrive", own.onedrive) if own.onedrive else "",
    )


def _refuse_other_keys(path: Path, plain: Mapping[str, object]) -> None:
    """What a cloud file has too much, lacks, or holds as anything but text."""
    keys = fields(_OwnCloud)
    needed = [key.name for key in keys if key.default is MISSING]
    for text, wrong in (
        ("unknown", [name for name in plain if name not in {key.name for key in keys}]),
        ("missing", [name for name in needed if name not in plain]),
        ("no_text", [name for name, value in plain.items() if not isinstance(value, str)]),
    ):
        if wrong:
            raise BadInput(
                f"error.cloud_file_{text}",
                path=str(path),
                keys=", ".join(wrong),
                count=len(wrong),
            )


def _url(path: Path, key: str, value: str) -> str:
    """An https address without a trailing slash; anything else in a cloud file is a mistake."""
    if not is_https(value):
        raise BadInput("error.cloud_url", path=str(path), key=key, value=value)
    return value.rstrip("/")


def is_https(value: str) -> bool:
    """Whether this is a plain https address: a host, perhaps a port and a path, nothing more."""
    try:
        parts = urlsplit(value)
        plain = not (parts.query or parts.fragment or parts.username or parts.password)
        return parts.scheme == "https" and bool(parts.hostname) and parts.port != 0 and plain
    except ValueError:
        return False
