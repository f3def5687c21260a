# SPDX-License-Identifier: MIT
"""What the argument string would set, from where the person told of it."""

from __future__ import annotations

from pathlib import Path

from wizard.checks import trust_setting
from wizard.model import Scope, Secret
from wizard.nakivo.trust_store import PASSWORD, STORE, Setting
from wizard.product import Product

WORDS = f'-Xmx1g -D{STORE}=/a -D{STORE}="/own list" -D{PASSWORD}=x -DtrustStore=/b'


def test_told_when_pasted_then_the_last_value_of_each(product: Product) -> None:
    found = trust_setting.told(Scope(), Secret(WORDS), product)
    assert found is not None
    assert found.properties == {STORE: "/own list", PASSWORD: "x"}


def test_told_when_in_a_file_then_from_there(product: Product, tmp_path: Path) -> None:
    file = tmp_path / "expert.properties"
    file.write_text(f"{product.facts.arguments_setting.value}=-D{STORE}=/a\n")
    found = trust_setting.told(Scope(arguments_file=str(file)), None, product)
    assert found == Setting({STORE: "/a"}, str(file))


def test_told_when_nobody_told_or_the_file_is_none_then_unknown(
    product: Product, tmp_path: Path
) -> None:
    assert trust_setting.told(Scope(), None, product) is None
    missing = Scope(arguments_file=str(tmp_path / "nowhere"))
    assert trust_setting.told(missing, None, product) is None
