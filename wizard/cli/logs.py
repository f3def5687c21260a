# SPDX-License-Identifier: MIT
"""wizard logs: evidence in log files, folders, .gz or a support-bundle .zip."""

from __future__ import annotations

import argparse
import threading
from typing import Any

from wizard import product as product_module
from wizard.cli.terminal import Commands, ExitStatus, Terminal
from wizard.errors import BadInput
from wizard.model import Value
from wizard.nakivo import log_signatures, logs
from wizard.nakivo.log_signatures import LogRules, Weight
from wizard.nakivo.log_tally import LogMatch
from wizard.nakivo.logs import LogEvidence
from wizard.texts import Texts

SCHEMA = "m365-backup-wizard/log-evidence/1"
_ABOUT = "find known errors in log files, folders, .gz files or a support-bundle .zip"
_STATUS = (
    "Exit status: 0 nothing found, 1 only old, undated or harmless lines, 2 lines of the last run "
    "that explain a failed job, 3 something could not be read and nothing worse was found."
)


def add(commands: Commands, common: argparse.ArgumentParser) -> None:
    """Register the command."""
    parser = commands.add_parser(
        "logs", parents=[common], help=_ABOUT, description=_ABOUT, epilog=_STATUS
    )
    parser.add_argument("paths", metavar="PATH", nargs="+", help="file, folder, .gz or .zip")
    parser.set_defaults(command=_logs)


def _logs(options: argparse.Namespace, terminal: Terminal) -> int:
    format_ = getattr(options, "format", "text")
    if format_ == "junit":
        raise BadInput("error.no_junit", command="logs")
    product = product_module.load()
    evidence = logs.scan(tuple(options.paths), product, threading.Event())
    rules = log_signatures.load(product)
    if format_ == "json":
        terminal.json(evidence_to_json(evidence, terminal.texts))
    else:
        _show(evidence, rules, terminal)
    return status_of(evidence, rules)


def status_of(evidence: LogEvidence, rules: LogRules) -> ExitStatus:
    """A problem outweighs what couldn't be read, and that outweighs everything else."""
    if any(_explains(match, rules) for match in evidence.matches):
        return ExitStatus.PROBLEM
    read = any(file.bytes for file in evidence.files)
    if not read or not evidence.complete or any(file.skipped for file in evidence.files):
        return ExitStatus.UNKNOWN
    return ExitStatus.WARNING if evidence.matches else ExitStatus.OK


def _explains(match: LogMatch, rules: LogRules) -> bool:
    signature = rules.signature(match.signature)
    if signature is None or signature.weight is not Weight.PROBLEM:
        return False
    return match.recent >= max(1, signature.minimum_hits)


def evidence_to_json(evidence: LogEvidence, texts: Texts) -> dict[str, Any]:
    """The evidence in the form that other programs rely on."""
    return {
        "schema": SCHEMA,
        "files": [
            {
                "path": file.path,
                "bytes": file.bytes,
                "encoding": file.encoding,
                "skipped": texts(f"label.{file.skipped}") if file.skipped else None,
            }
            for file in evidence.files
        ],
        "matches": [_match_to_json(match) for match in evidence.matches],
    }


def _match_to_json(match: LogMatch) -> dict[str, Any]:
    shown = ("signature", "count", "first", "last", "file", "line", "excerpt")
    told = {name: getattr(match, name) for name in shown}
    return told | {"cause": str(match.cause), "fields": dict(match.fields)}


def _show(evidence: LogEvidence, rules: LogRules, terminal: Terminal) -> None:
    texts = terminal.texts
    for match in evidence.matches:
        for line in _lines(match, texts):
            terminal.say(line)
        terminal.say()
    if not evidence.matches:
        terminal.say(texts("logs.none"))
    for file in evidence.files:
        if file.skipped:
            reason = texts(f"label.{file.skipped}")
            terminal.say(texts("logs.skipped", path=file.path, reason=reason))
    terminal.say(_read(evidence, texts))
    terminal.note(texts("logs.limit", days=rules.limits.stale_after_days))


def _lines(match: LogMatch, texts: Texts) -> list[str]:
    """One kind of line: what, how often, when, where, and what it says."""
    title = texts(f"cause.{match.cause}.title")
    values: dict[str, Value] = {
        "recent": match.recent,
        "undated": match.undated,
        "last": match.last or "?",
    }
    kind = "recent" if match.recent else "undated" if match.last is None else "old"
    when = texts(f"logs.when_{kind}", values, age=match.age_days or 0.0)
    lines = [
        texts("logs.found", title=title, signature=match.signature, count=match.count, when=when),
        "  " + texts("logs.place", file=match.file, line=match.line),
        f"  {match.excerpt}",
    ]
    for name, value in match.fields.items():
        label = texts(f"label.log_{name}") if texts.has(f"label.log_{name}") else name
        lines.append(f"  {label}: {value}")
    return lines


def _read(evidence: LogEvidence, texts: Texts) -> str:
    read = [file for file in evidence.files if file.bytes]
    if not read:
        return texts("logs.nothing_read")
    megabytes = sum(file.bytes for file in read) / 1_000_000
    newest = evidence.newest or texts("logs.no_time")
    return texts("logs.read", files=len(read), megabytes=megabytes, newest=newest)
