# SPDX-License-Identifier: MIT
"""What is DER is taken apart, what isn't is refused and never read beyond its end."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.graph import der


def test_elements_when_nested_then_each_with_its_content() -> None:
    inner = b"\x02\x01\x05" + b"\x04\x82\x01\x00" + bytes(256)
    outer = der.only(b"\x30\x82\x01\x07" + inner)
    number, octets = outer.children()
    assert number.number == 5
    assert octets.of(der.OCTETS) == bytes(256)
    with pytest.raises(ValueError, match="in place of"):
        octets.of(der.OID)


@pytest.mark.parametrize(
    "data", [b"", b"\x30", b"\x30\x05\x00", b"\x30\x80\x00\x00", b"\x1f\x01\x00", b"\x30\x85\x01"]
)
def test_only_when_it_is_no_der_then_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r".+"):
        der.only(data)


def test_elements_when_there_are_very_many_then_refused_at_once() -> None:
    begun = time.monotonic()
    with pytest.raises(ValueError, match="too many"):
        der.Element(der.SEQUENCE, b"\x05\x00" * 2_000_000).children()
    assert time.monotonic() - begun < 0.5


@pytest.mark.parametrize(
    ("dotted", "content"),
    [("1.2.840.113549.1.7.1", "2a864886f70d010701"), ("2.5.29.17", "551d11")],
)
def test_oid_when_dotted_then_its_bytes(dotted: str, content: str) -> None:
    assert der.oid(dotted).hex() == content


@given(st.binary(max_size=200))
def test_elements_when_anything_then_ends_or_refuses(data: bytes) -> None:
    try:
        found = list(der.elements(data))
    except ValueError:
        return
    assert sum(len(one.content) for one in found) <= len(data)
