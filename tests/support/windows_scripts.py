# SPDX-License-Identifier: MIT
"""Small Windows programs, written in NSIS' own language, for what no ready program does."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from installer import makensis
from installer.windows import nsis
from tests.support.windows_setup import Desk, until

_HEAD = r"""
Target amd64-unicode
RequestExecutionLevel user
SilentInstall silent
OutFile "${TARGET}"
!include LogicLib.nsh
!include FileFunc.nsh
"""
# Keeps a file open as most programs do: others may read it, not remove it.
_HOLDER = r"""
Section
  ${GetParameters} $0
  StrCpy $1 $0 1
  ${If} $1 == "$\""
    StrCpy $0 $0 -1 1
  ${EndIf}
  ClearErrors
  FileOpen $1 "$0" r
  ${If} ${Errors}
    Quit
  ${EndIf}
  FileOpen $2 "C:\held" w
  FileClose $2
  Sleep 60000
SectionEnd
"""
# Starts a command without the rights of the group of administrators, and ends with its status.
_LESSER = r"""
Section
  ${GetParameters} $0
  System::Call 'kernel32::GetCurrentProcess() p .r1'
  System::Call 'advapi32::OpenProcessToken(p r1, i 0xF01FF, *p .r2) i .r9'
  System::Call 'advapi32::ConvertStringSidToSidW(w "S-1-5-32-544", *p .r3)'
  System::Call '*(p r3, i 0, i 0) p .r4'
  System::Call 'advapi32::CreateRestrictedToken(p r2, i 1, i 1, p r4, \
    i 0, p 0, i 0, p 0, *p .r5) i .r9'
  System::Call 'kernel32::GetStdHandle(i -11) p .r3'
  ; A STARTUPINFO that hands this program's own output on, and a PROCESS_INFORMATION.
  System::Call '*(i 104, i 0, p 0, p 0, p 0, &v28, i 0x100, i 0, i 0, p 0, p 0, p r3, p r3) p .r6'
  System::Call '*(p 0, p 0, i 0, i 0) p .r7'
  System::Call 'advapi32::CreateProcessAsUserW(p r5, p 0, w r0, p 0, p 0, i 1, \
    i 0, p 0, p 0, p r6, p r7) i .r8'
  ${If} $8 = 0
    SetErrorLevel 99
    Quit
  ${EndIf}
  System::Call '*$7(p .r1)'
  System::Call 'kernel32::WaitForSingleObject(p r1, i 60000)'
  System::Call 'kernel32::GetExitCodeProcess(p r1, *i .r2)'
  SetErrorLevel $2
SectionEnd
"""


def make(desk: Desk, name: str, script: str) -> str:
    """Put a program beside the setup programs; its path there comes back."""
    compiler = makensis.newest()
    assert compiler
    source = desk.windows.shared / f"{name}.nsi"
    source.write_text(_HEAD + script, encoding="utf-8")
    target = desk.windows.shared / f"{name}.exe"
    options = ["-NOCONFIG", "-V1", "-INPUTCHARSET", "UTF8", f"-DTARGET={target}"]
    subprocess.run(
        [*compiler.command, *options, str(source)],
        env={**os.environ, **compiler.environment}, cwd=nsis.SCRIPTS, check=True,
    )  # fmt: skip
    return f"{desk.setups}\\{name}.exe"


@contextmanager
def held(desk: Desk, file: str) -> Iterator[None]:
    """Somebody has the file open."""
    program, sign = make(desk, "holder", _HOLDER), desk.path("C:\\held")
    sign.unlink(missing_ok=True)
    with desk.windows.computer.start(program, file) as holder:
        try:
            until(sign.exists)
            yield
        finally:
            desk.windows.run("taskkill", "/F", "/IM", "holder.exe")
            holder.communicate(timeout=20)


def without_administrator(desk: Desk) -> str:
    """A program that runs the command behind it without administrator rights."""
    return make(desk, "lesser", _LESSER)


def answers(desk: Desk, include: Path, function: str, names: list[str]) -> list[str]:
    """What a function of setup's scripts says to each of these names."""
    calls = [
        f'Push "{_quoted(name)}"\nCall {function}\nPop $0\nFileWrite $9 "$0$\\r$\\n"'
        for name in names
    ]
    ask = f'!include "{include}"\nSection\nFileOpen $9 "C:\\answers" w\n' + "\n".join(calls)
    program = make(desk, "asker", f"{ask}\nFileClose $9\nSectionEnd\n")
    assert desk.windows.run(program).returncode == 0
    return desk.path("C:\\answers").read_text().split()


def _quoted(name: str) -> str:
    signs = {"$": "$$", '"': '$\\"', "\t": "$\\t"}
    return "".join(signs.get(sign, sign) for sign in name)


# What the message boxes of a program say, and whether they offer to ignore an error.
_BOXES = r"""
Section
  FileOpen $9 "C:\boxes" w
  StrCpy $1 0
  ${Do}
    FindWindow $1 "#32770" "" 0 $1
    ${If} $1 = 0
      ${ExitDo}
    ${EndIf}
    GetDlgItem $2 $1 0xFFFF
    ${If} $2 <> 0
      System::Call 'user32::SendMessageW(p r2, i 0x0D, p ${NSIS_MAX_STRLEN}, w .r3)'
      FileWrite $9 "$3$\r$\n"
      GetDlgItem $4 $1 5
      ${If} $4 <> 0
        FileWrite $9 "[Ignore]$\r$\n"
      ${EndIf}
    ${EndIf}
  ${Loop}
  FileClose $9
SectionEnd
"""


def boxes(desk: Desk) -> str:
    """The text of all message boxes that are open on that Windows."""
    program = f"{desk.setups}\\boxes.exe"
    if not (desk.windows.shared / "boxes.exe").is_file():
        make(desk, "boxes", _BOXES)
    assert desk.windows.run(program).returncode == 0
    return desk.path("C:\\boxes").read_bytes().decode("cp1252")
