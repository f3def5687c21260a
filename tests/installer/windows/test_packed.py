# SPDX-License-Identifier: MIT
"""Archives give all that is in them, or say that they can't."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from collections.abc import Callable

import pytest

from installer.windows.packed import UnreadableError, parts

STORED = b"stored as it is"


def zipped(*entries: tuple[str, bytes], streamed: bool = False) -> bytes:
    target = _Streamed() if streamed else io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return target.getvalue()


class _Streamed(io.BytesIO):
    """A target that can't go back, so that sizes are written behind each entry."""

    def seekable(self) -> bool:
        return False

    def tell(self) -> int:
        raise OSError


def tarred(*entries: tuple[str, bytes]) -> bytes:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w") as archive:
        for name, content in entries:
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return target.getvalue()


@pytest.mark.parametrize("content", [b"", b"a text", b"x" * 300 + b"PK\x05\x06" + bytes(18)])
def test_parts_when_no_archive_then_none(content: bytes) -> None:
    assert parts(content) is None


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("streamed", [False, True])
def test_parts_when_zip_has_two_entries_of_one_name_then_gives_both(streamed: bool) -> None:
    entries = [("a.txt", b"first"), ("a.txt", b"second"), ("b/c.txt", b"")]
    assert parts(zipped(*entries, streamed=streamed)) == entries


@pytest.mark.parametrize("compress", [gzip.compress, bz2.compress, lzma.compress])
def test_parts_when_streams_follow_each_other_then_gives_all(
    compress: Callable[[bytes], bytes],
) -> None:
    assert parts(compress(b"one ") + compress(b"two")) == [("unpacked", b"one two")]


def test_parts_when_tar_then_gives_its_files() -> None:
    entries = [("a.txt", b"first"), ("b/c.txt", b"second")]
    assert parts(tarred(*entries)) == entries


ZIP = zipped(("a.txt", b"first"), ("b.txt", b"second"))
UNREADABLE = {
    "cut zip": ZIP[:-30],
    "damaged entry": ZIP.replace(b"first", b"f\xffrst").replace(b"\x4b\xcb", b"\xff\xcb", 1),
    "behind another file": b"a picture" + ZIP,
    "with a comment": ZIP[:-2] + b"\x05\x00later",
    "cut gzip": gzip.compress(STORED)[:-4],
    "xz with something behind": lzma.compress(STORED) + b"more",
    "damaged bzip2": bz2.compress(STORED)[:-8] + bytes(8),
    "tar with something behind": tarred(("a.txt", STORED)) + b"more",
    "7z": b"7z\xbc\xaf\x27\x1c and so on",
    "zstd": b"\x28\xb5\x2f\xfd and so on",
    "cab": b"MSCF and so on",
}


@pytest.mark.parametrize("content", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_parts_when_archive_isnt_read_to_the_last_byte_then_says_so(content: bytes) -> None:
    with pytest.raises(UnreadableError) as refused:
        parts(content)
    assert str(refused.value)


def test_parts_when_zip_hides_an_entry_then_says_so() -> None:
    """Its list names only the second one: the first one's bytes are there all the same."""
    whole = io.BytesIO(ZIP)
    with zipfile.ZipFile(whole, "a") as archive:
        del archive.filelist[0]
        archive.NameToInfo.pop("a.txt")
        archive.comment = b"x"  # makes it write its list anew
        archive.comment = b""
    with pytest.raises(UnreadableError, match="bytes that belong to no entry"):
        parts(whole.getvalue())
