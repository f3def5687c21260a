# SPDX-License-Identifier: MIT
"""Whether this copy of the program is whole: its parts are there and work."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from wizard import codec, engine, product, resources, texts
from wizard.checks import CHECKS
from wizard.checks.context import make_context
from wizard.demo.awkward import AWKWARD
from wizard.demo.scenarios import SCENARIOS
from wizard.errors import WizardError
from wizard.findings import as_html, vendor_steps
from wizard.graph import (
    admin_requests,
    clouds,
    graph_errors,
    permissions,
    portal_links,
    probes,
    public_roots,
    sign_in_errors,
)
from wizard.host.recorded import RecordedHost
from wizard.model import CauseId, Credentials, HostFacts, Outcome, Scope
from wizard.nakivo import log_fixtures

Part = Callable[[], int]


class Failed(Exception):
    """A part isn't as it should be; the text says what."""


def attempt(part: Part) -> tuple[str, int]:
    """Why a part failed, empty when it didn't, and how many things it looked at."""
    try:
        return "", part()
    except (Failed, WizardError, OSError, KeyError, ValueError) as error:
        return f"{type(error).__name__}: {error}", 0


def _facts() -> int:
    known = product.load()
    for name, fact in vars(known.facts).items():
        if fact.source not in known.sources:
            raise Failed(f"{name} has no source")
    return len(vars(known.facts)) + len(known.causes) + len(vendor_steps.load().steps)


def _sentences() -> int:
    count = 0
    for language in texts.languages():
        told = texts.Texts.load(language)
        wanted = [f"check.{check.id}.title" for check in CHECKS]
        wanted += [f"cause.{cause}.title" for cause in CauseId]
        wanted += [f"scenario.{name}" for name in SCENARIOS]
        missing = [text for text in wanted if not told.has(text)]
        if missing:
            raise Failed(f"{language} lacks {', '.join(missing)}")
        count += len(wanted)
    return count


def _checks() -> int:
    ids = [check.id for check in CHECKS]
    if len(set(ids)) != len(ids) or {check.cause for check in CHECKS} != set(CauseId):
        raise Failed("a check stands twice, or a cause has none")
    return len(ids)


def _microsoft365() -> int:
    loaded = (clouds.known(), sign_in_errors.load(), graph_errors.load(), permissions.load())
    requests, links = admin_requests.load().requests, portal_links.load().pages
    roots = [one.certificate for one in public_roots.load().certificates]
    return len(loaded[0]) + len(probes.load().probes) + len(roots) + len(requests) + len(links)


def _log_signatures() -> int:
    return log_fixtures.check_all(product.load())


def _engine() -> int:
    """Checks that crash, hang and answer late must each end as they should."""
    facts = HostFacts("linux", "self test", "self-test", is_admin=False)
    recording: dict[str, Any] = {"facts": codec.to_plain(facts)}
    context = make_context(RecordedHost(recording), product.load(), Scope(), Credentials())
    diagnosis = engine.run(list(AWKWARD), context)
    wanted = {check.id: outcome for check, outcome in AWKWARD.items()}
    got: dict[str, Outcome] = {row.check: row.finding.outcome for row in diagnosis.results}
    if got != wanted:
        raise Failed(f"{got} instead of {wanted}")
    return len(got)


def _report() -> int:
    templates = [path for path in resources.path().rglob("*.jinja") if path.is_file()]
    for template in templates:
        as_html.compile_template(Path(template))
    return len(templates)


PARTS: dict[str, Part] = {
    "facts and causes": _facts,
    "sentences": _sentences,
    "checks": _checks,
    "Microsoft 365 data": _microsoft365,
    "log signatures": _log_signatures,
    "engine": _engine,
    "report": _report,
}
