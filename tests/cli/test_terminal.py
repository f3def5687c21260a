# SPDX-License-Identifier: MIT
"""A terminal that can't show every sign still gets every sentence, and JSON stays whole."""

from __future__ import annotations

import io
import json
from xml.etree import ElementTree as Xml

import pytest

from wizard.cli.terminal import Terminal
from wizard.texts import Texts


def terminal(encoding: str, texts: Texts) -> tuple[Terminal, io.BytesIO]:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding, write_through=True)
    return Terminal(stream, stream, texts), raw


@pytest.mark.parametrize(
    ("encoding", "shown"), [("utf-8", "✓ “Grüße”"), ("cp1252", "+ “Grüße”"), ("ascii", '+ "Gr??e"')]
)
def test_say_when_the_terminal_shows_less_then_plain_signs_stand_in(
    encoding: str, shown: str, texts: Texts
) -> None:
    told, raw = terminal(encoding, texts)
    told.say("✓ “Grüße”")
    told.note("✓ “Grüße”")
    assert raw.getvalue().decode(encoding).split("\n") == [shown, shown, ""]


def test_say_when_a_stored_diagnosis_would_steer_the_terminal_then_it_does_not(
    texts: Texts,
) -> None:
    told, raw = terminal("utf-8", texts)
    told.say("\x1b]0;title\x07 by \u202eevil")
    assert raw.getvalue().decode() == "?]0;title? by ?evil\n"


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "ascii"])
def test_json_when_read_as_utf_8_then_no_value_changes(encoding: str, texts: Texts) -> None:
    told, raw = terminal(encoding, texts)
    told.json({"a": "✓ “Grüße”"})
    assert json.loads(raw.getvalue().decode("utf-8")) == {"a": "✓ “Grüße”"}


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "ascii"])
def test_xml_when_read_as_it_calls_itself_then_no_value_changes(
    encoding: str, texts: Texts
) -> None:
    told, raw = terminal(encoding, texts)
    told.xml('<?xml version="1.0" encoding="UTF-8"?>\n<a b="✓ “Grüße”">✓ “Grüße”</a>')
    element = Xml.fromstring(raw.getvalue())  # noqa: S314 - written by this test
    assert (element.get("b"), element.text) == ("✓ “Grüße”", "✓ “Grüße”")
