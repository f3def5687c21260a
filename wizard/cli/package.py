# SPDX-License-Identifier: MIT
"""wizard export, open and compare: write a findings package, open one, compare two."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from wizard import __version__, codec
from wizard import product as product_module
from wizard.cli import run
from wizard.cli.terminal import ExitStatus, Terminal
from wizard.errors import BadInput
from wizard.findings import (
    as_json,
    as_text,
    manifest,
    package,
    session_package,
    wording,
    write_package,
)
from wizard.findings.compare import Comparison, Kind, Row, compare
from wizard.findings.manifest import Entry
from wizard.findings.open_package import OpenedPackage, open_package, rejudge
from wizard.findings.redact import Masking
from wizard.model import Value
from wizard.texts import Texts

EXPORT_SCHEMA = "m365-backup-wizard/export/1"
COMPARISON_SCHEMA = "m365-backup-wizard/comparison/1"


def export_command(options: argparse.Namespace, terminal: Terminal) -> int:
    """Run the checks and write the package, or list what would be in it."""
    format_ = _format(options, "export")
    output = Path(options.output) if options.output else None
    if output is None and not options.preview:
        raise BadInput("error.export_needs_output")
    if output is not None and not options.preview:
        write_package.check_place(output, overwrite=options.overwrite)
    masking = Masking(names=not options.keep_names, ids=options.mask_ids)
    with options.open_session() as session:
        watched = run.diagnose(session, terminal)
        if watched.interrupted:
            terminal.note(terminal.texts("cli.interrupted"))
            return ExitStatus.INTERRUPTED
        entries = session_package.plan(session, watched.diagnosis, masking)
        if output is None or options.preview:
            _preview(entries, format_, terminal)
            return ExitStatus.OK
        known = session_package.known(session)
        write_package.write(entries, output, known=known, overwrite=options.overwrite)
        address = session.product.facts.support_address.value
    for line in package.clock_told(watched.diagnosis.finished, terminal.texts):
        terminal.note(line)
    size = output.stat().st_size
    if format_ == "json":
        told = {"written": str(output), "bytes": size, "status": watched.status}
        terminal.json({"schema": EXPORT_SCHEMA, **told})
    else:
        terminal.say(
            terminal.texts("export.written", path=str(output), bytes=size, address=address)
        )
        word = wording.status_word(watched.status, terminal.texts)
        terminal.say(terminal.texts("export.status", status=word))
    return ExitStatus.OK


def _preview(entries: Sequence[Entry], format_: str, terminal: Terminal) -> None:
    texts = terminal.texts
    stated = manifest.read(entries[-1].data)
    if format_ == "json":
        listed = [_entry_to_json(entry) for entry in entries]
        terminal.json({"schema": EXPORT_SCHEMA, "entries": listed, "manifest": _plain(stated)})
        return
    for entry in entries:
        terminal.say(texts("export.entry", name=entry.name, bytes=len(entry.data)))
        if entry.name != manifest.NAME:
            for line in _masked(entry, texts):
                terminal.say(line)
    for left in stated.left_out:
        terminal.say(texts("export.left_out", what=left.what, why=left.why))
    terminal.say(texts("export.readable"))
    for line in (*package.names_told(stated.masking, texts), stated.kept):
        terminal.say(texts("export.readable_line", line=line))
    total = sum(len(entry.data) for entry in entries)
    terminal.say(texts("export.total", count=len(entries), bytes=total))


def _masked(entry: Entry, texts: Texts) -> list[str]:
    """How many places of each kind were masked, with the first as example."""
    text, spans = entry.text, entry.spans()
    first = {span.kind: span for span in reversed(spans)}
    return [
        texts(
            "export.masked",
            kind=kind,
            count=count,
            shown=text[first[kind].start : first[kind].end],
            line=text.count("\n", 0, first[kind].start) + 1,
        )
        for kind, count in sorted(Counter(span.kind for span in spans).items())
    ]


def _entry_to_json(entry: Entry) -> dict[str, Any]:
    spans = [_plain(span) for span in entry.spans()]
    return {"name": entry.name, "bytes": len(entry.data), "masked": spans}


def open_command(options: argparse.Namespace, terminal: Terminal) -> int:
    """Check a package and show its diagnosis."""
    format_ = _format(options, "open")
    opened = open_package(Path(options.file))
    document, texts = opened.document, terminal.texts
    if options.rejudge:
        product = product_module.load()
        document = as_json.diagnosis_to_json(rejudge(opened, product), product, texts)
    if format_ == "json":
        terminal.json(document)
        return ExitStatus.OK
    _tell_whole(opened, terminal)
    if options.rejudge:
        terminal.say(texts("opened.rejudged", version=__version__))
        _tell_comparison(compare(opened.document, document), terminal)
    terminal.say()
    terminal.say(as_text.document_to_text(document, texts))
    return ExitStatus.OK


def _tell_whole(opened: OpenedPackage, terminal: Terminal) -> None:
    values: dict[str, Value] = {"path": str(opened.path), "entries": len(opened.entries)}
    created = codec.to_rfc3339(opened.manifest.created)
    terminal.say(terminal.texts("opened.whole", values, created=created))


def compare_command(options: argparse.Namespace, terminal: Terminal) -> int:
    """Show what is different in the newer package."""
    format_ = _format(options, "compare")
    old, new = (open_package(Path(file)) for file in (options.old, options.new))
    comparison = compare(old.document, new.document)
    if format_ == "json":
        terminal.json({"schema": COMPARISON_SCHEMA, **_plain(comparison)})
    else:
        _tell_comparison(comparison, terminal)
    return ExitStatus.WARNING if comparison.is_changed else ExitStatus.OK


def _tell_comparison(comparison: Comparison, terminal: Terminal) -> None:
    texts = terminal.texts
    if comparison.is_reversed:
        terminal.say(texts("compare.reversed"))
    terminal.say(texts("compare.head", before=comparison.before, after=comparison.after))
    likely = {
        side: texts(f"cause.{cause}.title") if cause else texts("compare.no_cause")
        for side, cause in (
            ("before", comparison.likely_before),
            ("after", comparison.likely_after),
        )
    }
    terminal.say(texts("compare.likely", likely))
    for change in sorted(comparison.changes, key=lambda change: list(Kind).index(change.kind)):
        kind = texts(f"compare.kind.{change.kind}")
        terminal.say(f"{kind}: {wording.check_title(change.check, texts)}")
        if change.kind is not Kind.NUMBERS or not change.numbers:
            terminal.say(_side("before", change.before, texts))
            terminal.say(_side("after", change.after, texts))
        for label, before, after in change.numbers:
            terminal.say(texts("compare.number", label=label, before=before, after=after))
    if not comparison.is_changed:
        terminal.say(texts("compare.none"))
    terminal.say(texts("compare.same", count=comparison.same))


def _side(side: str, row: Row | None, texts: Texts) -> str:
    if row is None:
        outcome, summary = texts("compare.not_there"), ""
    else:
        outcome, summary = wording.outcome_word(row.outcome, texts), row.summary
    shown = texts("compare.row", side=texts(f"compare.{side}"), outcome=outcome, summary=summary)
    return shown.rstrip(" .") + "."


def _format(options: argparse.Namespace, command: str) -> str:
    format_ = str(getattr(options, "format", "text"))
    if format_ == "junit":
        raise BadInput("error.no_junit", command=command)
    return format_


def _plain(thing: Any) -> Any:
    return codec.to_plain(thing)
