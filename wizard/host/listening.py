# SPDX-License-Identifier: MIT
"""At which TCP ports of this computer does somebody wait, and which program is it?"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from wizard import failure_words
from wizard.errors import CannotCheck
from wizard.host.base import Listener
from wizard.host.shown import printable

if TYPE_CHECKING:
    from collections.abc import Iterator


def listening() -> tuple[Listener, ...]:
    """All of them, by port; of other accounts' programs some systems tell the port alone."""
    import psutil  # noqa: PLC0415 - the first window needs none of it

    try:
        found = tuple(_listeners())
    except (psutil.Error, OSError) as error:
        raise CannotCheck("error.host_ports_closed", reason=failure_words.of(error)) from error
    return tuple(sorted(found, key=lambda one: (one.port, one.address, one.pid or 0)))


def _listeners() -> Iterator[Listener]:
    import psutil  # noqa: PLC0415 - the first window needs none of it

    program_of = cache(_program)
    for one in psutil.net_connections(kind="tcp"):
        if one.status == psutil.CONN_LISTEN and one.laddr:
            program = program_of(one.pid) if one.pid else None
            yield Listener(one.laddr.ip, one.laddr.port, one.pid or None, program)


def _program(pid: int) -> str | None:
    """The executable; its name alone where the path is hidden, nothing where it has ended."""
    import psutil  # noqa: PLC0415 - the first window needs none of it

    try:
        process = psutil.Process(pid)
        name = process.name()
    except psutil.Error:
        return None
    try:
        return printable(process.exe() or name)
    except (psutil.Error, OSError):
        return printable(name)
