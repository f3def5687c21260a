# SPDX-License-Identifier: MIT
"""What does a computer answer, written down so that it can be read elsewhere? Holds no secret."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from wizard import codec, secret_patterns
from wizard.errors import CannotCheck
from wizard.host import java_launcher
from wizard.host.base import Host, JavaOptions, Process, Service
from wizard.host.java_launcher import BLANKS
from wizard.host.shown import MASK, arguments_without_passwords, without_password
from wizard.host.system_log_lines import SystemLog

# Everything else in the environment is nobody's business: it may hold passwords.
_VARIABLES = frozenset(
    {
        "ALL_PROXY", "CURL_CA_BUNDLE", "HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY", "JAVA_HOME",
        "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "PROGRAMDATA", "PROGRAMFILES",
        "PROGRAMFILES(X86)", "REQUESTS_CA_BUNDLE", "SSL_CERT_DIR", "SSL_CERT_FILE", "SYSTEMDRIVE",
        "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "WINDIR",
    }
)  # fmt: skip


def record(host: Host, paths: Iterable[str] = (), marks: Sequence[str] = ()) -> dict[str, Any]:
    """All answers of a host, and the named files and folders, as plain JSON values.

    The marks are those by which the system's own logs are looked through.
    """
    answers: dict[str, Any] = {"facts": codec.to_plain(host.facts())}
    questions: dict[str, Callable[[], Any]] = {
        "services": lambda: [_service(service) for service in host.services()],
        "processes": lambda: [_process(process) for process in host.processes()],
        "memory": host.memory,
        "volumes": host.volumes,
        "programs": host.programs,
        "proxies": host.proxies,
        "name_servers": host.name_servers,
        "gateways": host.gateways,
        "listening": host.listening,
        "antivirus": host.antivirus,
        "environment": lambda: _environment(host),
        "system_logs": lambda: [_masked(log) for log in host.system_logs(marks)],
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


def _masked(log: SystemLog) -> SystemLog:
    return replace(log, lines=tuple(secret_patterns.mask(line) for line in log.lines))


def _service(service: Service) -> Service:
    command = service.command
    if command is not None:
        command = " ".join(arguments_without_passwords(command.split(" ")))
    return replace(service, command=command)


def _process(process: Process) -> Process:
    """Only Java's arguments are of use; other programs' are left out, as if hidden."""
    if process.arguments is None or not java_launcher.is_java(process.name):
        return replace(process, arguments=None, java_options=None)
    shown = arguments_without_passwords(process.arguments)
    return replace(process, arguments=shown, java_options=_java_options(process.java_options))


def _java_options(given: tuple[JavaOptions, ...] | None) -> tuple[JavaOptions, ...] | None:
    if given is None:
        return None
    return tuple(replace(one, value=_options(one.value)) for one in given)


def _options(text: str) -> str:
    """An options variable's value; as it is written unless a word of it is masked."""
    words = java_launcher.split_variable(text)
    if words is None:
        return MASK
    shown = arguments_without_passwords(words)
    return text if shown == words else " ".join(_quoted(word) for word in shown)


def _quoted(word: str) -> str:
    mark = "'" if '"' in word else '"'
    return f"{mark}{word}{mark}" if any(char in BLANKS + "\"'" for char in word) else word


def _environment(host: Host) -> dict[str, str]:
    return {
        name: without_password(value)
        for name, value in host.environment().items()
        if name.upper() in _VARIABLES
    }
