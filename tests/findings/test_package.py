# SPDX-License-Identifier: MIT
"""What goes into a package, masked, in a fixed order, with a manifest that says it all."""

from __future__ import annotations

import hashlib
import json
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.findings.made import FULL, HITS, MATCH, STARTED, diagnosis, of_sample, row, rows
from wizard.findings import manifest, package
from wizard.findings.manifest import Entry
from wizard.findings.open_package import open_package
from wizard.findings.redact import Known, Masking
from wizard.fixes import plan as arguments_plan
from wizard.fixes.receipt import Digests, Receipt
from wizard.model import CauseId, Diagnosis, Evidence, Sensitivity
from wizard.product import Product
from wizard.texts import Texts

SECRET = "Zq8~Canary/Secret+Value"


def planned(told: Diagnosis, product: Product, texts: Texts, **more: Any) -> dict[str, Entry]:
    entries = package.plan(told, product, texts, **more)
    return {entry.name: entry for entry in entries}


def receipt(backup: Path, before: str = "-Xmx1g", after: str = "-Xmx1g -DtempPath=/d") -> Receipt:
    return Receipt(
        schema="m365-backup-wizard/receipt/1",
        time=STARTED,
        host="backup01",
        file="/opt/x.properties",
        key="system.transporter.modern.arguments",
        before=before,
        after=after,
        digests=Digests("a", "b", "c", "d"),
        backup=str(backup),
        path="/r/receipt.json",
        undo=("wizard", "arguments", "undo", "/r/receipt.json"),
    )


def test_plan_when_made_then_entries_stand_in_their_order(product: Product, texts: Texts) -> None:
    assert list(planned(diagnosis(product), product, texts)) == [
        "README.txt",
        "report.html",
        "diagnosis.json",
        "summary.txt",
        "logs/01-no_space.txt",
        "manifest.json",
    ]


def test_plan_when_made_then_the_manifest_lists_every_entry_with_its_hash(
    product: Product, texts: Texts
) -> None:
    entries = planned(diagnosis(product), product, texts)
    stated = manifest.read(entries.pop("manifest.json").data)
    assert [listed.name for listed in stated.entries] == list(entries)
    for listed in stated.entries:
        data = entries[listed.name].data
        assert (listed.bytes, listed.sha256) == (len(data), hashlib.sha256(data).hexdigest())
    assert {left.what for left in stated.left_out} == {"arguments/", "logs/"}
    assert stated.masking == Masking()
    assert stated.kept.startswith("Tenant ID")


def test_plan_when_made_twice_then_the_bytes_are_the_same(product: Product, texts: Texts) -> None:
    told = diagnosis(product)
    assert package.plan(told, product, texts) == package.plan(told, product, texts)


def test_plan_when_on_a_sample_then_every_readable_entry_says_so(
    product: Product, texts: Texts
) -> None:
    entries = planned(of_sample(diagnosis(product)), product, texts)
    for name in ("README.txt", "report.html", "summary.txt", "logs/01-no_space.txt"):
        assert "SAMPLE SERVER “several”" in entries[name].text
    assert json.loads(entries["diagnosis.json"].text)["host"]["sample"] == "several"
    assert manifest.read(entries["manifest.json"].data).sample == "several"


def test_plan_when_logs_matched_then_the_lines_around_are_packed(
    product: Product, texts: Texts
) -> None:
    text = planned(diagnosis(product), product, texts)["logs/01-no_space.txt"].text
    assert "2 lines of this kind" in text
    assert text.endswith("before\nNo space left on device\nafter\n")


def test_plan_when_there_are_very_many_kinds_of_lines_then_some_are_left_out_and_named(
    product: Product, texts: Texts
) -> None:
    many = HITS | {"matches": [MATCH] * (package.LOG_EXCERPTS + 5)}
    told = diagnosis(product, (row("log_temp_folder", CauseId.TEMP_FOLDER, FULL, many),))
    entries = planned(told, product, texts)
    assert sum(name.startswith("logs/") for name in entries) == package.LOG_EXCERPTS
    assert "More kinds of log lines" in entries["manifest.json"].text


def test_plan_when_a_change_was_planned_then_before_and_after_are_packed(
    product: Product, texts: Texts
) -> None:
    change = arguments_plan.make("-Xmx1g", "/data/tmp", product)
    entries = planned(diagnosis(product), product, texts, change=change)
    assert entries["arguments/before.txt"].text == "-Xmx1g\n"
    assert entries["arguments/after.txt"].text == f"{change.proposed}\n"


def test_plan_when_a_change_was_made_then_receipt_and_backup_are_packed_masked(
    product: Product, texts: Texts, tmp_path: Path
) -> None:
    backup = tmp_path / "backup"
    backup.write_text("a=1\nproxy.password=Canary Password\n")
    made = receipt(backup, before="-Dhttp.proxyPassword=CanaryPw")
    entries = planned(diagnosis(product), product, texts, receipts=[made])
    assert entries["arguments/before.txt"].text == "-Dhttp.proxyPassword=[masked:password]\n"
    assert entries["arguments/backup-1.txt"].text == "a=1\nproxy.password=[masked:password]\n"
    assert json.loads(entries["arguments/receipt-1.json"].text)["key"] == made.key
    assert not [e for e in entries.values() if "Canary" in e.text or "backup01" in e.text]


