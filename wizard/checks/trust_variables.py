# SPDX-License-Identifier: MIT
"""Do environment variables change what other programs here trust? Ours and Java don't heed them.

Worth knowing because a test by hand, with curl or a script, then answers another question than the
Transporter's connections do.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from wizard.checks.base import Check, Context, ok, warning
from wizard.checks.not_reached import distinct
from wizard.graph import public_roots
from wizard.model import CauseId, Evidence, Finding, Sensitivity
from wizard.product import Product

NAMES = ("SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")


@dataclass(frozen=True)
class Variable:
    """One that is set, as it is written."""

    name: str
    value: str


@dataclass(frozen=True)
class TrustVariables:
    """All that are set."""

    variables: tuple[Variable, ...]


def observe(context: Context) -> TrustVariables:
    """Look into the environment that this program was started with."""
    given = context.host.environment()
    return TrustVariables(tuple(Variable(name, given[name]) for name in NAMES if given.get(name)))


def judge(seen: TrustVariables, _product: Product) -> Finding:
    """None of them touches the backup, so there is never a problem in them."""
    evidence = tuple(_evidence(seen))
    if not seen.variables:
        return ok("check.trust_variables.none", source="wizard")
    foreign = [one for one in seen.variables if one.value.rstrip("/") not in _system_lists()]
    names = [one.name for one in foreign or seen.variables]
    values = {"names": distinct(names), "count": len(names)}
    if not foreign:
        return ok("check.trust_variables.system", values=values, evidence=evidence, source="wizard")
    return warning("check.trust_variables.set", values=values, evidence=evidence, source="wizard")


def _system_lists() -> tuple[str, ...]:
    return public_roots.load().system_lists


def _evidence(seen: TrustVariables) -> Iterator[Evidence]:
    for one in seen.variables:
        source = f"environment {one.name}"
        yield Evidence("trust_variable", one.value, "", source, Sensitivity.HOST)


CHECK = Check(
    "trust_variables",
    CauseId.CONNECTIVITY,
    frozenset(),
    5.0,
    TrustVariables,
    observe,
    judge,
)
