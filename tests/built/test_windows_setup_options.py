# SPDX-License-Identifier: MIT
"""The options of setup and uninstall, under Wine, with a small folder in the program's place."""

from __future__ import annotations

import shutil

import pytest

from installer import makensis
from tests.support.windows_setup import (
    BY_SETUP,
    NEW,
    OWN_FOLDER,
    Desk,
    until,
)

pytestmark = [
    pytest.mark.skipif(not makensis.newest(), reason="makensis isn't installed"),
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


@pytest.mark.parametrize(
    "typed",
    [
        "/S /D=",
        "/S /D= ",
        '/S "/D="',
        '/S /D=""',
        "/S /D=C:\\B6/b",
        "/S /D=C:/B6",
        "/S /D=C:\\b:stream",
        "/D=C:\\x /S",
        "/S /D=C:\\x /ALLUSERS",
        '/S /D="C:\\x" /ALLUSERS',
        '/S "/D=C:\\x" /ALLUSERS',
        "/S /D=C:\\x /ALLUSERSX",
        "/S /D=C:\\a /D=C:\\b",
        "/S /D=C:\\a*",
        "/S /D=C:\\a\tb",
    ],
)
def test_setup_when_what_follows_d_is_no_folder_then_says_so_and_installs_nothing(
    desk: Desk, typed: str
) -> None:
    before = {path.name for path in desk.path("C:\\").iterdir()}
    script = desk.windows.shared / "wrong.bat"
    script.write_text(f"{desk.setups}\\new-setup.exe {typed}\r\nexit /b %errorlevel%\r\n")
    result = desk.windows.run("cmd", "/c", f"{desk.setups}\\wrong.bat")
    assert result.returncode == 8
    given = typed.replace('"', "").partition("/D=")[2]
    told = result.stdout.replace('"', "")
    assert f"/D={given} doesn't name one folder. " in told
    assert "Nothing was installed." in result.stdout
    assert {path.name for path in desk.path("C:\\").iterdir()} == before
    assert not desk.path(OWN_FOLDER).exists()


@pytest.mark.parametrize(
    "typed", ['/D=C:\\typed a', '/D="C:\\typed a"', '"/D=C:\\typed a"', '/D="C:\\typed a\\"',
              '"/D=C:\\typed a\\" ', '/d="C:\\typed a" ', '"/D=\\"C:\\typed a\\""']
)  # fmt: skip
def test_setup_when_the_folder_is_typed_with_or_without_marks_then_it_is_that_folder(
    desk: Desk, typed: str
) -> None:
    script = desk.windows.shared / "right.bat"
    script.write_text(f"{desk.setups}\\new-setup.exe /S {typed}\r\nexit /b %errorlevel%\r\n")
    result = desk.windows.run("cmd", "/c", f"{desk.setups}\\right.bat")
    assert (result.returncode, result.stdout.count("Nothing was installed")) == (0, 0)
    assert desk.registered()["InstallLocation"] == "C:\\typed a"
    assert desk.files("C:\\typed a") == NEW | BY_SETUP
    shutil.rmtree(desk.path("C:\\typed a"))


@pytest.mark.parametrize("word", ["/ALLUSERSX", "/allusers2", "/SX", "/D"])
def test_setup_when_an_option_has_more_letters_then_it_is_unknown(desk: Desk, word: str) -> None:
    result = desk.windows.run(f"{desk.setups}\\new-setup.exe", word)
    assert result.returncode == 8
    assert f"doesn't know the option {word}." in result.stdout
    assert not desk.registered()


def test_uninstall_when_asked_for_its_options_then_tells_them_and_removes_nothing(
    desk: Desk,
) -> None:
    desk.install("new-setup.exe", "/D=C:\\asked")
    result = desk.windows.run("C:\\asked\\uninstall.exe", "/?", "_?=C:\\asked")
    assert result.returncode == 0
    assert [line.split()[0] for line in result.stdout.splitlines()] == ["Options", "/S"]
    assert desk.files("C:\\asked") == NEW | BY_SETUP


@pytest.mark.parametrize("word", ["/ALLUSERS", "/SX", "/Q"])
def test_uninstall_when_an_option_is_unknown_then_names_it_and_removes_nothing(
    desk: Desk, word: str
) -> None:
    desk.install("new-setup.exe", "/D=C:\\asked")
    result = desk.windows.run("C:\\asked\\uninstall.exe", "/S", word, "_?=C:\\asked")
    assert result.returncode == 8
    assert f"doesn't know the option {word}. Nothing was changed." in result.stdout
    assert desk.files("C:\\asked") == NEW | BY_SETUP
