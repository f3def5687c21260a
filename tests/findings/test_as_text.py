# SPDX-License-Identifier: MIT
"""The diagnosis for a terminal."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

from tests.findings.made import diagnosis, of_sample, rows
from tests.support.microsoft365 import running
from wizard import engine
from wizard.checks import CHECKS, token_roles
from wizard.demo.microsoft365 import Behaviour
from wizard.findings import as_json, as_text, wording, wrapped
from wizard.model import CauseId, Diagnosis, Outcome
from wizard.product import Product
from wizard.texts import Texts


def test_diagnosis_to_text_when_a_cause_is_likely_then_it_leads_with_its_evidence(
    product: Product, texts: Texts
) -> None:
    shown = as_text.diagnosis_to_text(diagnosis(product), product, texts)
    first = shown.splitlines()[0]
    assert first.startswith("✗ Likeliest cause: Temporary folder")
    parts = ("A disk was full", "Free for temporary files", "3.1 GB", "1. Make room", "Antivirus")
    places = [shown.index(part) for part in parts]
    assert places == sorted(places)
    assert "  https://helpcenter.nakivo.com/" in shown


def test_diagnosis_to_text_when_rows_have_no_answer_then_each_is_named_with_its_reason(
    product: Product, texts: Texts
) -> None:
    shown = as_text.diagnosis_to_text(diagnosis(product), product, texts)
    tail = shown[shown.index("What could not be checked, and why") :]
    assert "? Could not check: Log lines about blocked files. No log files were found" in tail
    assert "⌚ Timed out: Log lines about memory. There was no answer within 30" in tail
    assert "Host names. Not run" in tail  # left out as asked: said, and no open question


def test_diagnosis_to_text_when_made_then_every_outcome_has_its_word(
    product: Product, texts: Texts
) -> None:
    shown = as_text.diagnosis_to_text(diagnosis(product), product, texts)
    for word in ("problem found", "worth a look", "could not check", "nothing found"):
        assert word in shown


def test_diagnosis_to_text_when_on_a_sample_then_the_first_line_says_so(
    product: Product, texts: Texts
) -> None:
    shown = as_text.diagnosis_to_text(of_sample(diagnosis(product)), product, texts)
    assert shown.startswith("SAMPLE SERVER “several”")


def test_diagnosis_to_text_when_cancelled_then_it_says_so(product: Product, texts: Texts) -> None:
    told = replace(diagnosis(product), cancelled=True)
    assert "was cancelled" in as_text.diagnosis_to_text(told, product, texts).splitlines()[0]


def test_diagnosis_to_text_when_nothing_was_found_then_no_cause_is_spread_out(
    product: Product, texts: Texts
) -> None:
    fine = tuple(row for row in rows() if row.finding.outcome is Outcome.OK)
    shown = as_text.diagnosis_to_text(diagnosis(product, fine), product, texts)
    assert shown.startswith("✓ In what was checked, nothing was found")
    assert "Evidence" not in shown
    assert "Every check had an answer." in shown


def test_cause_to_text_when_one_cause_is_asked_for_then_only_it_is_told(
    product: Product, texts: Texts
) -> None:
    told = diagnosis(product)
    shown = as_text.cause_to_text(told, told.verdicts[0], product, texts)
    assert shown.startswith("✗ Temporary folder")
    assert "Antivirus" not in shown


def test_verdict_to_text_when_asked_for_then_it_is_short(product: Product, texts: Texts) -> None:
    shown = as_text.verdict_to_text(diagnosis(product), product, texts)
    assert "Temporary folder" in shown
    assert len(shown.splitlines()) <= 3


def test_fit_when_a_stream_cannot_show_signs_then_plain_ones_stand_in(
    product: Product, texts: Texts
) -> None:
    shown = as_text.diagnosis_to_text(diagnosis(product), product, texts)
    assert wording.fit(shown, "utf-8") == shown
    plain = wording.fit(shown, "ascii")
    plain.encode("ascii")
    assert plain.startswith("x Likeliest cause")
    assert "~ Timed out" in plain


def test_value_when_of_any_kind_then_it_is_readable(texts: Texts) -> None:
    told = {
        raw: wording.value({"value": raw, "unit": unit}, texts)
        for raw, unit in ((3.1, "GB"), (True, ""), (None, ""), ("x", ""), (12, "files"))
    }
    assert told == {3.1: "3.1 GB", True: "yes", None: "none", "x": "x", 12: "12 files"}


def broken_way(folder: Path, product: Product) -> Diagnosis:
    with running(Behaviour(listening=False), folder) as m365:
        chosen = [check for check in CHECKS if check.cause is CauseId.CONNECTIVITY]
        results = engine.run(chosen, m365.context()).results
    return diagnosis(product, results)


def test_diagnosis_to_text_when_the_way_is_broken_then_each_way_as_a_chain_of_stations(
    product: Product, texts: Texts, tmp_path: Path
) -> None:
    told = broken_way(tmp_path, product)
    shown = as_text.diagnosis_to_text(told, product, texts)
    together = (
        r"✗ Sign-in, Microsoft Graph, .+ OneDrive(,\s+localhost:\d+){5}: broken at Connection"
    )
    assert len(re.findall(together, shown)) == 1
    chain = "→ ✗ Connection: refused → \N{EN DASH} Proxy: none in the way"
    assert chain in shown
    assert shown.index("Why we think so") < shown.index(chain) < shown.index("✗ Problem:")
    assert all(len(line) <= wrapped.WIDTH for line in shown.splitlines() if "→" in line)
    cause = as_text.cause_to_text(told, told.verdicts[0], product, texts)
    assert chain in cause


def test_document_to_text_when_stored_with_its_observations_then_the_same_ways(
    product: Product, texts: Texts, tmp_path: Path
) -> None:
    told = broken_way(tmp_path, product)
    document = as_json.diagnosis_to_json(told, product, texts, with_observations=True)
    stored = json.loads(json.dumps(document))
    assert as_text.document_to_text(stored, texts) == as_text.diagnosis_to_text(
        told, product, texts
    )
    del stored["observations"]
    assert "→" not in as_text.document_to_text(stored, texts)


def test_diagnosis_to_text_when_one_cause_was_asked_for_then_the_others_take_one_line(
    product: Product, texts: Texts, tmp_path: Path
) -> None:
    with running(Behaviour(listening=False), tmp_path) as m365:
        context = m365.context(causes=(CauseId.CONNECTIVITY,))
        told = diagnosis(product, engine.run(CHECKS, context).results)
    shown = as_text.diagnosis_to_text(told, product, texts)
    assert shown.count("This was left") == 1
    tail = shown[shown.index("What could not be checked, and why") :]
    assert "The reasons for these stand above: " in tail
    assert "Not tested for localhost" not in tail
    assert re.search(r"\d+ checks\. Not run: other causes were chosen\.", tail)


def test_diagnosis_to_text_when_more_is_asked_for_then_it_stands_before_the_last_line(
    product: Product, texts: Texts
) -> None:
    shown = as_text.diagnosis_to_text(diagnosis(product), product, texts, ["asked for"])
    assert shown.splitlines()[-3] == "asked for"
    assert shown.splitlines()[-1].startswith("Made ")


def test_diagnosis_to_text_when_a_permission_lacks_then_the_services_below_the_findings(
    product: Product, texts: Texts, tmp_path: Path
) -> None:
    with running(Behaviour(roles=("User.Read.All",)), tmp_path) as m365:
        results = engine.run([token_roles.CHECK], m365.context()).results
    told = diagnosis(product, results)
    row = "✗ OneDrive for Business: Something that a backup needs is missing"
    for shown in (
        as_text.diagnosis_to_text(told, product, texts),
        as_text.cause_to_text(told, told.verdicts[0], product, texts),
    ):
        assert shown.index("✗ Problem:") < shown.index(row) < shown.index("general steps")
        assert all(len(line) <= wrapped.WIDTH for line in shown.splitlines() if "https" not in line)
