# SPDX-License-Identifier: MIT
"""What does a computer answer, written down so that it can be read elsewhere? Holds no secret."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from wizard import codec
from wizard.errors import CannotCheck
from wizard.host.base import Host, Process, Service
from wizard.host.shown import arguments_without_passwords, without_password

# Everything else in the environment is nobody's business: it may hold passwords.
_VARIABLES = frozenset(
    {
        "ALL_PROXY", "HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY", "JAVA_HOME", "JAVA_TOOL_OPTIONS",
        "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "PROGRAMDATA", "PROGRAMFILES", "PROGRAMFILES(X86)",
        "SYSTEMDRIVE", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "WINDIR",
    }
)  # fmt: skip


def record(host: Host, paths: Iterable[str] = ()) -> dict[str, Any]:
    """All answers of a host, and the named files and folders, as plain JSON values."""
    answers: dict[str, Any] = {"facts": codec.to_plain(host.facts())}
    questions: dict[str, Callable[[], Any]] = {
        "services": lambda: [_service(service) for service in host.services()],
        "processes": lambda: [_process(process) for process in host.processes()],
        "memory": host.memory,
        "volumes": host.volumes,
        "programs": host.programs,
        "proxies": host.proxies,
        "antivirus": host.antivirus,
        "environment": lambda: _environment(host),
    }
    for name, ask in questions.items():
        answers[name] = _answer(ask)
    answers["files"] = {path: _answer(_file_question(host, path)) for path in paths}
    return answers


def _answer(ask: Callable[[], Any]) -> Any:
    try:
        return codec.to_plain(ask())
    except CannotCheck as reason:
        return {"error": reason.text, "values": dict(reason.values)}


def _file_question(host: Host, path: str) -> Callable[[], Any]:
    return lambda: host.list_folder(path) if host.is_folder(path) else host.read_text(path)


def _service(service: Service) -> Service:
    command = service.command
    if command is not None:
        command = " ".join(arguments_without_passwords(command.split(" ")))
    return replace(service, command=command)


def _process(process: Process) -> Process:
    """Only Java's arguments are of use; other programs' are left out, as if hidden."""
    is_java = process.name.lower().removesuffix(".exe") in {"java", "javaw"}
    if process.arguments is None or not is_java:
        return replace(process, arguments=None)
    return replace(process, arguments=arguments_without_passwords(process.arguments))


def _environment(host: Host) -> dict[str, str]:
    return {
        name: without_password(value)
        for name, value in host.environment().items()
        if name.upper() in _VARIABLES
    }
