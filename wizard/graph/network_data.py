# SPDX-License-Identifier: MIT
"""Which endpoints are walked to, how long each step may take: resources/graph/network.toml."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from wizard import codec, resources


class Expects(StrEnum):
    """The answer without sign-in that proves that the real service was reached."""

    OPENID_DOCUMENT = "openid-document"
    GRAPH_UNAUTHORIZED = "graph-unauthorized"


class TrustFailure(StrEnum):
    """Why an encrypted connection did not come about."""

    UNTRUSTED_ISSUER = "untrusted-issuer"
    INCOMPLETE_CHAIN = "incomplete-chain"
    NAME_MISMATCH = "name-mismatch"
    EXPIRED = "expired"
    NOT_YET_VALID = "not-yet-valid"
    REVOKED = "revoked"
    NOT_TLS = "not-tls"
    TIMEOUT = "timeout"
    CUT = "cut"
    OTHER = "other"


@dataclass(frozen=True)
class Limits:
    """Seconds, and one size in bytes; what each is for stands in the file."""

    walk_s: float
    names_s: float
    connection_s: float
    tunnel_s: float
    encryption_s: float
    answer_s: float
    sign_in_s: float
    call_s: float
    calls_s: float
    answer_bytes: int


@dataclass(frozen=True)
class Endpoint:
    """One address to walk to; `base` is a field of Cloud."""

    id: str
    base: str
    path: str
    expects: Expects


@dataclass(frozen=True)
class TrustCodes:
    """Numbers of a failed certificate check that mean the same."""

    codes: tuple[int, ...]
    reading: TrustFailure


@dataclass(frozen=True)
class NetworkData:
    """All of the file."""

    limits: Limits
    endpoints: tuple[Endpoint, ...]
    trust_codes: tuple[TrustCodes, ...]

    def trust_failure(self, code: int) -> TrustFailure:
        """What a number of a failed certificate check means."""
        known = (entry.reading for entry in self.trust_codes if code in entry.codes)
        return next(known, TrustFailure.OTHER)


@cache
def load() -> NetworkData:
    """Read and check the shipped file."""
    return codec.from_plain(resources.read_toml("graph", "network.toml"), NetworkData)
