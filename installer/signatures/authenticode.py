# SPDX-License-Identifier: MIT
"""Who signed a Windows file, and does the signature hold? Asked of osslsigncode.

Revocation lists are not fetched: a build needs no network beside the package index.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from installer.errors import BuildError
from installer.pe_files import pe_files

_TOOL = "osslsigncode"
_SUBJECT = re.compile(r"Subject: (.+)")
_ISSUER = re.compile(r"Issuer ?: (.+)")
# 2.5 says the second, later ones the first.
_TIMESTAMP = re.compile(r"(?:Timestamp time|The signature is timestamped): (\w{3} .+) GMT")
_COMMON_NAME = re.compile(r"(?<!\\)/CN=(.+?)(?=(?<!\\)/[A-Za-z0-9.]+=|$)")
_ESCAPED = re.compile(r"(?:\\x[0-9A-F]{2})+")
_REASONS = (
    (r"No signature found", "it isn't signed"),
    (r"MISMATCH", "it was changed after it was signed"),
    (r"Timestamp Server Signature verification: failed", "its time stamp isn't trusted"),
    (r"Verify error: ?(.+)", r"its certificate isn't trusted ({})"),
    (r"Unsupported Signer's certificate purpose", "its certificate isn't meant for programs"),
    (r"unsupported input file type|Unrecognized file type", "it is no Windows program or library"),
)


@dataclass(frozen=True)
class Signature:
    """Who vouches for a file, by whose word, and when."""

    signer: str
    issuer: str
    signed_at: datetime | None


def verify(file: Path, authorities: Path) -> Signature:
    """The signature of a file; BuildError unless all its signatures hold by these authorities."""
    if not file.is_file():
        raise BuildError(f"{file}: the file doesn't exist, so its signature can't be verified.")
    _require_bundle(authorities)
    command = [
        tool(), "verify", *_without_revocation(), "-CAfile", str(authorities),
        "-TSA-CAfile", str(authorities), "-in", str(file.resolve()),
    ]  # fmt: skip
    result = subprocess.run(
        command, capture_output=True, encoding="utf-8", errors="replace", check=False
    )
    told = f"{result.stdout}\n{result.stderr}"
    # The tool is content with one good signature of several; the first one, which names the
    # signer here and in Windows, could then be anybody's.
    if result.returncode or re.search(r"verification: failed|MISMATCH", told):
        raise BuildError(f"{file}: the signature doesn't hold: {reason(told)}.")
    return _read(file, result.stdout)


def require_signers(
    folder: Path, authorities: Path, allowed: Collection[str]
) -> dict[str, list[str]]:
    """Signer → its files, for every PE file of a folder; BuildError for anybody else's."""
    files: dict[str, list[str]] = defaultdict(list)
    for path in pe_files(folder):
        signer = verify(path, authorities).signer
        if signer not in allowed:
            raise BuildError(
                f"{path}: it is signed by “{signer}”, expected was {' or '.join(sorted(allowed))}."
            )
        files[signer].append(path.relative_to(folder).as_posix())
    if not files:
        raise BuildError(f"{folder}: there is no Windows program or library in it to verify.")
    return dict(files)


def tool() -> str:
    """Where osslsigncode is."""
    found = shutil.which(_TOOL)
    if not found:
        raise BuildError(f"{_TOOL} is missing. On Debian or Ubuntu: sudo apt-get install {_TOOL}")
    return found


def _require_bundle(authorities: Path) -> None:
    if not authorities.is_file():
        raise BuildError(f"{authorities}: the file of trusted authorities doesn't exist.")


@cache
def _without_revocation() -> list[str]:
    """2.6 and later fetch revocation lists unless told not to; 2.5 never does."""
    told = subprocess.run([tool(), "verify", "--help"], capture_output=True, text=True, check=False)
    return ["-ignore-crl"] if "-ignore-crl" in told.stdout + told.stderr else []


def _read(file: Path, told: str) -> Signature:
    """The first signature, the one that Windows shows."""
    first = told.partition("Signature Index: 0")[2].partition("Signature Index:")[0]
    subject, issuer = _SUBJECT.search(first), _ISSUER.search(first)
    if not (subject and issuer):
        raise BuildError(f"{file}: {_TOOL} verified it but didn't name the signer.")
    time = _TIMESTAMP.search(first)
    signed_at = datetime.strptime(time[1], "%b %d %H:%M:%S %Y") if time else None  # noqa: DTZ007
    return Signature(
        _name(subject[1]), _name(issuer[1]), signed_at and signed_at.replace(tzinfo=UTC)
    )


def _name(distinguished: str) -> str:
    """The common name of “/C=US/O=Example/CN=Some name”."""
    names = _COMMON_NAME.findall(distinguished)
    name: str = names[-1] if names else distinguished
    return _ESCAPED.sub(_unescape, name.replace("\\/", "/"))


def _unescape(escaped: re.Match[str]) -> str:
    return bytes.fromhex(escaped[0].replace("\\x", "")).decode(errors="replace")


def reason(told: str, reasons: Iterable[tuple[str, str]] = _REASONS) -> str:
    """What osslsigncode's output says of its failure, in words."""
    for pattern, sentence in reasons:
        if found := re.search(pattern, told):
            return sentence.format(*found.groups())
    lines = [line.strip() for line in told.splitlines() if line.strip()]
    said = [line for line in lines if line != "Failed"]
    return f"{_TOOL} said “{said[-1]}”" if said else f"{_TOOL} gave no reason"
