# SPDX-License-Identifier: MIT
"""Refused requests by kind, and whether they came after the last good answer or good run."""

from __future__ import annotations

import threading
import tracemalloc
from dataclasses import replace
from pathlib import Path

import pytest

from wizard import codec
from wizard.nakivo import log_signatures, logs
from wizard.nakivo.log_lines import Stop
from wizard.nakivo.log_operations import RejectedOperation, Standing
from wizard.nakivo.logs import LogEvidence
from wizard.product import Product

DATA = Path(__file__).with_name("golden")
GRAPH = "https://graph.microsoft.com/v1.0"
MAIL = f"GET {GRAPH}/users/jo@contoso.com/messages"
REFUSED = 'ERROR {} 403 {{"error":{{"code":"ErrorAccessDenied","message":"Access is denied."}}}}'
WELL = "DEBUG {} 200 OK"


def line(time: str, told: str, request: str = MAIL) -> str:
    return f"2026-11-{time} {told.format(request)}\n"


def read(product: Product, path: Path, *lines: str) -> LogEvidence:
    """What is in lines written to a log."""
    if lines:
        path.write_text("".join(lines))
    return logs.scan((str(path),), product, threading.Event())


def only(product: Product, tmp_path: Path, *lines: str) -> RejectedOperation:
    (found,) = read(product, tmp_path / "a.log", *lines).rejected
    return found


def test_rejected_when_a_record_is_whole_then_all_of_it_is_told(product: Product) -> None:
    (found,) = read(product, DATA / "graph_json_pretty.log").rejected
    assert (found.method, found.path) == ("GET", "/users/{id}/messages")
    assert (found.status, found.code, found.inner_code) == (
        403,
        "ErrorAccessDenied",
        "AccessPolicy",
    )
    assert found.message.startswith("Access to OData is disabled")
    assert found.request_id == "6a1f4f0e-0b67-4a44-9a55-0f3d2b1c7e11"
    assert found.answered == "2026-11-23T02:14:07"
    assert found.permission_needed.startswith("Mail.Read or Mail.ReadWrite")
    assert (found.count, found.recent, found.earlier, found.undated) == (1, 1, 0, 0)
    assert (found.file, found.line) == (str(DATA / "graph_json_pretty.log"), 2)
    assert found.standing is Standing.NOT_SEEN


def test_rejected_when_requests_name_people_and_files_then_none_is_kept(
    product: Product, tmp_path: Path
) -> None:
    file = f"GET {GRAPH}/users/jo@contoso.com/drive/root:/Canary/Salaries.xlsx:/content"
    evidence = read(product, tmp_path / "a.log", line("23 02:14:07", REFUSED, file))
    (found,) = evidence.rejected
    assert found.path == "/users/{id}/drive/root:/{path}:/content"
    assert "Canary" not in str(codec.to_plain(evidence.rejected))


def test_rejected_when_a_secret_stands_in_an_answer_then_it_is_masked(
    product: Product, tmp_path: Path
) -> None:
    told = 'ERROR {} 403 {{"error":{{"code":"Forbidden","message":"client_secret=Canary~1234"}}}}'
    found = only(product, tmp_path, line("23 02:14:07", told))
    assert "Canary" not in str(codec.to_plain(found))


def test_rejected_when_kinds_differ_then_those_of_the_newest_run_come_first(
    product: Product, tmp_path: Path
) -> None:
    sites = f"GET {GRAPH}/sites/root"
    lines = [line(f"22 02:1{n}:07", REFUSED, sites) for n in range(5)]
    lines.append(line("23 02:14:07", REFUSED))
    found = read(product, tmp_path / "a.log", *lines).rejected
    assert [(one.path, one.recent, one.earlier) for one in found] == [
        ("/users/{id}/messages", 1, 0),
        ("/sites/root", 0, 5),
    ]


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        # worked in the run before, and was refused ever since
        (
            [line("22 02:00:00", WELL), line("23 02:00:00", REFUSED), line("23 02:09:00", REFUSED)],
            (Standing.SINCE, "2026-11-22T02:00:00", "2026-11-23T02:00:00"),
        ),
        # refused of old, worked, and refused again
        (
            [
                line("20 02:00:00", REFUSED),
                line("21 02:00:00", WELL),
                line("22 02:00:00", REFUSED),
                line("23 02:00:00", REFUSED),
            ],
            (Standing.SINCE, "2026-11-21T02:00:00", "2026-11-22T02:00:00"),
        ),
        # worked for others in the same run
        (
            [line("23 02:00:00", WELL), line("23 02:01:00", REFUSED), line("23 02:02:00", WELL)],
            (Standing.BETWEEN, "2026-11-23T02:02:00", "2026-11-23T02:01:00"),
        ),
        # worked at the beginning of the same run
        (
            [line("23 02:00:00", WELL), line("23 02:01:00", REFUSED)],
            (Standing.WITHIN, "2026-11-23T02:00:00", "2026-11-23T02:01:00"),
        ),
        # refused last week, works by now
        (
            [line("20 02:00:00", REFUSED), line("23 02:00:00", WELL)],
            (Standing.AFTERWARDS, "2026-11-23T02:00:00", "2026-11-20T02:00:00"),
        ),
        # another kind of request worked: that says nothing of this one
        (
            [line("23 01:00:00", WELL, f"GET {GRAPH}/sites/root"), line("23 02:00:00", REFUSED)],
            (Standing.NOT_SEEN, None, "2026-11-23T02:00:00"),
        ),
        ([line("23 02:00:00", REFUSED)], (Standing.NOT_SEEN, None, "2026-11-23T02:00:00")),
    ],
)
def test_rejected_when_good_answers_are_seen_then_how_they_lie_is_told(
    lines: list[str], told: tuple[Standing, str | None, str], product: Product, tmp_path: Path
) -> None:
    found = only(product, tmp_path, *lines)
    assert (found.standing, found.good_last, found.since) == told


