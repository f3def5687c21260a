# SPDX-License-Identifier: MIT
"""Every sign-in code of the catalogue has a cause, somebody who can mend it, and words."""

from __future__ import annotations

import pytest

from wizard.graph import sign_in_errors
from wizard.graph.sign_in_errors import KnownError, Page
from wizard.model import CauseId
from wizard.texts import Texts

CATALOGUE = sign_in_errors.load()
ROWS = [(code, entry) for entry in CATALOGUE.errors for code in entry.codes]


@pytest.mark.parametrize(("code", "entry"), ROWS, ids=[str(code) for code, _ in ROWS])
def test_code_when_known_then_words_that_name_it(
    code: int, entry: KnownError, texts: Texts
) -> None:
    assert CATALOGUE.known([code]) == (code, entry)
    assert f"AADSTS{code}" in texts(f"{entry.text_id}.summary", {"code": code})
    assert texts.lines(f"{entry.text_id}.advice", {"code": code})


def test_catalogue_when_read_then_no_code_stands_twice() -> None:
    codes = [code for code, _ in ROWS]
    assert len(codes) == len(set(codes))
    assert len(codes) > 100


def test_catalogue_when_read_then_every_text_is_used(texts: Texts) -> None:
    assert set(texts.raw("sign_in_error")) == {entry.text for entry in CATALOGUE.errors}


@pytest.mark.parametrize(
    ("code", "cause"),
    [
        (7000215, CauseId.PERMISSIONS),
        (7000222, CauseId.PERMISSIONS),
        (700016, CauseId.PERMISSIONS),
        (7000229, CauseId.PERMISSIONS),
        (90002, CauseId.PERMISSIONS),
        (500021, CauseId.CONNECTIVITY),
        (700024, CauseId.CONNECTIVITY),
        (80013, CauseId.CONNECTIVITY),
        (53003, CauseId.GRAPH_FORBIDDEN),
        (500014, CauseId.GRAPH_FORBIDDEN),
        (650052, CauseId.GRAPH_FORBIDDEN),
        (90033, CauseId.GRAPH_FORBIDDEN),
        (1002012, CauseId.OTHER),
    ],
)
def test_cause_when_code_then_the_page_that_tells_it(code: int, cause: CauseId) -> None:
    found = CATALOGUE.known([code])
    assert found is not None
    assert CATALOGUE.cause(found[1]) is cause


def test_cause_when_any_page_then_known() -> None:
    assert {row.page for row in CATALOGUE.pages} == set(Page)


def test_known_when_several_codes_then_the_first_that_is_known() -> None:
    found = CATALOGUE.known([1, 53003, 7000215])
    assert found is not None
    assert found[0] == 53003


@pytest.mark.parametrize("codes", [[], [1], [70002150]])
def test_known_when_nothing_fits_then_unknown(codes: list[int]) -> None:
    assert CATALOGUE.known(codes) is None


def test_lasting_when_microsofts_own_fault_then_not() -> None:
    lasting = {code: entry.is_lasting for code, entry in ROWS}
    assert lasting[53003]
    assert not lasting[90033]


def test_user_only_when_code_of_the_app_then_not() -> None:
    user_only = {code: entry.user_only for code, entry in ROWS}
    assert user_only[50076]
    assert not user_only[53003]
