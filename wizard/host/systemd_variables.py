# SPDX-License-Identifier: MIT
"""Which environment variables does systemd give to a service?"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

from wizard import failure_words
from wizard.errors import CannotCheck
from wizard.host import commands, variables
from wizard.host.variables import Variables

_SECONDS = 4.0
_SHOW = ("systemctl", "show", "--no-pager")
_FILE = re.compile(r"(?P<path>.+?) \(ignore_errors=(?P<may_miss>yes|no)\)")


def of_service(unit: str) -> tuple[Variables, ...]:
    """What counts first: a variable of a unit's file, then of the unit, then of systemd."""
    own = commands.output([*_SHOW, "--property=Environment,EnvironmentFiles", "--", unit], _SECONDS)
    general = commands.output([*_SHOW, "--property=Environment"], _SECONDS)
    return (*of_unit(own, unit), *of_unit(general, "systemd"))


def of_unit(told: str, unit: str) -> tuple[Variables, ...]:
    """The answer of `systemctl show`: its files count before its own variables."""
    properties = [line.partition("=")[::2] for line in told.splitlines()]
    files = [value for name, value in properties if name == "EnvironmentFiles" and value]
    words = [value for name, value in properties if name == "Environment" and value]
    # Of several files the last one counts.
    in_files = [found for file in reversed(files) for found in _of_file(file, unit)]
    return (*in_files, *(Variables(unit, _split(value, unit)) for value in words))


def _split(value: str, unit: str) -> dict[str, str]:
    try:
        # Words with special signs are written as $'…' by newer releases.
        words = [word.removeprefix("$") for word in shlex.split(value)]
    except ValueError as error:
        raise CannotCheck("error.host_unit_environment", unit=unit, reason=str(error)) from error
    return variables.read(words)


def _of_file(told: str, unit: str) -> Iterator[Variables]:
    known = _FILE.fullmatch(told)
    path = Path(known["path"] if known else told)
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return  # a unit whose file must be there doesn't start at all
    except OSError as error:
        told = failure_words.of(error)
        raise CannotCheck("error.host_path_unreadable", path=str(path), reason=told) from error
    yield Variables(f"{path} of {unit}", variables.read(lines))
