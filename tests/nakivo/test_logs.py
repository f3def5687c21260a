# SPDX-License-Identifier: MIT
"""Reading of logs: encodings, copies, archives, borders of blocks, limits, what can't be read."""

from __future__ import annotations

import gzip
import os
import re
import threading
import time
import zipfile
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from wizard import codec
from wizard.nakivo import log_signatures, logs
from wizard.nakivo.log_lines import Stop
from wizard.nakivo.log_signatures import Limits
from wizard.nakivo.log_tally import LogMatch
from wizard.nakivo.logs import LogEvidence, LogFile
from wizard.product import Product
from wizard.texts import Texts

DATA = Path(__file__).with_name("golden")
HIT = "2026-11-23 02:14:07,123 ERROR java.io.IOException: No space left on device\n"


def scan(product: Product, *paths: Path) -> LogEvidence:
    return logs.scan(tuple(str(path) for path in paths), product, threading.Event())


def only(evidence: LogEvidence, signature: str) -> LogMatch:
    return next(match for match in evidence.matches if match.signature == signature)


def files(evidence: LogEvidence) -> dict[str, LogFile]:
    return {re.split(r"[!/]", file.path)[-1]: file for file in evidence.files}


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("java_heap_utf16.log", "utf-16"),
        ("bom_utf8.log", "utf-8-sig"),
        ("certificate_latin1.log", "latin-1"),
        ("transporter_ram.log", "utf-8"),
        ("nul_bytes.log", "utf-8"),
    ],
)
def test_scan_when_a_log_has_an_encoding_then_it_is_named(
    name: str, encoding: str, product: Product
) -> None:
    assert scan(product, DATA / name).files[0].encoding == encoding


def test_scan_when_latin_1_then_the_excerpt_is_readable(product: Product) -> None:
    evidence = scan(product, DATA / "broken_bytes.log")
    assert only(evidence, "vendor_graph_forbidden").excerpt.endswith("Müller")


def test_scan_when_lines_hold_secrets_then_none_is_in_the_evidence(product: Product) -> None:
    shown = str(codec.to_plain(scan(product, DATA / "secrets.log")))
    assert "Canary" not in shown
    assert "[masked:" in shown


def test_scan_when_an_excerpt_is_long_then_it_is_cut_around_the_match(product: Product) -> None:
    match = only(scan(product, DATA / "huge_line.log"), "java_metaspace_full")
    assert "OutOfMemoryError: Metaspace" in match.excerpt
    assert match.excerpt.startswith("… ")
    assert match.excerpt.endswith(" …")
    assert len(match.excerpt) <= 300
    assert len(match.context) <= 2000


def test_scan_when_a_long_line_is_cut_then_no_word_is_cut_and_the_cut_is_seen(
    product: Product, tmp_path: Path
) -> None:
    words = " ".join(f"word{n}" for n in range(100, 200))
    log = tmp_path / "a.log"
    log.write_text(f"2026-11-23 02:14:07 ERROR {words} No space left on device {words}\n")
    begin, *shown, end = only(scan(product, log), "no_space").excerpt.split(" ")
    assert (begin, end) == ("…", "…")
    assert set(shown) <= {*words.split(" "), "No", "space", "left", "on", "device"}


def test_scan_when_a_log_is_there_as_a_copy_too_then_its_lines_count_once(
    product: Product, tmp_path: Path
) -> None:
    refused = (DATA / "graph_json_pretty.log").read_text()
    text = HIT + HIT + "No time No space left on device\n" + refused
    (tmp_path / "transporter.log").write_text(text)
    (tmp_path / "transporter - copy.log").write_text(text)
    (tmp_path / "transporter.log.1.gz").write_bytes(gzip.compress(HIT.encode() * 3 + b"x\n"))
    evidence = scan(product, tmp_path)
    assert only(evidence, "graph_forbidden").count == 1
    # Three in the archive, of which two are those of the log; a line without a time belongs to the
    # one before it, and is no line more.
    assert only(evidence, "no_space").count == 3


def test_scan_when_a_bundle_is_given_then_databases_stay_closed_and_inner_archives_are_read(
    product: Product,
) -> None:
    found = files(scan(product, DATA / "support_bundle.zip"))
    assert found["a.log"].path.endswith("support_bundle.zip!nested.zip!a.log")
    assert not [name for name in found if "h2.db" in name or "png" in name]
    assert found["transporter.log"].skipped is None


def test_scan_when_hits_lie_on_block_borders_then_each_counts_once(
    product: Product, tmp_path: Path
) -> None:
    filler = "2026-11-23 02:14:07,123 INFO  " + "x" * 480 + "\n"
    log = tmp_path / "a.log"
    log.write_text((filler * 100 + HIT) * 60)  # 3 MB
    match = only(scan(product, log), "no_space")
    assert match.count == 60
    assert match.line == 60 * 101


