# SPDX-License-Identifier: MIT
"""The session heeds neither the environment nor where an answer leads."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.http_client import client, plain
from tests.support.microsoft365 import running
from wizard.demo.loopback import Request, Response
from wizard.demo.microsoft365 import Behaviour
from wizard.graph.http import NoAnswer, NoAnswerKind


def test_get_when_authority_is_not_given_then_not_trusted_in_spite_of_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running(Behaviour(), tmp_path) as m365:
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", m365.stand_in.ca_file)
        with client() as http, pytest.raises(NoAnswer) as caught:
            http.get(f"{m365.stand_in.graph}/x", {}, 5)
    assert caught.value.kind is NoAnswerKind.ENCRYPTION


@pytest.mark.parametrize("location", ["http://[bad", "https://ev\x1bil.test/", "//]"])
def test_get_when_it_leads_to_no_address_then_the_answer_is_read(location: str) -> None:
    def answer(_request: Request) -> Response:
        return Response(302, headers={"Location": location})

    with plain(answer) as url, client() as http:
        reply = http.get(url, {}, 5)
    assert (reply.status_code, reply.header("Location")) == (302, location)
