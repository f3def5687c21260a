# SPDX-License-Identifier: MIT
"""What failures, kinds and persons are called where they are shown: resources/graph/words.toml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from wizard import codec, resources
from wizard.graph import moments

if TYPE_CHECKING:
    from wizard.graph.service_call import ServiceCall


UNKNOWN = "other"  # the id of what no kind of failure fits


@dataclass(frozen=True)
class Phrases:
    """Words that stand alone."""

    nothing: str
    some_minutes: str
    seconds: str
    token: str
    through: str
    believed: str
    unreadable: str
    instead: str
    client_id: str
    second_account: str
    in_spite: str
    whose_untold: str
    without_proxy_connects: str
    set_in: str
    excepted_by: str
    none_set: str
    untried: str
    no_password: str
    user_named: str
    asked_again: str
    also_lost: str
    also_dead: str
    odd_address: str
    in_exchange: str
    signed_in_user: str
    refused_mail: str
    refused_sites: str
    single_sites: str
    met_logged: str
    met_not_logged: str
    met_unlogged: str
    consent_of: str
    untold: str
    untold_right: str


@dataclass(frozen=True)
class Words:
    """For each kind of value, the word of each id."""

    source: str
    date: str
    name: dict[str, str]
    name_server: dict[str, str]
    connection: dict[str, str]
    encryption: dict[str, str]
    trusting: dict[str, str]
    no_answer: dict[str, str]
    detail: dict[str, str]
    credential: dict[str, str]
    who: dict[str, str]
    confidence: dict[str, str]
    kind: dict[str, str]
    challenge: dict[str, str]
    challenge_reason: dict[str, str]
    key_store: dict[str, str]
    scale: dict[str, str]
    way: dict[str, str]
    view: dict[str, str]
    endpoint: dict[str, str]
    phrase: Phrases

    def no_answer_in(self, text: str) -> str:
        """A detail that may be or begin with the id of a failure, as `timeout: 6 s` does."""
        failures = {**self.name, **self.connection, **self.no_answer}
        first, mark, rest = text.partition(": ")
        if mark and first in failures:
            told = self.detail.get(rest) or failures.get(rest, rest)
            return told if told == failures[first] else f"{failures[first]}: {told}"
        return self.detail.get(text) or failures.get(text, text)

    def of_call(self, call: ServiceCall | None) -> dict[str, str]:
        """What a sentence says of a request; dashes and nothing where none was made."""
        if call is None:
            return {"words": "", "answer": "", "detail": "-", "wait": self.wait("")}
        return {
            "words": call.words,
            "answer": " ".join(part for part in (str(call.status or ""), call.code) if part),
            "detail": self.no_answer_in(call.detail) or "-",
            "wait": self.wait(call.retry_after),
        }

    def client_id(self, given: str) -> str:
        """The app's id as it stands in commands, or what to put it in for."""
        return given or self.phrase.client_id

    def wait(self, retry_after: str) -> str:
        """How long to wait: as long as the answer says, where it says it in seconds."""
        seconds = moments.seconds_of(retry_after)
        if seconds is None:
            return self.phrase.some_minutes
        return self.phrase.seconds.format(seconds=seconds)


def told(known: Mapping[str, str], name: str, detail: str = "") -> str:
    """The word first, then the technical detail, without parentheses inside parentheses."""
    word, said = known.get(name, name), load().no_answer_in(detail)
    if name == UNKNOWN and said != detail:  # then it isn't unknown
        return said
    detail = said
    if detail == word:
        return word
    if "(" in detail:
        return f"{word}: {detail}"
    return f"{word} ({detail})" if detail else word


@cache
def load() -> Words:
    """Read and check the shipped file."""
    return codec.from_plain(resources.read_toml("graph", "words.toml"), Words)
