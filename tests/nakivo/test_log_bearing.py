# SPDX-License-Identifier: MIT
"""Lines that only mention an error are told apart from lines that report one."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from wizard.nakivo import log_bearing, log_signatures, logs
from wizard.nakivo.log_bearing import Bearing
from wizard.nakivo.log_signatures import Weight
from wizard.nakivo.log_tally import LogMatch
from wizard.product import Product

FULL = "java.io.IOException: No space left on device"


def only(text: str, folder: Path, product: Product) -> LogMatch:
    (folder / "a.log").write_text(text, encoding="utf-8", newline="")
    (match,) = logs.scan((str(folder),), product, threading.Event()).matches
    return match


@pytest.mark.parametrize(
    ("text", "bearing"),
    [
        (f"2026-11-23 02:14:07 ERROR {FULL}", Bearing.DECIDES),
        (f"2026-11-23 02:14:07 {FULL}", Bearing.DECIDES),
        (FULL, Bearing.DECIDES),
        (f"2026-11-23 02:14:06 INFO began\r2026-11-23 02:14:07 ERROR {FULL}\r", Bearing.DECIDES),
        (f"2026-11-23 02:14:07 [p-1] com.example.Writer INFO - {FULL}", Bearing.MENTIONED),
        (f"2026-11-23T02:14:07Z level=debug msg={FULL}", Bearing.MENTIONED),
        (f'{{"time":"2026-11-23T02:14:07Z","level":"info","message":"{FULL}"}}', Bearing.MENTIONED),
        (f'{{"time":"2026-11-23T02:14:07Z","level":"error","message":"{FULL}"}}', Bearing.DECIDES),
        (f"Nov 23, 2026 2:14:07 AM com.example.Writer run\nINFO: {FULL}", Bearing.MENTIONED),
        (f"Nov 23, 2026 2:14:07 AM com.example.Writer run\nSEVERE: {FULL}", Bearing.DECIDES),
        (f"2026-11-23 02:14:07 INFO Reading\n{FULL}\n\tat a.B.c(B.java:1)", Bearing.DECIDES),
        (f"2026-11-23 02:14:07 INFO {FULL}\n\tat a.B.c(B.java:1)", Bearing.DECIDES),
        (f"2026-11-23 02:14:07 INFO failed\nCaused by: {FULL}", Bearing.DECIDES),
        ('2026-11-23 02:14:07 ERROR subject="No space left on device" lost', Bearing.MENTIONED),
        (f'2026-11-23 02:14:07 ERROR file "a.bin": {FULL}', Bearing.DECIDES),
        (f'2026-11-23 02:14:07 ERROR item "No space left on device": {FULL}', Bearing.DECIDES),
        ("2026-11-23 02:14:07 WARN no No space left on device so far", Bearing.MENTIONED),
    ],
)
def test_scan_when_a_line_holds_words_of_an_error_then_it_says_what_they_are_worth(
    text: str, bearing: Bearing, product: Product, tmp_path: Path
) -> None:
    assert only(text, tmp_path, product).bearing is bearing


def test_weight_when_a_line_does_not_decide_then_it_is_a_note(product: Product) -> None:
    signature = log_signatures.load(product).signature("graph_forbidden")
    assert signature is not None
    weights = {bearing: log_bearing.weight(signature, bearing) for bearing in Bearing}
    assert weights == {
        Bearing.DECIDES: Weight.PROBLEM,
        Bearing.ANSWERED: Weight.WARNING,
        Bearing.MENTIONED: Weight.NOTE,
        Bearing.OTHER_HOST: Weight.NOTE,
    }


def test_scan_when_an_exception_repeats_its_words_then_it_is_one(
    product: Product, tmp_path: Path
) -> None:
    record = f"2026-11-23 02:14:07 ERROR failed: {FULL}\n{FULL}\n\tat a.B.c(B.java:1)\n"
    record += f"Caused by: {FULL}\n"
    assert only(record, tmp_path, product).count == 1
    assert only(record * 3, tmp_path, product).count == 3
    assert only(f"{FULL}\n{FULL}\n", tmp_path, product).count == 2  # nothing tells records apart
