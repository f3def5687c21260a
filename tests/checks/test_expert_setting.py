# SPDX-License-Identifier: MIT
"""Is the argument string read from where the person shows it, and nothing but folders kept?"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.told import observed
from tests.host.samples import windows_server
from wizard import codec
from wizard.checks import expert_setting
from wizard.checks.temp_folder import CHECK
from wizard.errors import BadInput
from wizard.model import Scope, Secret
from wizard.nakivo.temp_folder import Origin, Setting
from wizard.product import Product

KEY = "system.transporter.modern.arguments"


def test_told_when_pasted_then_all_folders_in_their_order(product: Product) -> None:
    pasted = Secret('-Xmx1g "-DtempPath=D:\\My Tmp" -DtempPath=E:\\b -dtempPath=F:\\c')
    found = expert_setting.told(Scope(), pasted, product)
    assert found.settings == (
        Setting(Origin.PASTED, KEY, ("D:\\My Tmp", "E:\\b"), ("-dtempPath=F:\\c",)),
    )
    assert found.unread is None


@pytest.mark.parametrize(
    "content",
    [
        f"# settings\n{KEY}=-Xmx1g -DtempPath=/srv/tmp\nother=1\n",
        f'{{"{KEY}": "-Xmx1g -DtempPath=/srv/tmp"}}\n',
        "-Xmx1g -DtempPath=/srv/tmp\n",
        "\ufeff-Xmx1g -DtempPath=/srv/tmp\r\n",
    ],
)
def test_told_when_a_file_holds_it_in_any_of_the_known_forms_then_its_folder(
    tmp_path: Path, product: Product, content: str
) -> None:
    file = tmp_path / "settings.txt"
    file.write_bytes(content.encode())
    found = expert_setting.told(Scope(arguments_file=str(file)), None, product)
    assert found.settings == (Setting(Origin.FILE, str(file), ("/srv/tmp",)),)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"one\ntwo\n", "error.no_argument_string"),
        (f"{KEY}=-Da\n{KEY}=-Db\n".encode(), "arguments.file.key_twice"),
        (b"\x00\x01", "arguments.file.not_text"),
        (None, "arguments.file.missing"),
    ],
)
def test_told_when_the_file_is_no_use_then_the_reason_and_no_setting(
    tmp_path: Path, product: Product, content: bytes | None, text: str
) -> None:
    file = tmp_path / "settings.txt"
    if content is not None:
        file.write_bytes(content)
    found = expert_setting.told(Scope(arguments_file=str(file)), None, product)
    assert found.settings == ()
    assert isinstance(found.unread, BadInput)
    assert found.unread.text == text


def test_observe_when_a_secret_is_pasted_then_it_is_nowhere_in_the_observation(
    tmp_path: Path,
) -> None:
    file = tmp_path / "settings.txt"
    file.write_text("-Dproxy.password=hunter2 -DtempPath=E:\\b")
    seen = observed(
        CHECK,
        windows_server(),
        scope=Scope(arguments_file=str(file)),
        pasted_arguments=Secret("-Dkeystore.password=s3cret -DtempPath=D:\\Dtmp"),
    )
    kept = str(codec.to_plain(seen))
    assert "D:\\\\Dtmp" in kept
    assert "hunter2" not in kept
    assert "s3cret" not in kept
