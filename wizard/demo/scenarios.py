# SPDX-License-Identifier: MIT
"""The sample servers: what each one suffers from, as data for the sample host and the stand-in.

Sizes are GB in the meaning of product.toml, memory in MB. Each scenario differs from the healthy
one in what it names; `cause` is what the wizard must then name first.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from wizard.demo.behaviour import Behaviour, Challenge, GraphAnswer
from wizard.demo.sample_access import SampleAccess
from wizard.demo.sample_registration import SampleKey, SampleRegistration
from wizard.demo.sample_tenant import SampleTenant
from wizard.model import CauseId


@dataclass(frozen=True)
class Scenario:
    """One sample server."""

    id: str
    cause: CauseId | None
    temp_free_gb: float = 212.4  # on the system disk
    data_free_gb: float = 640.0  # on the second disk
    earlier_free_gb: tuple[tuple[float, float], ...] = ()  # hours ago, on the system disk
    moved_to: str | None = None  # -DtempPath, below the sample's folder
    memory_mb: int = 16384
    memory_available_mb: int = 9216
    transporter_running: bool = True
    excluded: bool = True  # the temporary folder, in the antivirus software
    readable: bool = True  # whether the computer answers at all
    proxy_wants_sign_in: bool = False
    microsoft365: Behaviour = field(default_factory=Behaviour)
    system_log: tuple[str, ...] = ()  # what the system itself logged meanwhile
    log: tuple[str, ...] = ()  # lines of last night's run; {item} is a file in the temporary folder


def _without(*roles: str) -> tuple[str, ...]:
    return tuple(role for role in SampleTenant.load().roles if role not in roles)


# Sites.FullControl.All is documented to do for the same requests.
_FILES = ("Files.ReadWrite.All", "Sites.FullControl.All")
_BLOCKED = GraphAnswer(
    403,
    "ErrorAccessDenied",
    "Access to OData is disabled: [RAOP] : Blocked by tenant configured AppOnly AccessPolicy "
    "settings.",
)
_LAPSED = GraphAnswer(
    401,
    "UnknownError",
    "AADSTS500014: The service principal for resource is disabled. This indicates that a "
    "subscription within the tenant has lapsed.",
)
_GRAPH = "https://graph.microsoft.com/v1.0"
_NO_SPACE = "ERROR java.io.FileNotFoundException: {item} (No space left on device)"
_NO_MEMORY = (
    'ERROR An internal error has occurred while backing up the "Sample" mailbox. '
    "Reason: Not enough available RAM to run operation"
)

_KILLED = (
    "kernel: Out of memory: Killed process 4242 (java) total-vm:5242880kB, anon-rss:3145728kB, "
    "file-rss:0kB, shmem-rss:0kB, UID:998 pgtables:8192kB oom_score_adj:0"
)
_SERVICE_FAILED = "systemd: nkv-bhsvc.service: Failed with result 'exit-code'."

_ALL = (
    Scenario("healthy", None),
    Scenario(
        "permission-missing",
        CauseId.PERMISSIONS,
        microsoft365=Behaviour(roles=_without(*_FILES)),
    ),
    Scenario("consent-missing", CauseId.PERMISSIONS, microsoft365=Behaviour(roles=None)),
    Scenario(
        "consent-pending",
        CauseId.PERMISSIONS,
        microsoft365=Behaviour(
            roles=_without(*_FILES),
            registration=SampleRegistration(requested=SampleTenant.load().roles),
        ),
    ),
    Scenario(
        "secret-ending",
        CauseId.PERMISSIONS,
        microsoft365=Behaviour(registration=SampleRegistration(secrets=(SampleKey(12.5),))),
    ),
    Scenario(
        "consent-new",
        CauseId.PERMISSIONS,
        microsoft365=Behaviour(
            registration=SampleRegistration(consent_hours_ago={"Files.ReadWrite.All": 0.5})
        ),
    ),
    Scenario("secret-expired", CauseId.PERMISSIONS, microsoft365=Behaviour(token_error=7000222)),
    Scenario(
        "conditional-access", CauseId.GRAPH_FORBIDDEN, microsoft365=Behaviour(token_error=53003)
    ),
    Scenario(
        "policy-challenge",
        CauseId.GRAPH_FORBIDDEN,
        microsoft365=Behaviour(challenge=Challenge.BLOCKED),
    ),
    Scenario(
        "graph-forbidden",
        CauseId.GRAPH_FORBIDDEN,
        microsoft365=Behaviour(graph_answers={"/mailFolders": _BLOCKED}),
        log=(
            f"DEBUG GET {_GRAPH}/users/1/drive 200 OK",
            f"ERROR MS Graph Forbidden: GET {_GRAPH}/users/1/mailFolders 403 "
            '{"error":{"code":"ErrorAccessDenied","message":"Access to OData is disabled.",'
            '"innerError":{"request-id":"6a1f4f0e-0b67-4a44-9a55-0f3d2b1c7e11"}}}',
        ),
    ),
    Scenario(
        "subscription-lapsed",
        CauseId.GRAPH_FORBIDDEN,
        microsoft365=Behaviour(
            graph_answers={"/mailFolders": _LAPSED},
            exchange=SampleAccess(token_error=500014),
        ),
    ),
    Scenario(
        "web-services-blocked",
        CauseId.GRAPH_FORBIDDEN,
        microsoft365=Behaviour(
            exchange=SampleAccess(
                ("full_access_as_app",), policy="EWS is disabled for this user or tenant"
            )
        ),
    ),
    Scenario(
        "sharepoint-secret",
        CauseId.PERMISSIONS,
        microsoft365=Behaviour(sharepoint=SampleAccess(("Sites.FullControl.All",))),
    ),
    Scenario("proxy-sign-in", CauseId.CONNECTIVITY, proxy_wants_sign_in=True),
    Scenario(
        "tls-inspection", CauseId.CONNECTIVITY, microsoft365=Behaviour(untrusted_authority=True)
    ),
    Scenario("dns-failure", CauseId.CONNECTIVITY, microsoft365=Behaviour(name_resolves=False)),
    Scenario("firewall", CauseId.CONNECTIVITY, microsoft365=Behaviour(listening=False)),
    Scenario("throttled", CauseId.GRAPH_FORBIDDEN, microsoft365=Behaviour(throttled=True)),
    Scenario(
        "temp-folder-full",
        CauseId.TEMP_FOLDER,
        temp_free_gb=3.1,
        earlier_free_gb=((25, 9.2), (9, 5.4), (3, 3.9)),
        log=(_NO_SPACE,),
    ),
    Scenario("temp-folder-moved", CauseId.TEMP_FOLDER, data_free_gb=2.4, moved_to="data/tmp"),
    Scenario("antivirus", CauseId.ANTIVIRUS, excluded=False),
    Scenario(
        "low-memory",
        CauseId.MEMORY,
        memory_mb=4096,
        memory_available_mb=700,
        system_log=(_KILLED,),
    ),
    Scenario(
        "service-stopped", CauseId.OTHER, transporter_running=False, system_log=(_SERVICE_FAILED,)
    ),
    Scenario("no-access", None, readable=False),
    Scenario(
        "several",
        CauseId.TEMP_FOLDER,
        temp_free_gb=3.1,
        memory_mb=4096,
        memory_available_mb=700,
        microsoft365=Behaviour(roles=_without("Notes.ReadWrite.All")),  # and no request is refused
        log=(_NO_SPACE, _NO_MEMORY),
    ),
)
SCENARIOS = {scenario.id: scenario for scenario in _ALL}
