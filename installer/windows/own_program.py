# SPDX-License-Identifier: MIT
"""One of our own Windows programs, taken apart: loader, resources, archive, signature.

PyInstaller made it of its loader: it put our resources in, and behind it an archive with modules.
Whatever is none of these has no business there.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pefile
from PyInstaller.archive.readers import ArchiveReadError, CArchiveReader

from installer.windows.loader_code import digest
from installer.windows.packed import UnreadableError

# Icons, version and manifest are all that the build puts in.
RESOURCES = frozenset({"RT_ICON", "RT_GROUP_ICON", "RT_VERSION", "RT_MANIFEST"})
_RESOURCE_TABLE = pefile.DIRECTORY_ENTRY["IMAGE_DIRECTORY_ENTRY_RESOURCE"]
_SIGNATURE_TABLE = pefile.DIRECTORY_ENTRY["IMAGE_DIRECTORY_ENTRY_SECURITY"]
_COOKIE = struct.Struct("!8sIIII64s")  # PyInstaller's mark at the end of its archive
_ALIGNMENT = 8  # a signature begins at a multiple of it


@dataclass(frozen=True)
class OwnProgram:
    """The parts of a program."""

    code: str
    image: bytes
    resources: tuple[tuple[str, bytes], ...]
    packed: tuple[tuple[str, bytes], ...]


def read(path: Path) -> OwnProgram:
    """Take a program apart.

    Raises:
        UnreadableError: it can't be, or holds something beside these parts.
    """
    content = path.read_bytes()
    try:
        image = pefile.PE(data=content, fast_load=True)
        end = _end_of_image(image)
        resources = tuple(_resources(image))
    except (pefile.PEFormatError, AttributeError, StopIteration) as fault:
        raise UnreadableError(f"it can't be read: {fault}") from None
    packed = tuple(_packed(path, _behind(image, content, end)))
    return OwnProgram(digest(content), content[:end], resources, packed)


def _end_of_image(image: Any) -> int:
    end: int = image.OPTIONAL_HEADER.SizeOfHeaders
    for section in sorted(image.sections, key=lambda each: each.PointerToRawData):
        if section.SizeOfRawData and section.PointerToRawData != end:
            raise UnreadableError("it holds bytes that belong to no section")
        end += section.SizeOfRawData
    return end


def _behind(image: Any, content: bytes, end: int) -> bytes:
    """What follows the image, up to the signature, which must be the last."""
    table = image.OPTIONAL_HEADER.DATA_DIRECTORY[_SIGNATURE_TABLE]
    if not table.Size:
        return content[end:]
    if table.VirtualAddress + table.Size != len(content):  # here it is an offset in the file
        raise UnreadableError("something follows its signature")
    return content[end : table.VirtualAddress]


def _resources(image: Any) -> Iterator[tuple[str, bytes]]:
    image.parse_data_directories([_RESOURCE_TABLE])
    for kind in getattr(image, "DIRECTORY_ENTRY_RESOURCE", _Nothing).entries:
        name = pefile.RESOURCE_TYPE.get(kind.id, str(kind.name or kind.id))
        for leaf in _leaves(kind):
            yield name, bytes(image.get_data(leaf.OffsetToData, leaf.Size))


class _Nothing:
    entries = ()


def _leaves(entry: Any) -> Iterator[Any]:
    if hasattr(entry, "directory"):
        for below in entry.directory.entries:
            yield from _leaves(below)
    else:
        yield entry.data.struct


def _packed(path: Path, behind: bytes) -> Iterator[tuple[str, bytes]]:
    """Name and content of all entries of the archive, and of the modules in them."""
    try:
        archive = CArchiveReader(str(path))
        _require_only(archive, behind)
        for name, entry in archive.toc.items():
            yield name, archive.extract(name)
            if entry[-1] == "z":
                modules = archive.open_embedded_archive(name)
                for module in modules.toc:
                    yield f"{name}/{module}", modules.extract(module, raw=True) or b""
    except (ArchiveReadError, OSError, ValueError, struct.error) as fault:
        raise UnreadableError(f"its archive can't be read: {fault}") from None


def _require_only(archive: Any, behind: bytes) -> None:
    """The archive is all that follows the image, and its entries are all that is in it."""
    packed = archive.raw_pkg_data()
    rest = behind[len(packed) :]
    if not behind.startswith(packed) or rest.strip(b"\0") or len(rest) >= _ALIGNMENT:
        raise UnreadableError("something lies before or behind its archive")
    _, _, table, length, _, _ = _COOKIE.unpack(packed[-_COOKIE.size :])
    end = 0
    for begins, size, *_ in sorted(archive.toc.values()):
        if begins != end:
            raise UnreadableError("its archive holds bytes that belong to no entry")
        end += size
    if (table, table + length + _COOKIE.size) != (end, len(packed)):
        raise UnreadableError("its archive holds bytes that belong to no entry")
