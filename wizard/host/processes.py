# SPDX-License-Identifier: MIT
"""Which processes run, with which arguments and how much memory?"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from wizard.host import java_launcher, linux_memory, linux_namespaces
from wizard.host.base import JavaOptions, Process
from wizard.host.files import moment
from wizard.host.shown import printable

if TYPE_CHECKING:
    import psutil

_ATTRIBUTES = ["pid", "name", "exe", "cmdline", "memory_info", "username", "create_time"]


def running() -> tuple[Process, ...]:
    """All processes; what the system hides of one is None."""
    import psutil  # noqa: PLC0415 - the first window needs none of it

    limit_of = cache(linux_memory.limit_of)  # most processes share their groups
    return tuple(
        replace(
            _process(found, found.info), memory_limit=limit_of(linux_memory.groups_of(found.pid))
        )
        for found in psutil.process_iter(_ATTRIBUTES)
    )


def _process(found: psutil.Process, told: dict[str, Any]) -> Process:
    arguments, memory, created = told["cmdline"], told["memory_info"], told["create_time"]
    is_java = java_launcher.is_java(told["name"] or "")
    return Process(
        pid=told["pid"],
        name=printable(told["name"] or ""),
        executable=printable(told["exe"]) if told["exe"] else None,
        arguments=None if arguments is None else tuple(printable(part) for part in arguments),
        resident_bytes=memory.rss if memory else None,
        account=told["username"],
        started=moment(created) if created else None,
        java_options=_java_options(found) if is_java else None,
        apart=linux_namespaces.apart(found.pid) if is_java else (),
    )


def _java_options(found: psutil.Process) -> tuple[JavaOptions, ...] | None:
    """Of the environment only Java's own variables: the rest may hold secrets."""
    import psutil  # noqa: PLC0415 - the first window needs none of it

    try:
        environment = found.environ()
    except (psutil.Error, OSError):  # hidden from this account, or ended meanwhile
        return None
    names = [variable.name for variable in java_launcher.load().variables]
    return tuple(
        JavaOptions(name, printable(environment[name])) for name in names if environment.get(name)
    )
