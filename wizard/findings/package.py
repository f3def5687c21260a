# SPDX-License-Identifier: MIT
"""What goes into a findings package: every entry with the very bytes that will be written."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from wizard import codec, secret_patterns
from wizard.findings import as_html, as_json, as_text, manifest, masked
from wizard.findings.manifest import Entry, LeftOut, Manifest
from wizard.findings.redact import Known, Masking, Redactor
from wizard.findings.write_package import write
from wizard.fixes.plan import Plan
from wizard.fixes.receipt import Receipt
from wizard.model import Diagnosis
from wizard.product import Product
from wizard.texts import Texts

__all__ = ["Entry", "Known", "LeftOut", "Masking", "plan", "without", "write"]

LOG_EXCERPTS = 60
BACKUP_BYTES = 1_000_000


def plan(
    diagnosis: Diagnosis,
    product: Product,
    texts: Texts,
    *,
    masking: Masking | None = None,
    known: Known | None = None,
    change: Plan | None = None,
    receipts: Sequence[Receipt] = (),
) -> tuple[Entry, ...]:
    """Every entry of the package, in the order in which it will be written."""
    redactor = Redactor(masking or Masking(), _with_host(known or Known(), diagnosis))
    packing = _Packing(diagnosis, texts, redactor)
    packing.report(product)
    packing.arguments(change, receipts)
    packing.logs()
    return packing.entries()


def without(entries: Sequence[Entry], names: Sequence[str], texts: Texts) -> tuple[Entry, ...]:
    """The entries but those the person doesn't want to send; the manifest says so."""
    stated = manifest.read(next(e.data for e in entries if e.name == manifest.NAME))
    kept = [e for e in entries if e.name not in names and e.name != manifest.NAME]
    dropped = [e.name for e in entries if e.name in names and e.name != manifest.NAME]
    why = texts("package.left_out.by_choice")
    left_out = (*stated.left_out, *(LeftOut(name, why) for name in dropped))
    told = replace(stated, entries=manifest.listed(kept), left_out=left_out)
    return (*kept, manifest.to_entry(told))


def _with_host(known: Known, diagnosis: Diagnosis) -> Known:
    return replace(known, hosts=(*known.hosts, diagnosis.host.name))


