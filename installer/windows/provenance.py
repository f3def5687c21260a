# SPDX-License-Identifier: MIT
"""Where does each Windows program file of a built folder come from?

A file is known when it is byte for byte one of the verified Python or of an installed wheel. Our
own programs are PyInstaller's loader with resources and an archive added: their code must be the
loader's, and neither the resources nor the archive may hold a foreign program file.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Collection, Iterator, Mapping
from importlib.metadata import Distribution, PackagePath, distributions
from pathlib import Path

from installer.errors import BuildError
from installer.pe_files import inside, is_pe, pe_files
from installer.windows import own_program
from installer.windows.loader_code import digest as code_digest
from installer.windows.packed import UnreadableError, parts

_LOADERS = "PyInstaller/bootloader/"
_WINE_MARK_AT = 0x40
_WINE_MARKS = (b"Wine builtin DLL", b"Wine placeholder DLL")


def hashes_of(folder: Path, origin: str) -> dict[str, str]:
    """SHA-256 → where from, of each program file of a folder that is trusted as it is."""
    return {
        _sha256(path.read_bytes()): f"{origin}: {path.relative_to(folder).as_posix()}"
        for path in pe_files(folder)
    }


def known_files(site_packages: Path) -> dict[str, str]:
    """SHA-256 → where from, of each program file of the installed wheels.

    Of PyInstaller's loaders also the digest of their code alone.

    Raises:
        BuildError: a file isn't as its wheel brought it.
    """
    known = {}
    for package in distributions(path=[str(site_packages)]):
        for entry, content in _recorded(package):
            if is_pe(content):
                origin = f"{package.name} {package.version}: {entry.as_posix()}"
                known[_sha256(content)] = origin
                if entry.as_posix().startswith(_LOADERS):
                    known[code_digest(content)] = f"{origin} (code)"
    return known


def account(folder: Path, known: Mapping[str, str], programs: Collection[Path]) -> list[str]:
    """What comes from nowhere known in a folder, also inside archives, or can't be looked into.

    Of the programs, which are ours, also one that isn't there.
    """
    unknown = [f"{path.name} (it isn't there)" for path in programs if not path.is_file()]
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        if path in programs:
            unknown += _foreign_in_program(path, name, known)
        else:
            unknown += _foreign(name, path.read_bytes(), known)
    return unknown


def _recorded(package: Distribution) -> Iterator[tuple[PackagePath, bytes]]:
    """A wheel's files that are there, each with the hash that the wheel's list gives it."""
    for entry in package.files or ():
        path = Path(str(entry.locate()))
        if not (entry.hash and path.is_file()):
            continue
        content = path.read_bytes()
        digest = base64.urlsafe_b64encode(hashlib.new(entry.hash.mode, content).digest())
        if digest.rstrip(b"=").decode() != entry.hash.value:
            raise BuildError(
                f"{path} isn't as {package.name} {package.version} brought it: its hash differs. "
                "Delete the folder with the packages and build again."
            )
        yield entry, content


def _foreign(name: str, content: bytes, known: Mapping[str, str]) -> Iterator[str]:
    if is_pe(content):
        if _sha256(content) not in known:
            yield f"{name} (a file of Wine)" if _is_of_wine(content) else name
        return
    try:
        packed = parts(content)
    except UnreadableError as error:
        yield f"{name} (an archive that can't be looked into: {error})"
        return
    for entry, part in packed or ():
        yield from _foreign(f"{name}/{entry}", part, known)
    if packed is None and inside(content):
        yield f"{name} (a program file lies in it)"


def _foreign_in_program(path: Path, name: str, known: Mapping[str, str]) -> Iterator[str]:
    try:
        program = own_program.read(path)
    except UnreadableError as error:
        yield f"{name} ({error})"
        return
    if program.code not in known:
        yield f"{name} (its code isn't PyInstaller's loader)"
    if inside(program.image):
        yield f"{name} (a program file lies in it)"
    for kind, resource in program.resources:
        if kind not in own_program.RESOURCES:
            yield f"{name} (it has a resource of the kind {kind})"
        yield from _foreign(f"{name}/{kind}", resource, known)
    for entry, content in program.packed:
        yield from _foreign(f"{name}/{entry}", content, known)


def _is_of_wine(content: bytes) -> bool:
    return content[_WINE_MARK_AT:].startswith(_WINE_MARKS)


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
