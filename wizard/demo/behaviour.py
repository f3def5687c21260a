# SPDX-License-Identifier: MIT
"""What a sample Microsoft 365 suffers from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from wizard.demo.sample_access import SampleAccess
from wizard.demo.sample_registration import SampleRegistration
from wizard.demo.sample_tenant import SampleTenant


class TokenAnswer(StrEnum):
    """How the token endpoint answers."""

    NORMAL = "normal"
    HANG = "hang"
    DRIP = "drip"
    THROTTLED = "throttled"  # 429 without a body
    FAULT = "fault"  # 503 with a page
    PAGE = "page"  # 200 with a page
    UNREADABLE = "unreadable"  # a token that nobody but Microsoft can read


class Challenge(StrEnum):
    """What Graph asks of programs that say they understand challenges, and what comes of it."""

    NONE = "none"
    MET = "met"  # a token with the claims passes
    BLOCKED = "blocked"  # a policy refuses a sign-in with the claims
    REPEATED = "repeated"  # Graph asks again


class ServerCertificate(StrEnum):
    """What the servers show."""

    GOOD = "good"
    EXPIRED = "expired"
    NOT_YET_VALID = "not-yet-valid"
    OTHER_NAME = "other-name"


@dataclass(frozen=True)
class GraphAnswer:
    """What Graph answers instead of its usual answer; `raw` replaces the body."""

    status: int
    code: str = ""
    message: str = ""
    inner_code: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    raw: str | None = None


@dataclass(frozen=True)
class Behaviour:
    """The default is a healthy tenant. `graph_answers` goes by a part of the path."""

    roles: tuple[str, ...] | None = field(default_factory=lambda: SampleTenant.load().roles)
    token_error: int | None = None  # AADSTS number
    token_answer: TokenAnswer = TokenAnswer.NORMAL
    graph_answers: Mapping[str, GraphAnswer] = field(default_factory=dict)
    challenge: Challenge = Challenge.NONE
    throttled: bool = False
    users_without_mailbox: int = 0
    exchange: SampleAccess = field(default_factory=SampleAccess)
    sharepoint: SampleAccess = field(default_factory=SampleAccess)
    teams: SampleAccess = field(default_factory=SampleAccess)
    registered_certificate: str | None = None  # PEM
    registration: SampleRegistration = field(default_factory=SampleRegistration)
    server_certificate: ServerCertificate = ServerCertificate.GOOD
    untrusted_authority: bool = False  # as an inspecting proxy: an authority that nobody trusts
    listening: bool = True
    name_resolves: bool = True
    wrong_page: bool = False  # every request gets a page that wants a sign-in to the network
    hang_s: float = 0.0  # every answer is held back so long
    clock_offset_s: float = 0.0