@dataclass
class _Packing:
    """One package being put together; all text passes the one redactor."""

    diagnosis: Diagnosis
    texts: Texts
    redactor: Redactor
    _found: list[Entry] = field(default_factory=list)
    _left_out: list[LeftOut] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.diagnosis = masked.mask(self.diagnosis, self.redactor)

    @property
    def sample(self) -> str | None:
        """The scenario of a sample server."""
        return self.diagnosis.host.sample

    def report(self, product: Product) -> None:
        """The diagnosis in three forms."""
        document = as_json.diagnosis_to_json(
            self.diagnosis, product, self.texts, with_observations=True
        )
        self._add("report.html", as_html.document_to_html(document, self.texts))
        self._add("diagnosis.json", json.dumps(document, indent=1, ensure_ascii=False))
        self._add("summary.txt", as_text.document_to_text(document, self.texts))

    def arguments(self, change: Plan | None, receipts: Sequence[Receipt]) -> None:
        """The argument string before and after, receipts, and the backups they name."""
        first = receipts[0] if receipts else None
        before = first.before if first else change.current if change else None
        after = receipts[-1].after if receipts else change.proposed if change else None
        if before is None or after is None:
            self._leave_out("arguments/", "package.left_out.no_change")
            return
        self._add("arguments/before.txt", self.redactor.text(before))
        self._add("arguments/after.txt", self.redactor.text(after))
        for number, receipt in enumerate(receipts, start=1):
            plain = self.redactor.plain(codec.to_plain(receipt))
            plain["host"] = self.redactor.host(receipt.host)
            text = json.dumps(plain, indent=2, ensure_ascii=False)
            self._add(f"arguments/receipt-{number}.json", text)
            self._backup(number, receipt)

    def _backup(self, number: int, receipt: Receipt) -> None:
        name = f"arguments/backup-{number}.txt"
        try:
            with Path(receipt.backup).open("rb") as file:
                data = file.read(BACKUP_BYTES + 1)
        except OSError:
            self._leave_out(name, "package.left_out.unreadable")
            return
        if len(data) > BACKUP_BYTES:
            self._leave_out(name, "package.left_out.too_large")
            return
        self._add(name, self.redactor.text(data.decode("utf-8", "replace")))

    def logs(self) -> None:
        """The lines around what the logs hold, one file per kind of line."""
        matches = list(_log_matches(self.diagnosis))
        for number, match in enumerate(matches[:LOG_EXCERPTS], start=1):
            self._add(f"logs/{number:02}-{match['signature']}.txt", self._excerpt(match))
        if len(matches) > LOG_EXCERPTS:
            self._leave_out("logs/", "package.left_out.more_excerpts")
        self._leave_out("logs/", "package.left_out.whole_logs")

    def _excerpt(self, match: dict[str, Any]) -> str:
        head = [self.texts("report.sample", scenario=self.sample)] if self.sample else []
        place = {key: match[key] for key in ("file", "line", "count")}
        times = {key: match[key] or "?" for key in ("first", "last")}
        head.append(self.texts("package.excerpt", {**place, **times}))
        head += [f"{name}: {value}" for name, value in match["fields"].items()]
        return "\n".join([*head, "", match["context"]])

    def entries(self) -> tuple[Entry, ...]:
        """All entries, with the README before and the manifest behind."""
        entries = [Entry("README.txt", self._readme().encode()), *self._found]
        kept = "package.kept_none" if self.redactor.masking.ids else "package.kept_ids"
        stated = Manifest(
            schema=manifest.SCHEMA,
            program=f"{as_json.PROGRAM} {self.diagnosis.program_version}",
            created=self.diagnosis.finished,
            sample=self.sample,
            masking=self.redactor.masking,
            kept=self.texts(kept),
            entries=manifest.listed(entries),
            left_out=tuple(self._left_out),
        )
        return (*entries, manifest.to_entry(stated))

    def _readme(self) -> str:
        lines = [self.texts("report.sample", scenario=self.sample), ""] if self.sample else []
        values = {"version": self.diagnosis.program_version}
        lines += self.texts.lines("package.readme.lines", values)
        lines += clock_told(self.diagnosis.finished, self.texts)
        masking = self.redactor.masking
        lines += names_told(masking, self.texts)
        lines.append(self.texts("package.kept_none" if masking.ids else "package.kept_ids"))
        return "\n".join(lines) + "\n"

    def _add(self, name: str, text: str) -> None:
        # Masked again as a whole: putting values into sentences may have made something new.
        text = secret_patterns.mask(text.rstrip("\n") + "\n")
        self._found.append(Entry(name, text.encode()))

    def _leave_out(self, what: str, why: str) -> None:
        self._left_out.append(LeftOut(what, self.texts(why)))


def clock_told(moment: datetime, texts: Texts) -> Sequence[str]:
    """What is wrong with the clock of the computer, where that is plain from the clock alone."""
    if moment.year in manifest.CLOCK_YEARS:
        return ()
    return (texts("package.clock_wrong", clock=codec.to_rfc3339(moment)),)


def names_told(masking: Masking, texts: Texts) -> Sequence[str]:
    """What is done with names, and which may remain."""
    return texts.lines("package.names_masked" if masking.names else "package.names_kept")


def _log_matches(diagnosis: Diagnosis) -> Iterator[dict[str, Any]]:
    """The recorded matches of all log checks, as plain values."""
    for row in diagnosis.results:
        if row.check.startswith("log_") and isinstance(row.observation, dict):
            yield from row.observation["matches"]