@pytest.mark.parametrize(
    ("content", "why"), [(None, "could not be read"), (b"x" * 1_000_001, "larger than 1 MB")]
)
def test_plan_when_a_backup_cannot_be_packed_then_it_is_left_out_and_named(
    content: bytes | None, why: str, product: Product, texts: Texts, tmp_path: Path
) -> None:
    if content is not None:
        (tmp_path / "backup").write_bytes(content)
    made = receipt(tmp_path / "backup")
    entries = planned(diagnosis(product), product, texts, receipts=[made])
    assert "arguments/backup-1.txt" not in entries
    left = manifest.read(entries["manifest.json"].data).left_out
    assert [part.why for part in left if part.what == "arguments/backup-1.txt"]
    assert why in str(left)


def with_canaries(product: Product) -> tuple[Diagnosis, list[str]]:
    """A diagnosis in which every place that text can come from holds a secret and a name."""
    finding = replace(
        FULL,
        values={"path": "?", "count": 2, "last": f"Bearer {SECRET}xx9"},
        evidence=(
            Evidence(
                "log_line", "jo@canary-a.com client_secret=CanaryA1", "", "http://u:CanaryB2@h"
            ),
            Evidence("log_host", "proxy.canary-c.local:8080", "", "", Sensitivity.HOST),
            Evidence("service_account", r"CANARYDOM\canaryuser", "", "", Sensitivity.HOST),
            Evidence("tenant_id", "canary-d.example", "", "", Sensitivity.IDENTITY),
        ),
    )
    match = MATCH | {
        "file": r"C:\Users\canaryhome\a.log",
        "context": 'x\n{"password": "CanaryE3"}\nCookie: s=CanaryF4\n10.99.98.97 backup01',
        "excerpt": f"see {SECRET}",
        "fields": {
            "url": "https://canaryten-my.sharepoint.com/sites/CanarySite/x?sig=CanaryG5aaaaaa"
        },
    }
    results = (
        row("log_temp_folder", CauseId.TEMP_FOLDER, finding, HITS | {"matches": [match]}),
        row(
            "proxy",
            CauseId.CONNECTIVITY,
            finding,
            {"seen": "proxy.canary-c.local", "password": "CanaryH6"},
        ),
        *rows()[4:],
    )
    names = ["canary", SECRET, "10.99.98.97", "backup01"]
    return diagnosis(product, results), names


def test_plan_when_every_source_holds_a_canary_then_none_is_in_any_entry(
    product: Product, texts: Texts
) -> None:
    told, canaries = with_canaries(product)
    entries = package.plan(told, product, texts, known=Known(secrets=(SECRET,)))
    for entry in entries:
        lowered = entry.text.lower()
        assert not [canary for canary in canaries if canary.lower() in lowered], entry.name
    kinds = {span.kind for entry in entries for span in entry.spans()}
    assert {"known-secret", "password", "cookie", "user", "host", "tenant", "ip", "name"} <= kinds


def test_write_when_every_kind_was_masked_then_the_package_passes_the_last_look(
    product: Product, texts: Texts, tmp_path: Path
) -> None:
    told, canaries = with_canaries(product)
    known = Known(secrets=(SECRET,), hosts=("backup01",))
    output = package.write(
        package.plan(told, product, texts, known=known), tmp_path / "a.zip", known=known
    )
    with zipfile.ZipFile(output) as archive:
        data = b"".join(archive.read(name) for name in archive.namelist()).lower()
    assert not [canary for canary in canaries if canary.lower().encode() in data]
    masked = {
        (part.kind) for listed in open_package(output).manifest.entries for part in listed.masked
    }
    assert {"password", "cookie", "known-secret", "user"} <= masked


def test_plan_when_names_may_stay_then_secrets_still_go(product: Product, texts: Texts) -> None:
    told, _ = with_canaries(product)
    known = Known(secrets=(SECRET,))
    entries = package.plan(told, product, texts, masking=Masking(names=False), known=known)
    together = "".join(entry.text for entry in entries)
    assert "jo@canary-a.com" in together
    assert SECRET not in together
    assert not [
        part for part in ("CanaryA1", "CanaryB2", "CanaryE3", "CanaryH6") if part in together
    ]


def test_plan_when_a_computer_is_called_like_a_word_then_our_sentences_stay(
    product: Product, texts: Texts
) -> None:
    told = diagnosis(product)
    told = replace(told, host=replace(told.host, name="memory"))
    entries = planned(told, product, texts)
    assert "Memory" in entries["summary.txt"].text
    assert "on host-1.masked.invalid" in entries["summary.txt"].text


def test_without_when_an_entry_is_not_wanted_then_it_is_gone_and_the_manifest_says_so(
    product: Product, texts: Texts
) -> None:
    entries = package.plan(diagnosis(product), product, texts)
    fewer = package.without(entries, ["logs/01-no_space.txt", "manifest.json"], texts)
    assert [e.name for e in fewer] == [e.name for e in entries if not e.name.startswith("logs/")]
    stated = manifest.read(fewer[-1].data)
    assert "logs/01-no_space.txt" in {left.what for left in stated.left_out}
    assert "logs/01-no_space.txt" not in {listed.name for listed in stated.entries}
