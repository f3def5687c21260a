# SPDX-License-Identifier: MIT
"""A package is believed only when it is whole; recorded observations can be judged again."""

from __future__ import annotations

import json
import stat
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.findings.made import FULL, HITS, diagnosis, row
from wizard.errors import BadInput
from wizard.findings import as_json, manifest, open_package, package
from wizard.findings.compare import compare
from wizard.findings.manifest import Entry
from wizard.findings.open_package import OpenedPackage
from wizard.model import CauseId, Diagnosis, Outcome
from wizard.product import Product
from wizard.texts import Texts


@pytest.fixture
def path(product: Product, texts: Texts, tmp_path: Path) -> Path:
    return package.write(package.plan(diagnosis(product), product, texts), tmp_path / "a.zip")


def opened(path: Path) -> OpenedPackage:
    return open_package.open_package(path)


def refusal(path: Path) -> str:
    with pytest.raises(BadInput) as caught:
        opened(path)
    return caught.value.text


def test_open_when_whole_then_document_and_entries_are_there(path: Path) -> None:
    told = opened(path)
    assert told.document["verdict"]["likely_cause"] == "temp-folder"
    assert told.manifest.program == "m365-backup-wizard 9.8.7"
    assert "report.html" in told.entries


@pytest.mark.parametrize("content", [b"", b"no zip at all", b"PK\x03\x04 broken"])
def test_open_when_it_is_no_zip_then_it_says_so(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(content)
    assert refusal(tmp_path / "x.zip") == "error.not_a_package"


def test_open_when_there_is_no_file_or_a_folder_then_it_says_so(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.zip") == "error.file_missing"
    assert refusal(tmp_path) == "error.not_a_package"


def test_open_when_cut_or_a_byte_is_flipped_then_it_is_refused(path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert refusal(path) == "error.not_a_package"
    place = whole.index(b"report.html") + 200
    path.write_bytes(whole[:place] + bytes([whole[place] ^ 255]) + whole[place + 1 :])
    assert refusal(path) == "error.not_a_package"


def rewritten(path: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """The package with other entries, as somebody with a zip program would make it."""
    with zipfile.ZipFile(path) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    change(entries)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return path


def edited_manifest(entries: dict[str, bytes], **changed: Any) -> None:
    entries["manifest.json"] = json.dumps(json.loads(entries["manifest.json"]) | changed).encode()


CHANGES: dict[str, Callable[[dict[str, bytes]], Any]] = {
    "entry_altered": lambda e: e.update({"summary.txt": b"all is well\n"}),
    "entry_missing": lambda e: e.pop("summary.txt"),
    "entry_extra": lambda e: e.update({"more.txt": b"x"}),
    "no_manifest": lambda e: e.pop("manifest.json"),
    "manifest": lambda e: e.update({"manifest.json": b"{"}),
    "schema": lambda e: edited_manifest(e, schema="m365-backup-wizard/package/2"),
    "path_trick": lambda e: e.update({"../../x.txt": b"x"}),
    "too_many_entries": lambda e: e.update({f"{n}.txt": b"" for n in range(1100)}),
    "bomb": lambda e: e.update({"bomb.txt": b"\0" * 30_000_000}),
}


@pytest.mark.parametrize("why", CHANGES)
def test_open_when_somebody_changed_it_then_it_is_refused_with_the_reason(
    why: str, path: Path, texts: Texts
) -> None:
    with pytest.raises(BadInput) as caught:
        opened(rewritten(path, CHANGES[why]))
    assert caught.value.text == f"error.package_{why}"
    assert texts.summary(caught.value)


@pytest.mark.parametrize("name", ["/etc/x", "C:\\x.txt", "a\\..\\x", "x.txt:stream", "a/../../b"])
def test_open_when_a_name_plays_tricks_then_it_is_refused(name: str, path: Path) -> None:
    assert refusal(rewritten(path, lambda e: e.update({name: b""}))) == "error.package_path_trick"


def test_open_when_it_holds_a_link_or_a_double_then_it_is_refused(path: Path) -> None:
    info = zipfile.ZipInfo("link")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    whole = path.read_bytes()
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(info, "/etc/passwd")
    assert refusal(path) == "error.package_link"
    path.write_bytes(whole)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("REPORT.html", b"x")
    assert refusal(path) == "error.package_double_entry"


def repacked(path: Path, document: Any) -> Path:
    """The package with another diagnosis and a manifest that fits it."""
    told = opened(path)
    entries = [
        Entry(n, json.dumps(document).encode() if n == "diagnosis.json" else data)
        for n, data in told.entries.items()
        if n != manifest.NAME
    ]
    stated = manifest.to_entry(replace(told.manifest, entries=manifest.listed(entries)))
    path.unlink()
    return package.write([*entries, stated], path)


@pytest.mark.parametrize(
    ("document", "text"),
    [
        ([], "error.package_schema"),
        ({"schema": "m365-backup-wizard/diagnosis/9"}, "error.package_schema"),
        ({"schema": as_json.SCHEMA}, "error.not_as_expected"),
    ],
)
def test_open_when_the_diagnosis_has_another_form_then_it_is_refused(
    document: Any, text: str, path: Path
) -> None:
    assert refusal(repacked(path, document)) == text


def told_again(path: Path, product: Product) -> Diagnosis:
    return open_package.rejudge(opened(path), product)


def test_rejudge_when_rules_are_the_same_then_the_answers_are(
    path: Path, product: Product, texts: Texts
) -> None:
    again = told_again(path, product)
    document = as_json.diagnosis_to_json(again, product, texts)
    before = {r.check: r.finding.outcome for r in diagnosis(product).results}
    assert {r.check: r.finding.outcome for r in again.results} == before
    assert document["verdict"] == opened(path).document["verdict"]


def test_rejudge_when_rules_have_changed_then_today_s_answer_is_given(
    product: Product, texts: Texts, tmp_path: Path
) -> None:
    """The stored row says problem; by today's rules its observation is fine."""
    fine = HITS | {"matches": []}
    told = diagnosis(product, (row("log_temp_folder", CauseId.TEMP_FOLDER, FULL, fine),))
    path = package.write(package.plan(told, product, texts), tmp_path / "a.zip")
    again = told_again(path, product)
    assert [r.finding.outcome for r in again.results] == [Outcome.OK]
    assert again.likely_cause is None
    after = as_json.diagnosis_to_json(again, product, texts)
    comparison = compare(opened(path).document, after)
    assert [(c.check, c.kind) for c in comparison.changes] == [("log_temp_folder", "gone")]


def test_rejudge_when_a_check_is_unknown_then_its_recorded_answer_stays(
    product: Product, texts: Texts, tmp_path: Path
) -> None:
    told = diagnosis(product, (row("of_a_newer_version", CauseId.MEMORY, FULL, {"x": 1}),))
    entries = package.plan(told, product, texts)
    path = package.write(entries, tmp_path / "a.zip")
    again = told_again(path, product).results[0]
    assert again.finding.outcome is Outcome.PROBLEM
    assert texts.summary(again.finding) == texts.summary(FULL)


def test_rejudge_when_an_observation_has_another_form_then_it_is_refused(
    path: Path, product: Product
) -> None:
    document = opened(path).document
    document["observations"]["log_temp_folder"]["observation"]["files"] = "many"
    with pytest.raises(BadInput):
        told_again(repacked(path, document), product)


def test_rejudge_when_there_are_no_observations_then_it_says_so(
    path: Path, product: Product
) -> None:
    document = opened(path).document
    del document["observations"]
    with pytest.raises(BadInput) as caught:
        told_again(repacked(path, document), product)
    assert caught.value.text == "error.package_no_observations"


def forged(path: Path, change: Callable[[dict[str, Any]], None]) -> Path:
    """A package whose diagnosis was changed and whose manifest matches it again."""

    def edit(entries: dict[str, bytes]) -> None:
        document = json.loads(entries["diagnosis.json"])
        change(document)
        data = json.dumps(document).encode()
        stated = manifest.read(entries[manifest.NAME])
        rest = [Entry(n, d) for n, d in entries.items() if n not in (manifest.NAME, DIAGNOSIS)]
        written = [Entry(DIAGNOSIS, data), *rest]
        entries[DIAGNOSIS] = data
        entries[manifest.NAME] = manifest.to_entry(
            replace(stated, entries=manifest.listed(written))
        ).data

    return rewritten(path, edit)


DIAGNOSIS = "diagnosis.json"
FORGERIES: dict[str, Callable[[dict[str, Any]], None]] = {
    "label": lambda told: told["causes"][0]["findings"][0]["evidence"][0].update(label=["a"]),
    "value": lambda told: told["causes"][0]["findings"][0]["evidence"][0].update(value=["a"]),
    "check": lambda told: told["causes"][0]["findings"][0].update(check={"a": 1}),
    "advice": lambda told: told["causes"][0]["findings"][0].update(advice="a"),
    "rank": lambda told: told["causes"][0].update(rank="1"),
    "findings": lambda told: told["causes"][0].update(findings={"a": 1}),
    "cancelled": lambda told: told.update(cancelled="no"),
    "host": lambda told: told["host"].update(name=5),
    "started": lambda told: told.update(started="0001-01-01T00:00:00+14:00"),
    "not_checked": lambda told: told.update(not_checked=[{"check": [], "outcome": "ok"}]),
}


@pytest.mark.parametrize("name", FORGERIES)
def test_open_when_a_value_is_of_another_kind_then_it_is_refused(name: str, path: Path) -> None:
    assert refusal(forged(path, FORGERIES[name])) == "error.not_as_expected"


def test_open_when_forged_with_nothing_changed_then_it_opens(path: Path) -> None:
    assert opened(forged(path, lambda told: None)).document["causes"]


@pytest.mark.parametrize("depth", [500, 100_000])
def test_open_when_json_is_nested_endlessly_then_it_is_refused(depth: int, path: Path) -> None:
    deep = b'{"a":' * depth + b"1" + b"}" * depth

    def bad_manifest(entries: dict[str, bytes]) -> None:
        entries[manifest.NAME] = deep

    def bad_diagnosis(entries: dict[str, bytes]) -> None:
        stated = manifest.read(entries[manifest.NAME])
        entries[DIAGNOSIS] = deep
        rest = [Entry(n, d) for n, d in entries.items() if n != manifest.NAME]
        entries[manifest.NAME] = manifest.to_entry(
            replace(stated, entries=manifest.listed(rest))
        ).data

    assert refusal(rewritten(path, bad_diagnosis)) == "error.package_no_diagnosis"
    rewritten(path, bad_manifest)
    assert refusal(path) in ("error.package_manifest", "error.package_schema")


@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2, zipfile.ZIP_DEFLATED])
def test_open_when_an_entry_is_corrupt_then_it_is_refused(method: int, tmp_path: Path) -> None:
    bad = tmp_path / "bad.zip"
    with zipfile.ZipFile(bad, "w", method) as archive:
        archive.writestr("manifest.json", bytes(range(256)) * 20)
    data = bytearray(bad.read_bytes())
    data[55:120] = bytes(65)
    bad.write_bytes(data)
    assert refusal(bad) == "error.not_a_package"


def test_open_when_a_name_is_no_utf_8_then_it_is_refused(tmp_path: Path) -> None:
    bad = tmp_path / "bad.zip"
    with zipfile.ZipFile(bad, "w") as archive:
        archive.writestr("\u00e4.json", b"x")
    bad.write_bytes(bad.read_bytes().replace("\u00e4".encode(), b"\xff\xfe"))
    assert refusal(bad) == "error.not_a_package"
