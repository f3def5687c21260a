# SPDX-License-Identifier: MIT
"""The vocabulary: what a diagnosis, a finding, a plan and an event are. Standard library only.

Everything here is frozen. Sentences are held as ids of resources/texts/ with values, so that the
window, the text face, the report and a translation share one wording.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

Value = str | int | float | bool


class Outcome(StrEnum):
    """What a check found. 'Could not check' is never a kind of ok."""

    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"
    NOT_APPLICABLE = "not-applicable"
    COULD_NOT_CHECK = "could-not-check"
    TIMED_OUT = "timed-out"


class CauseId(StrEnum):
    """The seven causes, in the order of the vendor's article."""

    PERMISSIONS = "permissions"
    CONNECTIVITY = "connectivity"
    TEMP_FOLDER = "temp-folder"
    ANTIVIRUS = "antivirus"
    MEMORY = "memory"
    GRAPH_FORBIDDEN = "graph-forbidden"
    OTHER = "other"


class Status(StrEnum):
    """What is known of one cause, or of the whole diagnosis."""

    PROBLEM = "problem"
    WARNING = "warning"
    UNKNOWN = "unknown"
    OK = "ok"
    SKIPPED = "not-checked"  # on request: --offline, --cause


# Findings of checks that were left out because the person asked for it.
LEFT_OUT = ("engine.offline", "engine.not_asked")


class Sensitivity(StrEnum):
    """How much a value tells about its owner; decides what a package masks."""

    PUBLIC = "public"
    HOST = "host"
    IDENTITY = "identity"


class Workload(StrEnum):
    """The Microsoft 365 services that NAKIVO backs up."""

    EXCHANGE = "exchange"
    GROUPS = "groups"
    ONEDRIVE = "onedrive"
    SHAREPOINT = "sharepoint"
    TEAMS = "teams"


class Secret:
    """A value that lives in memory only and never shows itself."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """The value, for the one call that needs it."""
        return self._value

    def __repr__(self) -> str:
        return "***"

    def __reduce__(self) -> str | tuple[Any, ...]:
        raise TypeError("a secret is not stored")


@dataclass(frozen=True)
class Scope:
    """What the person told us: where to look and what fails. Holds no secret."""

    install_dir: str | None = None
    log_paths: tuple[str, ...] = ()
    causes: tuple[CauseId, ...] = ()  # empty: all
    cloud: str | None = None  # id of a known cloud or path of a cloud file; None: the tenant's own
    tenant_id: str | None = None
    sharepoint_host: str | None = None  # of the tenant, such as contoso.sharepoint.com
    client_id: str | None = None
    certificate: str | None = None  # path of a PEM or PFX file
    workloads: tuple[Workload, ...] = tuple(Workload)
    proxy: str | None = None
    ca_file: str | None = None
    offline: bool = False
    timeout_s: float | None = None  # per check; None: each check's own deadline
    arguments_file: str | None = None  # a text file that holds the argument string
    largest_items_gb: tuple[float, ...] = ()  # sizes of the largest mailboxes, drives and sites
    repositories: tuple[str, ...] = ()  # folders of backup repositories, as the person names them
    failed_at: str | None = None  # when the job failed, a day or a moment by the local clock
    measure_speed: bool = False  # write a file to the temporary folder and time it


@dataclass(frozen=True)
class Credentials:
    """Secrets from the environment or a prompt; kept apart from Scope, never stored."""

    client_secret: Secret | None = None
    certificate_password: Secret | None = None


@dataclass(frozen=True)
class Source:
    """Where a fact or an advice comes from. `date` is that of the page, ISO.

    Where a page shows no date, it is the day the page was read, and `date_is_of_reading` says so.
    """

    title: str
    url: str
    date: str
    date_is_of_reading: bool = False


@dataclass(frozen=True)
class Evidence:
    """One shown value. `label` is an id under [label]; `source` a path, command, call or log."""

    label: str
    value: Value | None
    unit: str = ""
    source: str = ""
    sensitivity: Sensitivity = Sensitivity.PUBLIC


@dataclass(frozen=True)
class Finding:
    """What one check says: `text` is an id with a `summary` and, where useful, `advice`.

    `around` is the id of a text that the summary stands in, as `told`, and whose advice follows.
    `decisive` marks hard evidence: measured now against a published limit, or in the newest run of
    the logs. `source` is a key of product.toml's [sources].
    """

    outcome: Outcome
    text: str
    values: Mapping[str, Value] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
    fixes: tuple[str, ...] = ()
    decisive: bool = False
    source: str = "article"
    around: str = ""


@dataclass(frozen=True)
class CheckResult:
    """One row of a diagnosis. `observation` is the recorded one as plain JSON, or None."""

    check: str
    cause: CauseId
    finding: Finding
    observed: datetime
    duration_s: float
    observation: Any = None


@dataclass(frozen=True)
class Verdict:
    """What the findings mean for one cause.

    `because` is a text id; `check` is the check whose finding weighed most, `values` its counts.
    """

    cause: CauseId
    status: Status
    rank: int
    because: str
    check: str | None = None
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True)
class HostFacts:
    """The computer in a few words. `sample` names the scenario when this is no real server."""

    system: str  # "windows" or "linux"
    os: str
    name: str
    is_admin: bool
    sample: str | None = None


@dataclass(frozen=True)
class Diagnosis:
    """All that is known after a run; rows = checks registered, whatever happened to them."""

    program_version: str
    started: datetime
    finished: datetime
    host: HostFacts
    results: tuple[CheckResult, ...]
    verdicts: tuple[Verdict, ...]  # all seven, likeliest first
    cancelled: bool = False

    @property
    def status(self) -> Status:
        """The whole in one word: a problem outweighs an unknown, an unknown a warning."""
        found = {verdict.status for verdict in self.verdicts}
        order = (Status.PROBLEM, Status.UNKNOWN, Status.WARNING)
        return next((status for status in order if status in found), Status.OK)

    @property
    def likely_cause(self) -> CauseId | None:
        """The first cause with a problem or a warning, None when nothing was found."""
        first = self.verdicts[0] if self.verdicts else None
        return first.cause if first and first.status in (Status.PROBLEM, Status.WARNING) else None

    def of_cause(self, cause: CauseId) -> tuple[CheckResult, ...]:
        """The rows that belong to one cause."""
        return tuple(result for result in self.results if result.cause == cause)


@dataclass(frozen=True)
class CheckStarted:
    """A check has begun."""

    check: str


@dataclass(frozen=True)
class CheckFinished:
    """A check has its row; `waiting` are the checks still running."""

    result: CheckResult
    done: int
    total: int
    waiting: tuple[str, ...]


@dataclass(frozen=True)
class RunFinished:
    """The run is over; the diagnosis is complete or, after cancel, partial but usable."""

    diagnosis: Diagnosis


@dataclass(frozen=True)
class LogsRead:
    """So much of the logs was read by now."""

    bytes: int


Event = CheckStarted | CheckFinished | LogsRead | RunFinished
Emit = Callable[[Event], None]


def ignore(_event: Event) -> None:
    """The emit of somebody who doesn't watch."""
