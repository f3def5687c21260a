# SPDX-License-Identifier: MIT
"""Every id that may be shown has a word."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pytest

from wizard.checks import seen_ways
from wizard.checks.line_speed import NOT_NEEDED, NOT_REACHED, PROXIED, TOO_LITTLE
from wizard.graph import broken_by, names, probes, sign_in, tunnel, words
from wizard.graph.answer import AnswerKind
from wizard.graph.connections import ClosedBy, ConnectFailure
from wizard.graph.graph_errors import Kind
from wizard.graph.http import NoAnswerKind
from wizard.graph.key_store_errors import Reason
from wizard.graph.name_servers import Said
from wizard.graph.names import NameFailure
from wizard.graph.network_data import POOR, TrustFailure
from wizard.graph.proxies import Unusable
from wizard.graph.sign_in_errors import Who
from wizard.graph.sign_in_report import Credential, Failure
from wizard.product import Confidence

WORDS = words.load()
OF_DOCUMENT = (AnswerKind.SIGN_IN_ERROR, AnswerKind.TENANT_UNKNOWN, AnswerKind.CAPTIVE)
OF_LISTS = (probes.NOTHING_LISTED, probes.NOTHING_THERE)


@pytest.mark.parametrize(
    ("known", "ids"),
    [
        (WORDS.name, NameFailure),
        (WORDS.name_server, Said),
        (WORDS.connection, ConnectFailure),
        (WORDS.encryption, TrustFailure),
        (WORDS.no_answer, [*NoAnswerKind, *Failure, *OF_DOCUMENT, *OF_LISTS]),
        (
            WORDS.detail,
            [
                Unusable.SCHEME,
                Unusable.NOT_AN_ADDRESS,
                tunnel.NOT_HTTP,
                broken_by.UNREADABLE,
                sign_in.FOREIGN_TOKEN,
                names.WINDOWS_WORDS,
                names.NO_NAME,
                NOT_REACHED,
                NOT_NEEDED,
                PROXIED,
                TOO_LITTLE,
                *ClosedBy,
            ],
        ),
        (WORDS.credential, Credential),
        (WORDS.who, Who),
        (WORDS.confidence, Confidence),
        (WORDS.kind, Kind),
        (WORDS.scale, ["good", "acceptable", "doubtful", POOR]),
        (WORDS.key_store, Reason),
        (WORDS.view, seen_ways.Who),
        (
            WORDS.way,
            [
                *Unusable,
                "without-proxy",
                "connects",
                "not-tried",
                "closed",
                "not-running",
                "hidden",
                "unclear",
                "depends",
                "elsewhere",
            ],
        ),
    ],
)
def test_words_when_read_then_one_for_each_id(known: Mapping[str, str], ids: Iterable[str]) -> None:
    assert set(known) == {str(name) for name in ids}


@pytest.mark.parametrize(
    ("name", "detail", "shown"),
    [
        ("refused", "Connection refused", "refused (Connection refused)"),
        ("refused", "odd (20)", "refused: odd (20)"),
        ("refused", "", "refused"),
        ("timeout", "timeout", "no answer in time"),
        ("other", "no-name", "it is written as no host name can be"),
        ("other", "proxy: 407 Sign in", "the proxy did not let it pass: 407 Sign in"),
        ("other", "strange", "failed in an unknown way (strange)"),
        ("new-kind", "", "new-kind"),
    ],
)
def test_told_when_id_then_the_word_first(name: str, detail: str, shown: str) -> None:
    assert words.told(WORDS.connection, name, detail) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("timeout: 6 s", "no answer in time: 6 s"),
        (
            "proxy: scheme",
            "the proxy did not let it pass: a kind of proxy that this program cannot use",
        ),
        ("reset: Connection reset by peer", "cut on the way: Connection reset by peer"),
        ("name: Name or service not known", "host name not found: Name or service not known"),
        ("timeout", "no answer in time"),
        ("timeout: timeout", "no answer in time"),
        ("not-http", "what it sent is no answer of a proxy"),
        ("503", "503"),
    ],
)
def test_no_answer_in_when_it_begins_with_an_id_then_words(text: str, shown: str) -> None:
    assert WORDS.no_answer_in(text) == shown


@pytest.mark.parametrize(
    ("retry_after", "shown"),
    [("120", "120 s"), ("", "some minutes"), ("Tue, 24 Nov 2026 06:53:12 GMT", "some minutes")],
)
def test_wait_when_answer_names_seconds_then_those(retry_after: str, shown: str) -> None:
    assert WORDS.wait(retry_after) == shown


def test_told_when_the_system_words_are_only_a_call_then_what_they_mean() -> None:
    said = words.told(WORDS.no_answer, "name", names.WINDOWS_WORDS)
    assert said == "host name not found (Windows found no address for it)"