def test_scan_when_a_record_lies_on_a_block_border_then_it_is_whole(
    product: Product, tmp_path: Path
) -> None:
    record = (DATA / "graph_json_pretty.log").read_text()
    for shift in range(0, 900, 90):
        log = tmp_path / f"{shift}.log"
        filler = "2026-11-23 02:00:00,000 INFO  filler filler filler filler\n"
        size = (1 << 20) - 16384 - 450 + shift
        log.write_text(filler * (size // len(filler)) + record + filler * 20_000)
        match = only(scan(product, log), "graph_forbidden")
        assert match.count == 1
        assert match.fields["request_id"] == "6a1f4f0e-0b67-4a44-9a55-0f3d2b1c7e11"
        assert match.fields["method"] == "GET"


def test_scan_when_a_line_is_longer_than_blocks_then_it_counts_once(
    product: Product, tmp_path: Path
) -> None:
    log = tmp_path / "a.log"
    with log.open("wb") as file:
        file.write(b"2026-11-23 02:14:07,123 ERROR ")
        for _ in range(4):
            file.write(b"x" * (1 << 20) + b" No space left on device ")
        file.write(b"\nNo space left on device\n")
    match = only(scan(product, log), "no_space")
    assert match.count == 2
    assert match.line == 2


def test_scan_when_one_log_is_newer_then_it_makes_the_hits_of_another_old(
    product: Product, tmp_path: Path
) -> None:
    (tmp_path / "old.log").write_text(HIT.replace("2026-11-23", "2026-11-01"))
    (tmp_path / "new.log").write_text("2026-11-23 02:00:00 INFO Job finished\n")
    evidence = scan(product, tmp_path)
    match = only(evidence, "no_space")
    assert (match.recent, match.age_days) == (0, 21.99)
    assert evidence.newest == "2026-11-23T02:00:00"


def test_scan_when_requests_differ_by_object_only_then_they_are_one_group(
    product: Product, tmp_path: Path
) -> None:
    url = "https://graph.microsoft.com/v1.0/users/{}/messages"
    line = f"2026-11-23 02:14:07 ERROR GET {url} 403 Forbidden\n"
    other = line.replace("messages", "contacts")
    log = tmp_path / "a.log"
    names = [f"user{n}@contoso.com" for n in range(20)]
    log.write_text("".join(line.format(name) for name in names) + other.format(names[0]))
    counts = sorted(match.count for match in scan(product, log).matches)
    assert counts == [1, 20]


def test_scan_when_there_are_endless_kinds_then_groups_are_bounded(
    product: Product, tmp_path: Path
) -> None:
    line = "2026-11-23 02:14:07 ERROR java.net.UnknownHostException: host{}.example\n"
    log = tmp_path / "a.log"
    log.write_text("".join(line.format(n) for n in range(500)))
    matches = scan(product, log).matches
    assert len(matches) <= log_signatures.load(product).limits.groups_per_signature + 1
    assert sum(match.count for match in matches) == 500


def test_scan_when_cancelled_then_it_stops_and_says_so(product: Product, tmp_path: Path) -> None:
    (tmp_path / "a.log").write_text(HIT)
    cancel = threading.Event()
    cancel.set()
    evidence = logs.scan((str(tmp_path),), product, cancel)
    assert not evidence.complete
    assert not evidence.matches


def test_scan_when_evidence_goes_through_json_then_it_comes_back(product: Product) -> None:
    evidence = scan(product, DATA)
    assert codec.from_plain(codec.to_plain(evidence), LogEvidence) == evidence


def unreadable(tmp_path: Path) -> dict[str, str]:
    """Files that can't be read, with the reason that must be told."""
    (tmp_path / "damaged.log.gz").write_bytes(gzip.compress(HIT.encode() * 99)[:40])
    (tmp_path / "damaged.zip").write_bytes(b"PK\x03\x04 and nothing else")
    elsewhere = tmp_path.parent / "elsewhere.log"
    elsewhere.write_text(HIT)
    (tmp_path / "link.log").symlink_to(elsewhere)
    os.mkfifo(tmp_path / "pipe.log")
    return {
        "damaged.log.gz": "log_unread_damaged",
        "damaged.zip": "log_unread_damaged",
        "link.log": "log_unread_link",
        "pipe.log": "log_unread_not_a_file",
    }


@pytest.mark.skipif(os.name == "nt", reason="pipes and links as on Linux")
def test_scan_when_something_cannot_be_read_then_it_is_listed_with_its_reason(
    product: Product, tmp_path: Path
) -> None:
    wanted = unreadable(tmp_path)
    (tmp_path / "good.log").write_text(HIT)
    evidence = scan(product, tmp_path)
    assert {n: f.skipped for n, f in files(evidence).items() if f.skipped} == wanted
    assert only(evidence, "no_space").file == str(tmp_path / "good.log")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root reads everything")
def test_scan_when_there_is_no_permission_then_it_says_so(product: Product, tmp_path: Path) -> None:
    (tmp_path / "a.log").write_text(HIT)
    (tmp_path / "a.log").chmod(0)
    assert scan(product, tmp_path).files[0].skipped == "log_unread_no_permission"


def test_scan_when_a_path_is_missing_then_it_says_so(product: Product, tmp_path: Path) -> None:
    assert scan(product, tmp_path / "none.log").files[0].skipped == "log_unread_missing"


@pytest.mark.parametrize("name", ["product01.h2.db", "cacerts", "app.pfx", "server.profile"])
def test_scan_when_a_secret_store_is_named_then_it_stays_closed(
    name: str, product: Product, tmp_path: Path
) -> None:
    (tmp_path / name).write_text(HIT)
    evidence = scan(product, tmp_path / name)
    assert evidence.files[0].skipped == "log_unread_never"
    assert not evidence.matches


@pytest.mark.skipif(os.name == "nt", reason="links as on Linux")
def test_scan_when_links_form_a_loop_then_it_ends(product: Product, tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "loop").symlink_to(tmp_path)
    (tmp_path / "inner" / "a.log").write_text(HIT)
    (tmp_path / "same.log").symlink_to(tmp_path / "inner" / "a.log")
    evidence = scan(product, tmp_path)
    assert only(evidence, "no_space").count == 1
    assert not [file for file in evidence.files if file.skipped]


def small(limits: Limits, **changed: int) -> Limits:
    return Limits(**{**asdict(limits), **changed})


def scan_with(product: Product, path: Path, **changed: int) -> LogEvidence:
    rules = log_signatures.load(product)
    tight = replace(rules, limits=small(rules.limits, **changed))
    return logs.scan_with(tight, (str(path),), Stop(threading.Event()))


@pytest.mark.parametrize("name", ["bomb.log.gz", "bomb.zip"])
def test_scan_when_an_archive_is_a_bomb_then_it_stops_early(
    name: str, product: Product, tmp_path: Path
) -> None:
    path = tmp_path / name
    if name.endswith(".gz"):
        path.write_bytes(gzip.compress(b"\0" * 20_000_000))
    else:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("a.log", b"\0" * 20_000_000)
    evidence = scan_with(product, path, archive_ratio_from_bytes=1_000_000)
    assert evidence.files[0].skipped == "log_unread_bomb"
    assert evidence.files[0].bytes < 10_000_000


def test_scan_when_there_is_more_than_the_limit_then_it_stops_and_keeps_what_it_has(
    product: Product, tmp_path: Path
) -> None:
    (tmp_path / "a.log").write_text(HIT + "x" * 3_000_000)
    evidence = scan_with(product, tmp_path, total_bytes=2_000_000)
    assert evidence.files[0].skipped == "log_unread_too_much"
    assert only(evidence, "no_space").count == 1


def test_scan_when_there_are_too_many_files_then_it_says_so(
    product: Product, tmp_path: Path
) -> None:
    for n in range(5):
        (tmp_path / f"{n}.log").write_text(HIT)
    evidence = scan_with(product, tmp_path, files=3)
    assert [file.skipped for file in evidence.files] == [None] * 3 + ["log_unread_too_many"]


FLOOD = "2026-11-23 02:1{}:07,123 ERROR java.net.UnknownHostException: graph.microsoft.com\n"


def test_scan_when_a_log_is_flooded_then_samples_do_and_nothing_else_is_lost(
    product: Product, tmp_path: Path
) -> None:
    log = tmp_path / "a.log"
    part = "".join(FLOOD.format(n % 10) for n in range(20_000))
    log.write_text(HIT + part + HIT + part)
    started = time.process_time()  # what others do on this machine doesn't count
    evidence = scan(product, log)
    taken = time.process_time() - started
    match = only(evidence, "unknown_host")
    assert (match.count, match.sampled, match.line) == (40_000, True, 40_002)
    assert only(evidence, "no_space").count == 2
    assert taken < 3


def test_scan_when_the_time_is_over_then_what_was_found_counts_and_the_rest_is_told(
    product: Product, tmp_path: Path
) -> None:
    refused = "2026-11-23 02:14:07 ERROR GET https://graph.microsoft.com/v1.0/users 429 Too Many\n"
    (tmp_path / "a.log").write_text(HIT + refused * 40_000)
    (tmp_path / "b.log").write_text(HIT)
    evidence = logs.scan((str(tmp_path),), product, threading.Event(), 0.5)
    assert [file.skipped for file in evidence.files] == ["log_unread_time"] * 2
    assert (evidence.complete, evidence.stopped_after_s) == (False, 0.5)
    assert only(evidence, "no_space").count == 1


def test_texts_when_signatures_are_listed_then_each_has_its_sentences(
    product: Product, texts: Texts
) -> None:
    for signature in log_signatures.load(product).signatures:
        assert texts.has(f"{signature.text}.summary")
        assert texts.lines(f"{signature.text}.advice", {"code": "1"})