def test_rejected_when_only_an_earlier_run_has_no_refusal_then_its_end_is_told(
    product: Product, tmp_path: Path
) -> None:
    run = "INFO Job started\n2026-11-{} 03:30:00 INFO Job ended"
    lines = [
        line("20 02:00:00", run.format(20), ""),
        line("21 02:00:00", run.format(21), ""),
        line("22 02:00:00", REFUSED),
        line("23 02:00:00", REFUSED),
    ]
    found = only(product, tmp_path, *lines)
    assert found.standing is Standing.CLEAN_RUN
    assert found.clean_until == "2026-11-21T03:30:00"
    assert found.since == "2026-11-22T02:00:00"
    found = only(product, tmp_path, *lines[2:])
    assert (found.standing, found.clean_until) == (Standing.NOT_SEEN, None)


def test_rejected_when_lines_have_no_time_then_nothing_is_said_of_before_and_after(
    product: Product,
) -> None:
    found = read(product, DATA / "graph_without_times.log").rejected
    assert {one.standing for one in found} == {Standing.UNKNOWN}
    assert [one.undated for one in found] == [1, 1]


def test_rejected_when_a_hit_is_stale_then_it_is_neither_recent_nor_earlier(
    product: Product, tmp_path: Path
) -> None:
    found = only(product, tmp_path, line("01 02:00:00", REFUSED), line("23 02:00:00", "INFO x"))
    assert (found.count, found.recent, found.earlier) == (1, 0, 0)


@pytest.mark.parametrize(
    "told",
    [
        WELL,
        "DEBUG {} returned 200",
        "DEBUG {} -> HTTP/1.1 206 Partial Content",
        "DEBUG {} status=204",
    ],
)
def test_answered_well_when_a_line_shows_a_good_answer_then_it_counts(
    told: str, product: Product, tmp_path: Path
) -> None:
    evidence = read(product, tmp_path / "a.log", line("23 02:00:00", told))
    assert (evidence.answered_well, evidence.rejected) == (1, ())


@pytest.mark.parametrize(
    "told",
    [
        "DEBUG {}",
        "DEBUG {} 302 Found",
        "ERROR {} 404 Not Found",
        "ERROR {} 503 Service Unavailable after 200 ms",
        'ERROR {} 200 OK {{"error":{{"code":"Forbidden"}}}}',
    ],
)
def test_answered_well_when_a_line_shows_none_then_it_does_not_count(
    told: str, product: Product, tmp_path: Path
) -> None:
    assert read(product, tmp_path / "a.log", line("23 02:00:00", told)).answered_well == 0


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        # the status right behind the address
        (f"ERROR {MAIL} 403 (210 ms)\n", ("GET", "/users/{id}/messages", 403, "")),
        # an answer's line of its own, which shows the address and no method
        (
            f"DEBUG --> {MAIL}\n2026-11-23 02:00:01 DEBUG <-- 403 {MAIL[4:]} (210ms)\n",
            ("GET", "/users/{id}/messages", 403, ""),
        ),
        # the method of another request is nobody's business
        (
            f"DEBUG --> DELETE {GRAPH}/users\n2026-11-23 02:00:01 DEBUG <-- 403 {MAIL[4:]} (2ms)\n",
            ("", "/users/{id}/messages", 403, ""),
        ),
        # refusals that aren't 401 or 403
        (
            f'ERROR GET {GRAPH}/sites/root status 400 {{"error":{{"code":"BadRequest",'
            '"message":"Tenant does not have a SPO license."}}\n',
            ("GET", "/sites/root", 400, "BadRequest"),
        ),
        # a status that only the code tells
        (
            f'ERROR {MAIL} {{"error":{{"code":"ErrorAccessDenied"}}}}\n',
            ("GET", "/users/{id}/messages", 403, "ErrorAccessDenied"),
        ),
        # no request at all
        (
            'ERROR failed: {"error":{"code":"accessDenied","innerError":{}}}\n',
            ("", "", 403, "accessDenied"),
        ),
    ],
)
def test_rejected_when_logs_write_requests_in_other_ways_then_they_are_read(
    lines: str, told: tuple[str, str, int, str], product: Product, tmp_path: Path
) -> None:
    found = only(product, tmp_path, f"2026-11-23 02:00:00 {lines}")
    assert (found.method, found.path, found.status, found.code) == told


