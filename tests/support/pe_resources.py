# SPDX-License-Identifier: MIT
"""What Windows reads in a program file: its version, its manifest, its icons."""

from __future__ import annotations

from xml.etree import ElementTree

import pefile


def resources(program: pefile.PE, kind: str) -> list[bytes]:
    """The data of all resources of a kind, as RT_MANIFEST."""
    return [
        bytes(program.get_data(leaf.data.struct.OffsetToData, leaf.data.struct.Size))
        for entry in program.DIRECTORY_ENTRY_RESOURCE.entries
        if entry.id == pefile.RESOURCE_TYPE[kind]
        for name in entry.directory.entries
        for leaf in name.directory.entries
    ]


def version_strings(program: pefile.PE) -> dict[str, str]:
    """The words of the version resource."""
    (table,) = (
        table
        for part in program.FileInfo[0]
        if part.Key == b"StringFileInfo"
        for table in part.StringTable
    )
    return {name.decode(): value.decode() for name, value in table.entries.items()}


def manifest_elements(manifest: bytes) -> dict[str, ElementTree.Element]:
    """A manifest's elements by their names; the last of each."""
    root = ElementTree.fromstring(manifest)  # noqa: S314 - of our own build
    return {element.tag.rpartition("}")[2]: element for element in root.iter()}
