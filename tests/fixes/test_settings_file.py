# SPDX-License-Identifier: MIT
"""One setting's value in a text file: where it stands, and every other byte staying as it is."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fixes.strings import MANY
from wizard.errors import BadInput, Refused, WizardError
from wizard.fixes import settings_file
from wizard.texts import Texts

KEY = "system.transporter.modern.arguments"


def changed(content: bytes, value: str) -> bytes:
    document = settings_file.parse(content)
    setting = settings_file.find(document.text, KEY)
    return settings_file.with_value(document, setting, value).to_bytes()


def value_in(content: bytes) -> str:
    return settings_file.find(settings_file.parse(content).text, KEY).value


NEW = r"-Xmx1g -DtempPath=D:\Dtmp"
JSON_NEW = NEW.replace("\\", "\\\\")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"{KEY}=-Xmx1g", f"{KEY}={NEW}"),
        (f"a=1\r\n{KEY}=-Xmx1g\r\nb=2\r\n", f"a=1\r\n{KEY}={NEW}\r\nb=2\r\n"),
        (f"a=1\n  {KEY} =\t-Xmx1g\nb=2", f"a=1\n  {KEY} =\t{NEW}\nb=2"),
        (f"a=1\r{KEY}=-Xmx1g\rb=2", f"a=1\r{KEY}={NEW}\rb=2"),
        (f"{KEY}=\n", f"{KEY}={NEW}\n"),
        (f"# {KEY}=old\n!{KEY}=old\n{KEY}=-Xmx1g\n", f"# {KEY}=old\n!{KEY}=old\n{KEY}={NEW}\n"),
        (f"{KEY}.more=1\nx.{KEY}=2\n{KEY}=-Xmx1g", f"{KEY}.more=1\nx.{KEY}=2\n{KEY}={NEW}"),
        (f'{{"{KEY}": "-Xmx1g"}}', f'{{"{KEY}": "{JSON_NEW}"}}'),
        (
            f'{{\r\n\t"a": 1,\r\n\t"{KEY}"  :"-Xmx1g",\r\n}}',
            f'{{\r\n\t"a": 1,\r\n\t"{KEY}"  :"{JSON_NEW}",\r\n}}',
        ),
        (f'// "{KEY}": "x"\n"{KEY}": ""', f'// "{KEY}": "x"\n"{KEY}": "{JSON_NEW}"'),
        (f"p=/a/*\n{KEY}=", f"p=/a/*\n{KEY}={NEW}"),
        (f'{{"p": "/*", "{KEY}": "", "q": "*/"}}', None),
        (f'// it\'s /* 5"\n"{KEY}": ""', None),
        (f'/* old */ "{KEY}": ""', None),
        (f'{{"\\u0073{KEY[1:]}": ""}}', None),
        (f'"note": "a \\"{KEY}\\": \\"x\\"", "{KEY}": ""', None),
    ],
)
@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (b"\xef\xbb\xbf", "utf-8"),
        (b"\xff\xfe", "utf-16-le"),
        (b"\xfe\xff", "utf-16-be"),
    ],
)
def test_with_value_changes_the_value_and_no_other_byte(
    before: str, after: str, mark: bytes, encoding: str
) -> None:
    expected = after or before.replace('": ""', f'": "{JSON_NEW}"')
    assert changed(mark + before.encode(encoding), NEW) == mark + expected.encode(encoding)


def test_with_value_in_a_latin_1_file_keeps_its_bytes() -> None:
    content = b"name=Gr\xf6\xdfe\n" + f"{KEY}=-Xmx1g\n".encode() + b"\xff\xfe=1"
    assert changed(content, NEW) == content.replace(b"=-Xmx1g", b"=" + NEW.encode())


def test_with_value_in_json_keeps_the_spelling_of_what_stays() -> None:
    content = rf'{{"{KEY}": "-Da=\u0041\/b -Db=\ud83d\ude00 -DtempPath=\u002fx"}}'.encode()
    assert value_in(content) == "-Da=A/b -Db=\U0001f600 -DtempPath=/x"
    after = changed(content, "-Da=A/b -Db=\U0001f600 -DtempPath=/y")
    assert after == content.replace(rb"\u002fx", b"/y")


@MANY
@given(st.text(max_size=20), st.text(max_size=20), st.sampled_from(["utf-8", "utf-16-le"]))
def test_with_value_in_json_is_what_a_json_reader_reads(
    before: str, value: str, encoding: str
) -> None:
    mark = b"\xff\xfe" if encoding == "utf-16-le" else b""
    text = json.dumps({"a": "\\", KEY: before, "b": [1, "ü"]}, ensure_ascii=False)
    if "\0" in text:
        return
    after = changed(mark + text.encode(encoding), value)
    read = json.loads(after.removeprefix(mark).decode(encoding))
    assert read == {"a": "\\", KEY: value, "b": [1, "ü"]}


@MANY
@given(
    st.lists(st.sampled_from(["a=1", "# x", "", "b = c d", '"j": "k"']), max_size=4),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.text(alphabet="-DXa= '/:", max_size=10).map(str.strip),
)
def test_with_value_in_lines_and_back_gives_the_same_bytes(
    lines: list[str], end: str, value: str
) -> None:
    content = end.join([*lines, f"{KEY}=-Xmx1g", *lines]).encode()
    after = changed(content, value)
    assert value_in(after) == value
    assert changed(after, "-Xmx1g") == content


@pytest.mark.parametrize(
    ("content", "error", "text"),
    [
        (b"", BadInput, "key_missing"),
        (b"a=1\n", BadInput, "key_missing"),
        (f"#{KEY}=1".encode(), BadInput, "key_missing"),
        (f"{KEY}: -Xmx1g".encode(), Refused, "other_spelling"),
        (f"{KEY} -Xmx1g".encode(), Refused, "other_spelling"),
        (f"{KEY}\n".encode(), Refused, "other_spelling"),
        (f"\\u0073{KEY[1:]}=-Xmx1g".encode(), Refused, "other_spelling"),
        (f"{KEY[:6]}\\{KEY[6:]}=-Xmx1g".encode(), Refused, "other_spelling"),
        (f"'{KEY}': '-Xmx1g'".encode(), Refused, "other_spelling"),
        (f'"{KEY}" = "-Xmx1g"'.encode(), Refused, "other_spelling"),
        (f"{KEY}=1\n{KEY}:2".encode(), Refused, "key_twice"),
        (f"{KEY}=1\n{KEY} 2".encode(), Refused, "key_twice"),
        (f"{KEY}=1\n\t{KEY}\t:2".encode(), Refused, "key_twice"),
        (f"{KEY}=1\n\\u0073{KEY[1:]}=2".encode(), Refused, "key_twice"),
        (f"{KEY}=1\n{KEY[:9]}\\\n  {KEY[9:]}=2".encode(), Refused, "continued_line"),
        (f'{{"{KEY}": "1", "\\u0073{KEY[1:]}": "2"}}'.encode(), Refused, "key_twice"),
        (f'{{"{KEY}": "1", "\\u0073{KEY[1:]}": 2}}'.encode(), Refused, "value_not_text"),
        (f'{{/* "{KEY}": "1" */}}'.encode(), Refused, "in_comment"),
        (f'{{"a": 1/* "{KEY}": "1" */}}'.encode(), Refused, "in_comment"),
        (f'{{ /*\n"{KEY}": "1"\n*/ "{KEY}": "2"}}'.encode(), Refused, "in_comment"),
        (f'{{ /*\n"{KEY}": "1"\n'.encode(), Refused, "in_comment"),
        (f"/*\n{KEY}=1\n*/\n".encode(), Refused, "in_comment"),
        (f"{KEY}=1\n{KEY}=2".encode(), Refused, "key_twice"),
        (f'{KEY}=1\n"{KEY}": "2"'.encode(), Refused, "key_twice"),
        (f'{{"a": {{"{KEY}": "1"}}, "{KEY}": "2"}}'.encode(), Refused, "key_twice"),
        (f'"{KEY}": 5'.encode(), Refused, "value_not_text"),
        (f'"{KEY}": null'.encode(), Refused, "value_not_text"),
        (f'"{KEY}": "a\\q"'.encode(), Refused, "value_not_text"),
        (f'"{KEY}": "open'.encode(), Refused, "value_not_text"),
        (f"{KEY}=-Xmx1g \\\n  -Da=1".encode(), Refused, "continued_line"),
        (f"a=b\\\n{KEY}=-Xmx1g".encode(), Refused, "continued_line"),
        (b"SQLite\x00\x01" + f"\n{KEY}=1".encode(), BadInput, "not_text"),
        (b"\xff\xfe\x00", BadInput, "not_text"),
    ],
)
def test_find_when_it_is_not_certain_says_why(
    content: bytes, error: type[WizardError], text: str, texts: Texts
) -> None:
    with pytest.raises(error) as told:
        value_in(content)
    assert told.value.text == f"arguments.file.{text}"
    assert texts.summary(told.value)


@pytest.mark.parametrize(
    ("content", "value", "text"),
    [
        (f'{KEY}="-Xmx1g"'.encode(), '"-Xmx1g" -Da', "value_in_quotes"),
        (f"{KEY}='-Xmx1g -Xms1g' ".encode(), "'-Xmx1g -Xms1g' -Da", "value_in_quotes"),
        (f'{KEY}=""'.encode(), '"" -Da', "value_in_quotes"),
        (f"{KEY}=-Xmx1g".encode(), "-Da\n-Db", "not_writable_there"),
        (f"{KEY}=-Xmx1g".encode(), " -Da", "not_writable_there"),
        (f"{KEY}=-Xmx1g".encode(), "-Da\\", "continued_line"),
    ],
)
def test_with_value_that_could_be_read_in_two_ways_is_refused(
    content: bytes, value: str, text: str
) -> None:
    with pytest.raises(Refused) as told:
        changed(content, value)
    assert told.value.text == f"arguments.file.{text}"


def test_with_value_in_quotes_that_goes_away_is_written() -> None:
    assert changed(f'{KEY}="-DtempPath=/a b"'.encode(), "-DtempPath=/c") == (
        f"{KEY}=-DtempPath=/c".encode()
    )


def test_with_value_that_does_not_fit_the_encoding_is_refused() -> None:
    with pytest.raises(Refused) as told:
        changed(b"\xff=1\n" + f"{KEY}=a".encode(), "\u0416")
    assert told.value.text == "arguments.file.not_encodable"


@pytest.mark.parametrize("piece", ['\\"', '"a": "', "/* ", '"', "\\\\", "' ", KEY[:5] + "\\\n"])
def test_find_in_a_large_file_full_of_marks_takes_little_time(piece: str) -> None:
    content = piece * (1_000_000 // len(piece))
    started = time.monotonic()
    with pytest.raises(WizardError):
        settings_file.find(content, KEY)
    assert time.monotonic() - started < 5
