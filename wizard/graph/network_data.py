# SPDX-License-Identifier: MIT
"""Which endpoints are walked to, how long each step may take: resources/graph/network.toml."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import pairwise

from wizard import codec, resources
from wizard.model import Workload
from wizard.product import Confidence

POOR = "poor"
TENANT_BASES = ("sharepoint", "onedrive")


class Expects(StrEnum):
    """The answer without sign-in that proves that the real service was reached."""

    OPENID_DOCUMENT = "openid-document"
    GRAPH_UNAUTHORIZED = "graph-unauthorized"
    EXCHANGE_UNAUTHORIZED = "exchange-unauthorized"
    SHAREPOINT_UNAUTHORIZED = "sharepoint-unauthorized"


class TrustFailure(StrEnum):
    """Why an encrypted connection did not come about."""

    UNTRUSTED_ISSUER = "untrusted-issuer"
    INCOMPLETE_CHAIN = "incomplete-chain"  # a known link of a public chain wasn't sent
    UNTRACED = "untraced"  # no trusted issuer; a link may be missing, or the authority is unknown
    UNSUITABLE = "unsuitable"  # a certificate in the chain isn't made for what it is used for
    UNDECIDED = "undecided"  # depends on settings that can't be seen
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
    cloud_s: float
    names_s: float
    servers_s: float
    tenant_hosts_s: float
    connection_s: float
    tunnel_s: float
    script_s: float
    encryption_s: float
    answer_s: float
    sign_in_s: float
    call_s: float
    calls_s: float
    registration_s: float
    slow_ms: int
    answer_bytes: int


class Method(StrEnum):
    """How an endpoint is asked."""

    GET = "GET"
    POST = "POST"


@dataclass(frozen=True)
class Endpoint:
    """One address to walk to; `base` is a field of Cloud or of TenantHosts."""

    id: str
    base: str
    method: Method
    path: str
    expects: Expects
    services: tuple[Workload, ...]  # of a backup that need it; empty: every backup does
    source: str
    date: str
    confidence: Confidence

    @property
    def is_of_tenant(self) -> bool:
        """Whether each tenant has a host of its own for it."""
        return self.base in TENANT_BASES

    def is_needed(self, chosen: tuple[Workload, ...]) -> bool:
        """Whether a backup of these services goes there."""
        return not self.services or bool(set(self.services) & set(chosen))


@dataclass(frozen=True)
class Scale:
    """Microsoft's points for a value: the value of each step, best first, and its points."""

    unit: str
    steps: tuple[tuple[float, int], ...]
    source: str
    date: str

    def points(self, value: float) -> int:
        """The points of a value, between two steps in proportion."""
        ordered = sorted(self.steps)
        if value <= ordered[0][0]:
            return ordered[0][1]
        for (low, before), (high, after) in pairwise(ordered):
            if value <= high:
                return round(before + (after - before) * (value - low) / (high - low))
        return ordered[-1][1]

    def limit(self, points: int) -> float:
        """The value that has as many points as one of the steps."""
        return next(value for value, given in self.steps if given == points)


@dataclass(frozen=True)
class ScaleWords:
    """From how many points on a connection has which name."""

    good: int
    acceptable: int
    doubtful: int
    source: str
    date: str

    def word(self, points: int) -> str:
        """The id of the name."""
        named = ((self.good, "good"), (self.acceptable, "acceptable"), (self.doubtful, "doubtful"))
        return next((word for least, word in named if points >= least), POOR)


@dataclass(frozen=True)
class Download:
    """What is downloaded to measure the rate, and how much of it."""

    base: str
    path: str
    enough_bytes: int
    least_bytes: int
    seconds: float
    slow_mb_s: float
    source: str
    date: str


@dataclass(frozen=True)
class TrustCodes:
    """Numbers of a failed certificate check that mean the same."""

    codes: tuple[int, ...]
    reading: TrustFailure


@dataclass(frozen=True)
class NetworkData:
    """All of the file."""

    first_domain: str
    limits: Limits
    endpoints: tuple[Endpoint, ...]
    latency_scale: Scale
    download_scale: Scale
    scale_words: ScaleWords
    download: Download
    trust_codes: tuple[TrustCodes, ...]

    def endpoint(self, wanted: str) -> Endpoint:
        """An endpoint by its id."""
        return next(endpoint for endpoint in self.endpoints if endpoint.id == wanted)

    def trust_failure(self, code: int) -> TrustFailure:
        """What a number of a failed certificate check means."""
        known = (entry.reading for entry in self.trust_codes if code in entry.codes)
        return next(known, TrustFailure.OTHER)


@cache
def load() -> NetworkData:
    """Read and check the shipped file."""
    return codec.from_plain(resources.read_toml("graph", "network.toml"), NetworkData)
