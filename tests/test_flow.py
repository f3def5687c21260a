# SPDX-License-Identifier: MIT
"""The way through the pages, without a window."""

from __future__ import annotations

from tests.support.rows import NOON, row
from wizard import flow, verdict
from wizard.flow import Flow
from wizard.model import CauseId, CheckResult, Diagnosis, HostFacts, Outcome
from wizard.product import Product


def diagnosis(product: Product, *problems: CauseId, fixes: tuple[str, ...] = ()) -> Diagnosis:
    rows = tuple(
        row(cause, Outcome.PROBLEM, decisive=True, fixes=fixes)
        if cause in problems
        else row(cause, Outcome.OK)
        for cause in CauseId
    )
    return judged(product, rows)


def judged(product: Product, rows: tuple[CheckResult, ...]) -> Diagnosis:
    host = HostFacts("linux", "Debian 12", "backup01", is_admin=False)
    return Diagnosis("0", NOON, NOON, host, rows, verdict.rank(rows, product))


def scanned(product: Product, *problems: CauseId) -> Flow:
    way = Flow()
    way.go_next()
    way.go_next()
    way.finish_scan(diagnosis(product, *problems))
    return way


def test_next_when_nothing_is_scanned_then_stops_at_the_scan() -> None:
    way = Flow()
    assert [way.go_next(), way.go_next(), way.go_next()] == [flow.SCOPE, flow.SCAN, flow.SCAN]


def test_next_when_scanned_then_visits_causes_worth_a_look_likeliest_first(
    product: Product,
) -> None:
    way = scanned(product, CauseId.MEMORY, CauseId.TEMP_FOLDER)
    visited = [way.go_next(), way.go_next(), way.go_next()]
    assert visited == [CauseId.TEMP_FOLDER, CauseId.MEMORY, flow.EXPORT]
    assert way.next_page() is None


def test_next_when_a_cause_has_a_fix_then_leads_to_it_before_the_next_cause(
    product: Product,
) -> None:
    way = Flow(current=flow.SCAN)
    found = (CauseId.TEMP_FOLDER, CauseId.MEMORY)
    way.finish_scan(diagnosis(product, *found, fixes=("move_temp_folder",)))
    visited = [way.go_next() for _ in range(4)]
    assert visited == [CauseId.TEMP_FOLDER, flow.ARGUMENTS, CauseId.MEMORY, flow.EXPORT]


def test_next_when_the_fix_is_done_then_passes_it_over(product: Product) -> None:
    way = Flow(current=CauseId.TEMP_FOLDER, done={flow.ARGUMENTS})
    way.finish_scan(diagnosis(product, CauseId.TEMP_FOLDER, fixes=("move_temp_folder",)))
    assert way.next_page() == flow.EXPORT


def test_next_when_nothing_is_known_then_leads_to_the_likeliest_cause(product: Product) -> None:
    way = Flow(current=flow.SCAN)
    rows = tuple(row(cause, Outcome.COULD_NOT_CHECK) for cause in CauseId)
    found = judged(product, rows)
    way.finish_scan(found)
    assert flow.nothing_known(found)
    assert way.go_next() == found.verdicts[0].cause
    assert way.go_next() == flow.EXPORT


def test_next_when_nothing_was_found_then_leads_to_the_export(product: Product) -> None:
    assert scanned(product).go_next() == flow.EXPORT


def test_back_when_jumped_about_then_retraces_the_way(product: Product) -> None:
    way = scanned(product, CauseId.MEMORY)
    way.jump(CauseId.ANTIVIRUS)
    way.jump(flow.ARGUMENTS)
    assert [way.go_back(), way.go_back()] == [CauseId.ANTIVIRUS, flow.SCAN]


def test_next_when_gone_back_then_no_cause_is_passed_over(product: Product) -> None:
    way = scanned(product, CauseId.MEMORY, CauseId.TEMP_FOLDER, CauseId.PERMISSIONS)
    first, second = way.go_next(), way.go_next()
    assert way.go_back() == first
    assert way.next_page() == second


def test_next_when_jumped_past_a_cause_then_never_leads_up_again(product: Product) -> None:
    way = scanned(product, CauseId.MEMORY, CauseId.TEMP_FOLDER)
    way.go_next()
    way.jump(CauseId.OTHER)
    assert way.next_page() == flow.EXPORT


def test_found_something_when_a_cause_is_worth_a_look_then_true(product: Product) -> None:
    assert scanned(product, CauseId.MEMORY).found_something
    assert not scanned(product).found_something
    assert not Flow().found_something


def test_jump_when_not_scanned_then_causes_are_closed(product: Product) -> None:
    way = Flow()
    assert not way.can_jump(CauseId.MEMORY)
    assert not way.can_jump(flow.SCOPE)
    assert scanned(product).can_jump(CauseId.MEMORY)


def test_next_when_back_on_the_scan_then_leads_to_the_likeliest_cause(product: Product) -> None:
    way = scanned(product, CauseId.MEMORY, CauseId.TEMP_FOLDER)
    way.go_next()
    way.go_back()
    assert (way.current, way.next_page()) == (flow.SCAN, CauseId.TEMP_FOLDER)


def test_scan_when_done_again_then_only_the_package_is_due_again(product: Product) -> None:
    way = scanned(product, CauseId.MEMORY)
    way.done |= {flow.ARGUMENTS, flow.EXPORT}
    way.finish_scan(diagnosis(product))
    assert way.done == {flow.ARGUMENTS}


def test_recheck_when_a_cause_is_mended_then_seen_causes_stay_seen(product: Product) -> None:
    way = scanned(product, CauseId.MEMORY, CauseId.TEMP_FOLDER)
    way.go_next()
    way.update(diagnosis(product, CauseId.MEMORY))
    assert way.next_page() == CauseId.MEMORY
    assert way.can_jump(CauseId.TEMP_FOLDER)


def test_pages_when_ranked_then_every_cause_is_there_once(product: Product) -> None:
    pages = scanned(product, CauseId.OTHER).pages()
    assert pages[3] == CauseId.OTHER
    assert len(set(pages)) == len(pages) == 12
