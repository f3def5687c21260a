# SPDX-License-Identifier: MIT
"""What is known of a refused request: what it needs, what the app has, and what to ask for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.checks.test_rejected_operations import MAIL, READ, REFUSED
from wizard.checks import rejected_operations_evidence as shown
from wizard.nakivo.log_operations import Standing


@pytest.mark.parametrize(
    ("roles", "granted", "held"),
    [
        (None, None, ()),
        ((), False, ()),
        (("Mail.Read", "User.Read.All"), False, ()),
        (("Files.Read.All",), True, ("Files.Read.All",)),
        (("Mail.Read", "Files.ReadWrite.All"), True, ("Files.ReadWrite.All",)),
    ],
)
def test_granted_when_roles_are_known_then_those_that_do_are_named(
    roles: tuple[str, ...] | None, granted: bool | None, held: tuple[str, ...]
) -> None:
    refusal = shown.read(REFUSED, roles)
    assert (refusal.granted, refusal.held) == (granted, held)


@pytest.mark.parametrize(
    ("path", "needed", "asked"),
    [
        # The vendor's list names a stronger one than the least: it is what to ask for.
        ("/users", "User.ReadBasic.All or User.Read.All", "User.Read.All"),
        ("/sites/{id}", "Sites.Read.All or Sites.ReadWrite.All", "Sites.Read.All"),
        ("/nobody/knows", "", "-"),
    ],
)
def test_to_grant_when_several_would_do_then_the_least_that_the_vendor_names(
    path: str, needed: str, asked: str
) -> None:
    refusal = shown.read(replace(REFUSED, path=path, permission_needed=needed), None)
    assert refusal.to_grant == asked


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({}, "403 accessDenied"),
        ({"inner_code": "accessRestricted"}, "403 accessDenied accessRestricted"),
        ({"inner_code": "accessDenied"}, "403 accessDenied"),
        ({"status": 0, "code": ""}, "-"),
    ],
)
def test_answer_when_parts_are_missing_or_alike_then_each_stands_once(
    fields: dict[str, str], told: str
) -> None:
    assert shown.answer(replace(REFUSED, **fields)) == told  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("standing", "moment"),
    [
        (Standing.SINCE, "2026-11-21T02:00:00"),
        (Standing.BETWEEN, "2026-11-21T02:00:00"),
        (Standing.CLEAN_RUN, "2026-11-19T03:00:00"),
        (Standing.NOT_SEEN, 0),
        (Standing.UNKNOWN, None),
    ],
)
def test_rows_when_it_worked_before_then_they_tell_when(
    standing: Standing, moment: str | int | None
) -> None:
    unknown = standing in (Standing.NOT_SEEN, Standing.UNKNOWN, Standing.CLEAN_RUN)
    good = None if unknown else REFUSED.good_last
    one = replace(REFUSED, standing=standing, good_last=good, clean_until="2026-11-19T03:00:00")
    rows = {row.label: row.value for row in shown.rows(shown.read(one, None), 0, READ)}
    assert rows[f"rejected_standing.{standing}"] == moment


def test_rows_when_the_answer_names_the_permissions_then_the_log_is_their_source() -> None:
    named = replace(
        MAIL,
        code="Forbidden",
        message="Missing role permissions on the request. API requires one of 'A.Read, B.Read'.",
        permission_needed="A.Read or B.Read",
    )
    sources = [
        {row.label: row.source for row in shown.rows(shown.read(one, None), 0, READ)}
        for one in (named, MAIL)
    ]
    assert sources[0]["rejected_wanted"] == "/l/a.log:7"
    assert sources[1]["rejected_wanted"].startswith("permissions.json, 20")
