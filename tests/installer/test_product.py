# SPDX-License-Identifier: MIT
"""One name and one holder, also where they are written by hand."""

from __future__ import annotations

import re

from installer import product
from installer.places import ROOT
from wizard.texts import Texts


def test_licence_when_read_then_names_the_holder_that_programs_and_packages_show() -> None:
    third = (ROOT / "LICENSE").read_text(encoding="utf-8").splitlines()[2]
    assert third == f"Copyright (c) {product.COPYRIGHT}"


def test_window_when_titled_then_bears_the_name() -> None:
    assert Texts.load("en")("window.title") == product.NAME


def test_name_when_written_by_hand_then_is_spelled_this_way() -> None:
    texts = [*(ROOT / "resources").rglob("*.toml"), *(ROOT / "installer" / "fleet").rglob("*.*")]
    files = [ROOT / "README.md", ROOT / "LICENSE", *texts]
    told = "\n".join(file.read_text(encoding="utf-8") for file in files if file.is_file())
    spellings = re.findall(r"\w+ backup wizard", told, re.IGNORECASE)
    assert len(spellings) > 15
    assert set(spellings) == {product.NAME}
