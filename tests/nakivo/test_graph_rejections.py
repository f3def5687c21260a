# SPDX-License-Identifier: MIT
"""Rejections: what is told of each, and what is none. Whole shapes stand in the golden logs."""

from __future__ import annotations

import json

import pytest

from wizard.nakivo import graph_rejections, log_signatures
from wizard.nakivo.graph_rejections import Rejection
from wizard.nakivo.log_lines import Line
from wizard.product import Product

URL = "https://graph.microsoft.com/v1.0/users/x/messages"
ID = "6a1f4f0e-0b67-4a44-9a55-0f3d2b1c7e11"
TIME = "2026-11-23 02:14:07 ERROR"


def line(*lines: str) -> Line:
    """The last of some lines."""
    data = "".join(f"{one}\n" for one in lines).encode()
    start = sum(len(one.encode()) + 1 for one in lines[:-1])
    text = lines[-1]
    return Line(len(lines), text, text, data, start, len(data) - 1, 16384, None)


def read(product: Product, *lines: str) -> tuple[Rejection, ...]:
    return graph_rejections.read(line(*lines), log_signatures.load(product).graph, 60)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        (f"{TIME} GET {URL} 403", 403),
        (f'{TIME} {{"error":{{"code":"errorAccessDenied","innerError":{{}}}}}}', 403),
        (f"{TIME} ODataError: Insufficient privileges to complete the operation.", 403),
        (f"{TIME} GET {URL} failed: Access token has expired", None),
        (f"{TIME} ODataError: words that nobody knows", None),
        (f"{TIME} graph.microsoft.com 403 Forbidden", None),
        (f"{TIME} GET {URL} 200 OK, 403 left", None),
    ],
)
def test_read_when_a_status_is_shown_or_goes_with_the_words_then_that_one(
    product: Product, text: str, status: int | None
) -> None:
    assert [one.fields["status"] for one in read(product, text)] == ([status] if status else [])


def test_read_when_the_same_address_was_asked_before_then_its_method(product: Product) -> None:
    between = f"{TIME} [saas-2] GET {URL}/other"
    (found,) = read(product, f"{TIME} [saas-1] PATCH {URL}", between, f"{TIME} <-- 403 {URL}")
    assert found.fields["method"] == "PATCH"


def test_read_when_a_batch_is_refused_in_part_then_each_part_by_itself(product: Product) -> None:
    error = {"code": "accessDenied", "message": "No", "innerError": {"request-id": ID}}
    answers = [{"id": n, "status": 403, "body": {"error": error}} for n in "12"]
    sent = json.dumps({"requests": [{"id": "1", "method": "GET", "url": "/users/x/messages"}]})
    batch = f"{TIME} POST https://graph.microsoft.com/v1.0/$batch"
    one, two = read(product, batch, sent, f"{batch} 200 OK {json.dumps({'responses': answers})}")
    assert (one.fields["method"], one.fields["url"]) == ("GET", URL)
    assert str(one.fields["permission_needed"]).startswith("Mail.Read")
    assert str(two.fields["url"]).endswith("/$batch")
    assert "permission_needed" not in two.fields
    assert one.key != two.key


def test_key_when_microsoft_gave_no_id_then_none(product: Product) -> None:
    (found,) = read(product, f"{TIME} GET {URL} 403")
    assert found.key is None


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        ((f"GET {URL} 200 OK",), {"method": "GET", "url": URL}),
        ((f"--> GET {URL}", "x", f"<-- 200 {URL} (9ms)"), {"method": "GET", "url": URL}),
        ((f"<-- 204 {URL}",), {"url": URL}),
        (("POST https://graph.microsoft.com/v1.0/$batch 200 OK",), {}),
        ((f"GET {URL} returned 403",), {}),
    ],
)
def test_answered_well_when_a_line_shows_it_then_the_request(
    lines: tuple[str, ...], kind: dict[str, str]
) -> None:
    assert graph_rejections.answered_well(line(*lines)) == kind
