# SPDX-License-Identifier: MIT
"""The options of setup and uninstall, under Wine, with a small folder in the program's place."""

from __future__ import annotations

import shutil

import pytest

from installer.windows import wine
from tests.support.windows_setup import (
    BY_SETUP,
    NEW,
    OWN_FOLDER,
    Desk,
    until,
)

pytestmark = [
    pytest.mark.skipif(not wine.is_made(), reason="the Wine folder isn't made"),
    pytest.mark.skipif(not shutil.which("makensis"), reason="makensis isn't installed"),
]


def test_setup_when_options_are_in_small_letters_then_they_count(desk: Desk) -> None:
    setup = f"{desk.setups}\\new-setup.exe"
    assert desk.windows.run(setup, "/s", "/allusers", "/d=C:\\small letters").returncode == 0
    assert desk.registered("HKLM")["InstallLocation"] == "C:\\small letters"
    assert desk.windows.run("C:\\small letters\\uninstall.exe", "/s").returncode == 0
    until(lambda: not desk.path("C:\\small letters").exists())


@pytest.mark.parametrize("folder", ["C:\\quoted", "C:\\quoted and spaced"])
@pytest.mark.parametrize("form", ["/D={}", '/D="{}"'])
def test_setup_when_a_tool_puts_quotation_marks_then_the_folder_is_the_named_one(
    desk: Desk, form: str, folder: str
) -> None:
    assert desk.install("new-setup.exe", form.format(folder)).returncode == 0
    assert desk.registered()["InstallLocation"] == folder
    assert desk.files(folder) == NEW | BY_SETUP
    shutil.rmtree(desk.path(folder))


def test_setup_when_the_command_line_is_typed_with_quotation_marks_then_they_are_no_part(
    desk: Desk,
) -> None:
    typed = f'{desk.setups}\\new-setup.exe /S /D="C:\\typed and spaced"'
    (desk.windows.shared / "typed.bat").write_text(f"{typed}\r\n")
    desk.windows.run("cmd", "/c", f"{desk.setups}\\typed.bat")
    assert desk.files("C:\\typed and spaced") == NEW | BY_SETUP
    shutil.rmtree(desk.path("C:\\typed and spaced"))


@pytest.mark.parametrize("words", [("/S", "/FOO"), ("/FOO", "/S"), ("/SILENT",), ("C:\\x", "/S")])
def test_setup_when_an_option_is_unknown_then_names_it_and_installs_nothing(
    desk: Desk, words: tuple[str, ...]
) -> None:
    result = desk.windows.run(f"{desk.setups}\\new-setup.exe", *words)
    assert result.returncode == 8
    (unknown,) = set(words) - {"/S"}
    assert f"doesn't know the option {unknown}. Nothing was installed." in result.stdout
    assert not desk.path(OWN_FOLDER).exists()


def test_setup_when_asked_for_its_options_then_tells_them_all(desk: Desk) -> None:
    result = desk.windows.run(f"{desk.setups}\\new-setup.exe", "/?")
    assert result.returncode == 0
    words = [line.split()[0] for line in result.stdout.splitlines()[1:]]
    assert words == ["/S", "/ALLUSERS", "/D=FOLDER"]
    assert not desk.path(OWN_FOLDER).exists()
