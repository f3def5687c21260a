# SPDX-License-Identifier: MIT
"""What stays the same when PyInstaller makes a program of its loader, as one digest.

It adds resources and an archive, sets the time of the build in two headers, and counts the sum
anew; signing adds a table at the end. Code, constants, imports and entry point stay.
"""

from __future__ import annotations

import hashlib

import pefile

_RESOURCES = b".rsrc"
_EXECUTABLE = 0x20000000
_DEBUG_ENTRY = 28
_TIME_IN_ENTRY = slice(4, 8)
_ADDED = ("IMAGE_DIRECTORY_ENTRY_RESOURCE", "IMAGE_DIRECTORY_ENTRY_SECURITY")


def digest(content: bytes) -> str:
    """A digest of the code of a PE file."""
    image = pefile.PE(data=content, fast_load=True)
    header = image.OPTIONAL_HEADER
    parts = [
        (image.FILE_HEADER.Machine, header.AddressOfEntryPoint, header.ImageBase),
        (header.Subsystem, header.DllCharacteristics),
        *((d.name, d.VirtualAddress, d.Size) for d in _directories(image) if d.name not in _ADDED),
        *(_section(image, section) for section in image.sections if not _is_resources(section)),
    ]
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _directories(image: pefile.PE) -> list[pefile.Structure]:
    return list(image.OPTIONAL_HEADER.DATA_DIRECTORY)


def _is_resources(section: pefile.SectionStructure) -> bool:
    named = section.Name.rstrip(b"\0") == _RESOURCES
    return named and not section.Characteristics & _EXECUTABLE


def _section(image: pefile.PE, section: pefile.SectionStructure) -> tuple[bytes | int | str, ...]:
    content = _without_build_time(image, section)
    return (
        section.Name,
        section.VirtualAddress,
        section.Misc_VirtualSize,
        section.Characteristics,
        hashlib.sha256(content).hexdigest(),
    )


def _without_build_time(image: pefile.PE, section: pefile.SectionStructure) -> bytes:
    content = bytearray(section.get_data())
    named = (d for d in _directories(image) if d.name == "IMAGE_DIRECTORY_ENTRY_DEBUG")
    debug = next(named, None)
    if debug and section.contains_rva(debug.VirtualAddress):
        first = debug.VirtualAddress - section.VirtualAddress
        for entry in range(first, first + debug.Size, _DEBUG_ENTRY):
            content[entry + _TIME_IN_ENTRY.start : entry + _TIME_IN_ENTRY.stop] = bytes(4)
    return bytes(content)