@pytest.mark.parametrize(
    "told",
    [
        "WARN {} 404 Not Found",
        "WARN {} 429 Too Many Requests",
        "WARN {} 503 Service Unavailable",
        'WARN {} 400 {{"error":{{"code":"BadRequest","message":"Invalid filter clause"}}}}',
        "INFO {} read 403 items",
    ],
)
def test_rejected_when_an_answer_is_no_refusal_then_it_is_not_listed(
    told: str, product: Product, tmp_path: Path
) -> None:
    assert read(product, tmp_path / "a.log", line("23 02:00:00", told)).rejected == ()


def test_rejected_when_there_are_more_kinds_than_are_kept_then_the_rest_is_one_without_a_name(
    product: Product, tmp_path: Path
) -> None:
    limit = log_signatures.load(product).limits.groups_per_signature
    codes = [
        f'ERROR {{}} status 403 {{{{"error":{{{{"code":"E{n}"}}}}}}}}' for n in range(limit + 20)
    ]
    found = read(product, tmp_path / "a.log", *(line("23 02:00:00", c) for c in codes)).rejected
    rest = [one for one in found if one.others]
    assert sum(one.count for one in found) == limit + 20
    assert [(one.method, one.path, one.standing) for one in rest] == [("", "", Standing.UNKNOWN)]
    assert rest == [found[-1]]
    assert (rest[0].status, rest[0].code, rest[0].permission_needed) == (0, "", "")
    assert rest[0].count > max(one.count for one in found[:-1])


def test_rejected_when_more_kinds_of_good_answers_than_are_kept_then_nothing_is_said_of_before(
    product: Product, tmp_path: Path
) -> None:
    rules = log_signatures.load(product)
    kinds = [f"{part}/" * n for part in ("drives", "users") for n in range(1, 40)]
    good = [line("22 02:00:00", WELL, f"GET {GRAPH}/{kind}") for kind in kinds]
    log = tmp_path / "a.log"
    log.write_text("".join([*good, line("23 02:00:00", REFUSED)]))
    few = replace(rules.limits, answered_kinds=20)
    cut = logs.scan_with(replace(rules, limits=few), (str(log),), Stop(threading.Event()))
    assert [one.standing for one in cut.rejected] == [Standing.UNKNOWN]
    assert [one.standing for one in read(product, log).rejected] == [Standing.CLEAN_RUN]


def test_rejected_when_refusals_flood_a_log_then_memory_stays_flat(
    product: Product, tmp_path: Path
) -> None:
    """Many objects, many minutes and many days are one entry."""
    peaks = []
    for lines in (1_000, 4_000):
        moments = (f"{1 + n % 22:02} {n // 60 % 24:02}:{n % 60:02}:07" for n in range(lines))
        asked = (f"GET {GRAPH}/users/u{n}/messages" for n in range(lines))
        refused = [line(m, REFUSED, one) for m, one in zip(moments, asked, strict=True)]
        (tmp_path / "a.log").write_text("".join(refused))
        tracemalloc.start()
        (found,) = read(product, tmp_path / "a.log").rejected
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert found.count == lines
    size = (tmp_path / "a.log").stat().st_size
    assert peaks[1] - peaks[0] < 3 * size  # what is read at once, and what knows copies again


def test_rejected_when_many_lines_are_of_few_objects_then_these_are_counted(
    product: Product, tmp_path: Path
) -> None:
    requests = [f"GET {GRAPH}/users/{who}/messages" for who in ("jo@x.com", "JO@X.COM", "b", "b")]
    lines = [line(f"24 02:0{n}:00", REFUSED, one) for n, one in enumerate(requests)]
    # One of an earlier run is none of the run that decides.
    lines.insert(0, line("22 02:00:00", REFUSED, f"GET {GRAPH}/users/old/messages"))
    found = only(product, tmp_path, *lines)
    assert (found.count, found.recent, found.objects) == (5, 4, 2)
    named = codec.to_plain(found)
    assert "jo@x.com" not in str(named).lower()
