# SPDX-License-Identifier: MIT
"""What log lines mean for their cause: those of the newest run decide, no others."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.support.hosts import bare_context, bare_host
from wizard import codec
from wizard.checks import log_evidence, log_rows, log_sentences
from wizard.checks.context import make_context
from wizard.checks.log_evidence import judge
from wizard.checks.log_hits import LogHits
from wizard.graph import graph_errors
from wizard.graph.graph_errors import GraphError, KnownAnswer
from wizard.host.recorded import RecordedHost
from wizard.model import CauseId, Credentials, Finding, Outcome, Scope
from wizard.nakivo import log_signatures
from wizard.nakivo.deciding_run import Chosen, DecidingRun
from wizard.nakivo.log_bearing import Bearing
from wizard.nakivo.log_doubts import TimeDoubts
from wizard.nakivo.log_tally import LogMatch, Repeated
from wizard.nakivo.logs import LogFile
from wizard.product import Product
from wizard.texts import Texts

CHECKS = (
    log_evidence.LOG_PERMISSIONS,
    log_evidence.LOG_CONNECTIVITY,
    log_evidence.LOG_TEMP_FOLDER,
    log_evidence.LOG_ANTIVIRUS,
    log_evidence.LOG_MEMORY,
    log_evidence.LOG_GRAPH_FORBIDDEN,
    log_evidence.LOG_OTHER,
)
READ = LogHits(2, 1_500_000, "2026-11-23T02:15:00", complete=True, skipped=(), matches=())
UNREAD = LogFile("/l/a.log", 0, None, "log_unread_no_permission")


def match(signature: str = "no_space", **more: Any) -> LogMatch:
    values: dict[str, Any] = {
        "signature": signature,
        "cause": CauseId.TEMP_FOLDER,
        "count": 3,
        "recent": 3,
        "undated": 0,
        "first": "2026-11-23T02:00:00",
        "last": "2026-11-23T02:14:07",
        "age_days": 0.0,
        "file": "/l/a.log",
        "line": 7,
        "excerpt": "No space left on device",
        "context": "",
        "fields": {},
        "days": {"2026-11-23": 3},
    }
    return LogMatch(**values | more)


OLD = match(recent=0, age_days=24.0, last="2026-10-30T02:14:07")


def told(finding: Finding, texts: Texts) -> str:
    for row in finding.evidence:
        texts(f"label.{row.label}")
    return " ".join([texts.summary(finding), *texts.advice(finding)])


def test_judge_when_lines_are_of_the_newest_run_then_a_decisive_problem(
    product: Product, texts: Texts
) -> None:
    finding = judge(replace(READ, matches=(match(),)), product)
    assert finding.outcome is Outcome.PROBLEM
    assert finding.decisive
    assert "3 log lines, the newest of 2026-11-23 02:14:07" in told(finding, texts)
    assert finding.evidence[0].value == "No space left on device"
    assert finding.evidence[0].source == "/l/a.log:7"


def test_judge_when_lines_only_hint_then_a_warning(product: Product, texts: Texts) -> None:
    finding = judge(replace(READ, matches=(match("quarantined"),)), product)
    assert finding.outcome is Outcome.WARNING
    assert not finding.decisive
    assert "3 log lines speak" in told(finding, texts)


def test_judge_when_a_problem_comes_after_a_hint_then_the_problem_leads(product: Product) -> None:
    hits = replace(READ, matches=(match("connection_broken"), match("unknown_host")))
    finding = judge(hits, product)
    assert finding.text == "log_signature.unknown_host"
    assert finding.outcome is Outcome.PROBLEM


def test_judge_when_there_are_too_few_of_an_everyday_kind_then_ok(
    product: Product, texts: Texts
) -> None:
    finding = judge(replace(READ, matches=(match("connection_timed_out", recent=2),)), product)
    assert finding.outcome is Outcome.OK
    assert "2 lines" in told(finding, texts)


def test_judge_when_lines_are_old_then_ok_and_the_age_is_said(
    product: Product, texts: Texts
) -> None:
    finding = judge(replace(READ, matches=(OLD,)), product)
    assert finding.outcome is Outcome.OK
    assert not finding.decisive
    assert "24 days before the end of the logs" in told(finding, texts)
    assert finding.evidence[0].label == "log_line_of.no_space"


@pytest.mark.parametrize("signature", ["no_space", "quarantined"])
def test_judge_when_lines_are_of_an_earlier_run_then_a_warning_that_tells_how_old(
    signature: str, product: Product, texts: Texts
) -> None:
    earlier = match(signature, recent=0, earlier=3, age_days=6.0)
    finding = judge(replace(READ, matches=(earlier,)), product)
    assert finding.outcome is Outcome.WARNING
    assert not finding.decisive
    assert "the newest of 2026-11-23 02:14:07: earlier than the newest run, 6.0 days" in told(
        finding, texts
    )
    assert {row.label: row.value for row in finding.evidence}["log_count_recent"] == 0


def test_judge_when_earlier_lines_are_everyday_then_ok(product: Product, texts: Texts) -> None:
    earlier = match("connection_timed_out", recent=1, earlier=1, count=2)
    finding = judge(replace(READ, matches=(earlier,)), product)
    assert (finding.outcome, finding.text) == (Outcome.OK, "log_evidence.few")
    assert "2 lines" in told(finding, texts)


def test_judge_when_no_line_has_a_time_then_ok_and_that_is_said(
    product: Product, texts: Texts
) -> None:
    finding = judge(replace(READ, newest=None), product)
    assert finding.outcome is Outcome.OK
    assert "No line in them has a time" in told(finding, texts)
    assert all(row.value is not None for row in finding.evidence)


def test_judge_when_lines_have_no_time_then_a_warning_that_says_so(
    product: Product, texts: Texts
) -> None:
    undated = match(recent=0, undated=3, first=None, last=None, age_days=None, days={})
    finding = judge(replace(READ, matches=(undated,)), product)
    assert finding.outcome is Outcome.WARNING
    assert not finding.decisive
    assert "without a time" in told(finding, texts)


def test_judge_when_nothing_is_found_then_ok_with_numbers(product: Product, texts: Texts) -> None:
    finding = judge(READ, product)
    assert finding.outcome is Outcome.OK
    assert "2 log files (1.4 MB read, newest line 2026-11-23 02:15:00)" in told(finding, texts)


def test_judge_when_only_notes_are_found_then_ok(product: Product) -> None:
    finding = judge(replace(READ, matches=(match("graph_not_found"),)), product)
    assert finding.outcome is Outcome.OK


@pytest.mark.parametrize(
    ("hits", "text"),
    [
        (replace(READ, files=0, bytes=0), "no_logs"),
        (replace(READ, files=0, bytes=0, skipped=(UNREAD,)), "unreadable"),
        (replace(READ, skipped=(UNREAD,)), "partly_read"),
        (replace(READ, skipped=(UNREAD,), matches=(OLD,)), "partly_read"),
        (replace(READ, complete=False), "cancelled"),
    ],
)
def test_judge_when_not_everything_was_read_then_it_is_no_ok(
    hits: LogHits, text: str, product: Product, texts: Texts
) -> None:
    finding = judge(hits, product)
    assert finding.outcome is Outcome.COULD_NOT_CHECK
    assert finding.text == f"log_evidence.{text}"
    told(finding, texts)


def test_judge_when_a_problem_is_found_in_a_part_then_it_still_counts(product: Product) -> None:
    finding = judge(replace(READ, skipped=(UNREAD,), matches=(match(),)), product)
    assert finding.outcome is Outcome.PROBLEM


def test_judge_when_a_signature_is_unknown_then_it_decides_nothing(product: Product) -> None:
    finding = judge(replace(READ, matches=(match("of_a_newer_version"),)), product)
    assert finding.outcome is Outcome.OK


def test_judge_when_a_request_was_refused_then_the_evidence_names_it(
    product: Product, texts: Texts
) -> None:
    fields = {
        "method": "GET",
        "url": "https://graph.microsoft.com/v1.0/users/joe@contoso.com/messages",
        "status": 403,
        "code": "ErrorAccessDenied",
        "request_id": "6a1f4f0e-0b67-4a44-9a55-0f3d2b1c7e11",
        "permission_needed": "Mail.Read",
    }
    finding = judge(replace(READ, matches=(match("graph_forbidden", fields=fields),)), product)
    shown = {row.label: row.value for row in finding.evidence}
    assert shown["log_operation"] == "GET /users/{id}/messages"
    assert shown["log_permission_needed"] == "Mail.Read"
    assert shown["log_request_id"] == fields["request_id"]
    assert "GET /users/{id}/messages" in told(finding, texts)
    assert "joe" not in told(finding, texts)


def refused(**fields: Any) -> LogMatch:
    asked = {"method": "GET", "url": "https://graph.microsoft.com/v1.0/users/x/messages"}
    more = {"permission_needed": "Mail.Read", "status": 403}
    return match("graph_forbidden", fields={**asked, **more, **fields})


def test_judge_when_the_reason_of_a_refusal_is_known_then_no_permission_is_asked_for(
    product: Product, texts: Texts
) -> None:
    fields = {"code": "ErrorAccessDenied", "message": "Access to OData is disabled."}
    finding = judge(replace(READ, matches=(refused(**fields),)), product)
    live = GraphError(403, fields["code"], message=fields["message"])
    assert finding.text == graph_errors.load().reading(live).text_id
    assert finding.decisive
    assert "access policy" in told(finding, texts)
    labels = [row.label for row in finding.evidence]
    assert "call_reading" in labels
    assert "log_permission_needed" not in labels


@pytest.mark.parametrize(
    "fields",
    [
        {"code": "ErrorAccessDenied", "message": "Access is denied."},  # a permission
        {"message": "nobody knows this one"},
        {"code": "Forbidden", "message": "This is a protected API."},  # inferred
    ],
)
def test_judge_when_the_reason_is_not_known_for_sure_then_the_logs_own_sentence(
    fields: dict[str, str], product: Product
) -> None:
    finding = judge(replace(READ, matches=(refused(**fields),)), product)
    assert finding.text == "log_signature.graph_forbidden"
    assert "log_permission_needed" in [row.label for row in finding.evidence]


@pytest.mark.parametrize("row", graph_errors.load().errors, ids=lambda row: row.id)
def test_tell_when_the_catalogue_gives_the_sentence_then_it_has_its_values(
    row: KnownAnswer, product: Product, texts: Texts
) -> None:
    status = row.statuses[0] if row.statuses else 403
    id_ = "graph_unauthorized" if status == 401 else "graph_forbidden"
    signature = log_signatures.load(product).signature(id_)
    assert signature
    codes = {"code": row.codes[0]} if row.codes else {}
    match_ = refused(**codes, message=row.message, status=status)
    said = log_sentences.tell(signature, match_, 1)
    assert texts(f"{said.text}.summary", said.values)
    assert texts.lines(f"{said.text}.advice", said.values)


def test_judge_when_one_line_is_of_two_kinds_then_it_is_shown_once(product: Product) -> None:
    pair = (match("graph_forbidden"), match("vendor_graph_forbidden"))
    finding = judge(replace(READ, matches=pair), product)
    assert [row.value for row in finding.evidence].count(pair[0].excerpt) == 1
    apart = (pair[0], replace(pair[1], line=9))
    finding = judge(replace(READ, matches=apart), product)
    kinds = [row.label for row in finding.evidence if row.value == pair[0].excerpt]
    assert kinds == ["log_line_of.graph_forbidden", "log_line_of.vendor_graph_forbidden"]


def test_signatures_when_shown_then_each_kind_of_line_has_a_name(
    product: Product, texts: Texts
) -> None:
    for signature in log_signatures.load(product).signatures:
        assert texts(f"label.log_line_of.{signature.id}").startswith("Log line: ")


def test_certificate_when_told_then_inspection_is_one_reason_of_several(
    product: Product, texts: Texts
) -> None:
    advice = told(judge(replace(READ, matches=(match("certificate_rejected"),)), product), texts)
    assert "usual" not in advice
    assert "incomplete chain" in advice


def test_hits_when_they_go_through_json_then_they_come_back() -> None:
    hits = replace(READ, skipped=(UNREAD,), matches=(match(fields={"status": 403}), OLD))
    assert codec.from_plain(codec.to_plain(hits), LogHits) == hits


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_observe_when_logs_hold_lines_of_all_causes_then_each_check_takes_its_own(
    check: Any, tmp_path: Path, product: Product
) -> None:
    lines = {
        CauseId.PERMISSIONS: "AADSTS7000222: keys are expired",
        CauseId.CONNECTIVITY: "java.net.UnknownHostException: graph.microsoft.com",
        CauseId.TEMP_FOLDER: "No space left on device",
        CauseId.ANTIVIRUS: "a.bin was moved to quarantine",
        CauseId.MEMORY: "java.lang.OutOfMemoryError: Java heap space",
        CauseId.GRAPH_FORBIDDEN: "MS Graph Forbidden",
        CauseId.OTHER: "java.net.SocketException: Too many open files",
    }
    log = tmp_path / "a.log"
    log.write_text("".join(f"2026-11-23 02:14:07 ERROR {line}\n" for line in lines.values()))
    hits = check.observe(bare_context(Scope(log_paths=(str(log),))))
    assert [lines[check.cause] in m.excerpt for m in hits.matches] == [True]
    assert judge(hits, product).outcome in (Outcome.PROBLEM, Outcome.WARNING)


def test_checks_when_listed_then_each_is_made_for_its_cause(texts: Texts) -> None:
    assert [check.id for check in CHECKS] == [
        "log_permissions",
        "log_connectivity",
        "log_temp_folder",
        "log_antivirus",
        "log_memory",
        "log_graph_forbidden",
        "log_other",
    ]
    assert all(texts.has(f"check.{check.id}.title") for check in CHECKS)


def test_judge_when_the_time_was_over_then_hits_decide_and_no_hits_are_no_ok(
    product: Product, texts: Texts
) -> None:
    stopped = replace(READ, complete=False, stopped_after_s=45.0)
    finding = judge(stopped, product)
    assert finding.outcome is Outcome.COULD_NOT_CHECK
    assert "stopped after 45 seconds, when 2 log files (1.4 MB)" in told(finding, texts)
    finding = judge(replace(stopped, matches=(match(sampled=True),)), product)
    assert finding.outcome is Outcome.PROBLEM
    assert {"logs_stopped", "log_count_sampled"} <= {row.label for row in finding.evidence}


def test_observe_when_there_is_little_time_then_reading_stops_before_the_deadline(
    product: Product, tmp_path: Path
) -> None:
    refused = "2026-11-23 02:14:07 ERROR GET https://graph.microsoft.com/v1.0/users 429 Too Many\n"
    full = "2026-11-23 02:14:07 ERROR No space left on device\n"
    (tmp_path / "a.log").write_text(full + refused * 40_000)
    scope = Scope(log_paths=(str(tmp_path),), timeout_s=1.0)
    context = make_context(bare_host(), product, scope, Credentials())
    started = time.monotonic()
    hits = log_evidence.LOG_TEMP_FOLDER.observe(context)
    assert time.monotonic() - started < 1.0
    assert hits.stopped_after_s == 0.75
    assert judge(hits, product).outcome is Outcome.PROBLEM


IN_USE = replace(READ, temp_folder="/data/dtmp")


@pytest.mark.parametrize(
    ("path", "outcome", "decisive"),
    [
        ("/data/dtmp/item-7.part", Outcome.PROBLEM, True),
        ("/opt/nakivo/transporter/java/tmp/item-7.part", Outcome.WARNING, False),
        (None, Outcome.PROBLEM, True),
    ],
)
def test_judge_when_a_line_names_a_path_then_only_the_folder_in_use_proves(
    product: Product, path: str | None, outcome: Outcome, decisive: bool, texts: Texts
) -> None:
    fields: dict[str, Any] = {"path": path} if path else {}
    finding = judge(replace(IN_USE, matches=(match(fields=fields),)), product)
    assert (finding.outcome, finding.decisive) == (outcome, decisive)
    assert outcome is Outcome.PROBLEM or f"at {path}" in told(finding, texts)


SYSTEM_LOGS: tuple[dict[str, Any], ...] = (
    {"name": "Windows event log, Windows Defender", "causes": ["antivirus"], "unread": "x"},
    {"name": "systemd journal", "causes": ["memory"], "lines": ["2026-11-23T02:00:00Z kernel: x"]},
)


@pytest.mark.parametrize(
    ("check", "unread", "beside"),
    [
        (log_evidence.LOG_ANTIVIRUS, 1, ()),
        (log_evidence.LOG_MEMORY, 0, ("systemd journal",)),
        (log_evidence.LOG_PERMISSIONS, 0, ()),
    ],
)
def test_observe_when_a_log_of_the_system_is_closed_then_only_its_causes_stay_open(
    check: Any, unread: int, beside: tuple[str, ...], product: Product, tmp_path: Path
) -> None:
    log = tmp_path / "transporter" / "bh-logs" / "transporter.log"
    log.parent.mkdir(parents=True)
    log.write_text("2026-11-23 02:14:07 INFO  ok\n")
    facts = codec.to_plain(bare_host().facts())
    host = RecordedHost({"facts": facts, "system_logs": SYSTEM_LOGS}, tmp_path)
    context = make_context(host, product, Scope(install_dir=str(tmp_path)), Credentials())
    hits = check.observe(context)
    assert (hits.files, len(hits.skipped), hits.system_logs) == (1, unread, beside)
    assert [e.value for e in log_rows.of_logs(hits) if e.label == "logs_of_system"] == [*beside]
    outcome = Outcome.COULD_NOT_CHECK if unread else Outcome.OK
    assert judge(hits, product).outcome is outcome


TOLD = DecidingRun(
    Chosen.TOLD,
    "2026-11-20T02:00:00",
    "2026-11-20T04:00:00",
    "2026-11-20",
    (("2026-11-20T02:00:00", "2026-11-20T04:00:00"), ("2026-11-23T02:00:00", READ.newest or "")),
)


@pytest.mark.parametrize(
    ("chosen", "how"),
    [
        (Chosen.TOLD, "in which the job failed as you said"),
        (Chosen.NEAREST, "the nearest to the time you gave"),
        (Chosen.WORKED, "the newest that shows a job at work"),
    ],
)
def test_judge_when_another_run_than_the_newest_decides_then_the_sentence_names_it(
    chosen: Chosen, how: str, product: Product, texts: Texts
) -> None:
    hits = replace(READ, matches=(match(),), run=replace(TOLD, chosen=chosen))
    finding = judge(hits, product)
    assert (finding.outcome, finding.decisive) == (Outcome.PROBLEM, True)
    assert f"lines of the run of 2026-11-20 02:00:00, {how}" in texts.summary(finding)
    rows = {texts(f"label.{row.label}"): row.value for row in finding.evidence}
    span = "2026-11-20 02:00:00 – 2026-11-20 04:00:00"  # noqa: RUF001 - a span
    assert [value for label, value in rows.items() if "Run that decides" in label] == [span]


def test_judge_when_lines_are_later_than_the_run_told_then_they_only_warn(
    product: Product, texts: Texts
) -> None:
    later = match(recent=0, later=3)
    finding = judge(replace(READ, matches=(later,), run=TOLD), product)
    assert (finding.outcome, finding.decisive) == (Outcome.WARNING, False)
    assert "later than the run of 2026-11-20 02:00:00" in texts.summary(finding)


@pytest.mark.parametrize("matches", [(), (match(recent=0, earlier=0),)])
def test_judge_when_nothing_was_logged_at_the_time_told_then_that_is_no_ok(
    matches: tuple[LogMatch, ...], product: Product, texts: Texts
) -> None:
    run = replace(TOLD, chosen=Chosen.NOT_LOGGED, begin=None, end=None, failed_at="2026-10-01")
    finding = judge(replace(READ, matches=matches, run=run), product)
    assert finding.outcome is Outcome.COULD_NOT_CHECK
    assert "2026-10-01: the logs reach from 2026-11-20 02:00:00 to" in told(finding, texts)


def test_judge_when_runs_came_after_the_lines_then_they_are_counted(
    product: Product, texts: Texts
) -> None:
    earlier = match(recent=0, earlier=3, age_days=2.0, runs_after=2)
    finding = judge(replace(READ, matches=(earlier,)), product)
    assert "2 runs began after them." in texts.summary(finding)
    finding = judge(replace(READ, matches=(replace(earlier, runs_after=0),)), product)
    assert "began after" not in texts.summary(finding)


FORBIDDEN = match("graph_forbidden", cause=CauseId.GRAPH_FORBIDDEN)
WORDS = match("vendor_graph_forbidden", cause=CauseId.GRAPH_FORBIDDEN)
UNAUTHORIZED = match("graph_unauthorized", cause=CauseId.PERMISSIONS)
REFUSED = match("sign_in_credentials", cause=CauseId.PERMISSIONS)
SLOW = match("graph_throttled", cause=CauseId.GRAPH_FORBIDDEN, count=9, recent=9)


@pytest.mark.parametrize(
    ("matches", "outcome", "text"),
    [
        ((FORBIDDEN,), Outcome.NOT_APPLICABLE, "log_evidence.in_the_list"),
        ((FORBIDDEN, WORDS), Outcome.NOT_APPLICABLE, "log_evidence.in_the_list"),
        ((FORBIDDEN, WORDS, SLOW), Outcome.WARNING, "log_signature.graph_throttled"),
        ((UNAUTHORIZED,), Outcome.NOT_APPLICABLE, "log_evidence.in_the_list"),
        ((UNAUTHORIZED, REFUSED), Outcome.PROBLEM, "log_signature.sign_in_credentials"),
        ((WORDS,), Outcome.PROBLEM, "log_signature.vendor_graph_forbidden"),
        # The refusal is of an earlier run, so the words of the newest speak of another.
        (
            (replace(FORBIDDEN, recent=0, earlier=3), WORDS),
            Outcome.PROBLEM,
            "log_signature.vendor_graph_forbidden",
        ),
    ],
)
def test_judge_when_requests_were_refused_then_only_the_list_of_them_tells(
    matches: tuple[LogMatch, ...], outcome: Outcome, text: str, product: Product, texts: Texts
) -> None:
    finding = judge(replace(READ, matches=matches), product)
    assert (finding.outcome, finding.text) == (outcome, text)
    assert "log_line_of.graph_forbidden" not in [row.label for row in finding.evidence]
    assert texts.summary(finding)
    unread = judge(replace(READ, matches=(FORBIDDEN,), complete=False), product)
    assert unread.outcome is Outcome.COULD_NOT_CHECK


def test_judge_when_old_lines_are_of_two_kinds_then_each_counts_once(product: Product) -> None:
    old: dict[str, Any] = {"recent": 0, "earlier": 2, "count": 2}
    twice = match("temp_missing", again=Repeated(count=2, earlier=2), **old)
    found = judge(replace(READ, matches=(match(**old), twice)), product)
    assert (found.text, found.values["count"]) == ("log_evidence.earlier", 2)


def test_judge_when_times_are_doubtful_then_the_evidence_says_what_was_taken(
    product: Product, texts: Texts
) -> None:
    run = replace(TOLD, chosen=Chosen.NEWEST, failed_at=None, zone="UTC+01:00")
    doubts = TimeDoubts(zoneless=True, dated_by_file=2, ahead=3, latest_ahead="2099-01-01T00:00:00")
    finding = judge(replace(READ, matches=(match(),), run=run, doubts=doubts), product)
    shown = {texts(f"label.{row.label}"): (row.value, row.unit) for row in finding.evidence}
    ran = next(label for label in shown if label.startswith("Run that decides"))
    assert "by this computer's clock" in ran
    assert shown[ran][1] == "UTC+01:00"
    assert {("UTC+01:00", ""), (2, ""), (3, ""), ("2099-01-01T00:00:00", "")} <= {*shown.values()}
    calm = judge(replace(READ, matches=(match(),), run=run), product)
    assert not {"logs_zoneless", "logs_ahead"} & {row.label for row in calm.evidence}


@pytest.mark.parametrize("matches", [(), (match(recent=0, undated=3, last=None),)])
def test_judge_when_lines_are_dated_ahead_then_they_are_not_said_to_have_no_time(
    matches: tuple[LogMatch, ...], product: Product, texts: Texts
) -> None:
    hits = replace(READ, newest=None, matches=matches, doubts=TimeDoubts(ahead=3))
    assert "in the future" in texts.summary(judge(hits, product))
    assert "in the future" not in texts.summary(judge(replace(hits, doubts=TimeDoubts()), product))


@pytest.mark.parametrize("bearing", [Bearing.MENTIONED, Bearing.OTHER_HOST])
def test_judge_when_lines_only_mention_an_error_then_none_is_found_and_they_are_shown(
    bearing: Bearing, product: Product, texts: Texts
) -> None:
    aside = match(bearing=bearing)
    finding = judge(replace(READ, matches=(aside,)), product)
    assert (finding.outcome, finding.text) == (Outcome.OK, "log_evidence.aside")
    assert finding.evidence[0].value == aside.excerpt
    assert f"log_bearing.{bearing}" in {row.label for row in finding.evidence}
    assert "3 lines only mention one" in told(finding, texts)
    both = judge(replace(READ, matches=(aside, match())), product)
    assert (both.outcome, both.values["count"]) == (Outcome.PROBLEM, 3)
