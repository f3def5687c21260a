# SPDX-License-Identifier: MIT
"""What the network team is asked about proxies, and about that of the Transporter's Java alone."""

from __future__ import annotations

from collections.abc import Sequence

from wizard import codec
from wizard.checks import proxy_views
from wizard.checks.proxy_views import ProxyViews
from wizard.checks.seen_ways import Way, Who
from wizard.errors import BadInput
from wizard.findings.station_words import WRONG_PASSWORD
from wizard.findings.stations import Path
from wizard.graph.names import NO_ANSWER, NameFailure
from wizard.graph.tunnel import NOT_HTTP
from wizard.model import CheckResult, Outcome

_BY_PROXY = {
    WRONG_PASSWORD: "proxy_password",
    "407": "proxy_sign_in",
    "502": "proxy_way_out",
    "503": "proxy_way_out",
    "504": "proxy_way_out",
    NOT_HTTP: "proxy_silent",
}
# A proxy whose name leads nowhere is set wrongly, which whoever runs the backups mends.
_MISNAMED = (NO_ANSWER, NameFailure.SERVER_FAILURE)

Asked = dict[tuple[str, str], list[Path]]  # by the id of the sentence and the proxy


def of_proxy(why: str) -> str:
    """The id of the sentence for what a proxy answered, or why it did not."""
    return _BY_PROXY.get(why, "proxy" if why.isdigit() else "proxy_silent")


def asked(paths: Sequence[Path], rows: Sequence[CheckResult]) -> Asked:
    """The places that Java's own way doesn't lead to, by what keeps it."""
    found: Asked = {}
    for way in _failed(rows):
        kind = _kind(way)
        for path in paths if kind else ():
            if (path.host, path.port) == (way.host, way.port):
                found.setdefault((kind, way.choice.address or ""), []).append(path)
    return found


def _failed(rows: Sequence[CheckResult]) -> tuple[Way, ...]:
    """Java's ways that end at its proxy; where none does, those that fail without one."""
    row = next((row for row in rows if row.check == proxy_views.CHECK.id), None)
    if row is None or row.finding.outcome is not Outcome.PROBLEM:
        return ()
    try:
        java = codec.from_plain(row.observation, ProxyViews).of(Who.JAVA)
    except BadInput:  # of another version
        return ()
    failed = tuple(way for way in (java.ways if java else ()) if way.failed)
    return tuple(way for way in failed if way.choice.address) or failed


def _kind(way: Way) -> str:
    if way.reach is None:
        return ""
    if not way.choice.address:
        return "without_proxy"
    is_misnamed = way.reach.detail.partition(": ")[0] in _MISNAMED
    return "" if is_misnamed else of_proxy(str(way.reach.status or way.reach.detail))
