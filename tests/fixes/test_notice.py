# SPDX-License-Identifier: MIT
"""Notices: their short id, their sentence, and every id that the code names having one."""

from __future__ import annotations

import re
from pathlib import Path

import wizard
from wizard.errors import Refused
from wizard.fixes.notice import Notice
from wizard.texts import Texts

_ID = re.compile(r'"(arguments\.(?:reading|refused|warning|note|file|error|handoff)\.[a-z_0-9]+)"')


def test_id_is_the_last_part() -> None:
    assert Notice("arguments.refused.path_space").id == "path_space"


def test_sentence_puts_the_values_in(texts: Texts) -> None:
    notice = Notice("arguments.reading.altered", {"meant": "{a}", "value": "b"})
    assert notice.sentence(texts) == "reads {a} as b"


def test_as_refusal_keeps_text_and_values() -> None:
    refusal = Notice("arguments.refused.path_space", {"path": "a b"}).as_refusal()
    assert isinstance(refusal, Refused)
    assert (refusal.text, refusal.values) == ("arguments.refused.path_space", {"path": "a b"})


def test_every_text_that_the_fixes_name_is_there(texts: Texts) -> None:
    folder = Path(wizard.__file__).parent / "fixes"
    named = {
        name
        for file in folder.glob("*.py")
        for name in _ID.findall(file.read_text(encoding="utf-8"))
    }
    assert len(named) > 40
    assert [name for name in sorted(named) if not texts.has(f"{name}.summary")] == []


def test_every_text_of_the_readings_files_and_refusals_is_named_by_the_code(texts: Texts) -> None:
    folder = Path(wizard.__file__).parent
    code = "".join(
        file.read_text(encoding="utf-8")
        for file in (*folder.glob("fixes/*.py"), *folder.glob("cli/*.py"))
    )
    rules = (folder.parent / "resources" / "argument_rules.toml").read_text(encoding="utf-8")
    for group in ("reading", "refused", "warning", "note", "file", "error"):
        for name in texts.raw(f"arguments.{group}"):
            assert f"{name}" in code + rules, f"arguments.{group}.{name}"
