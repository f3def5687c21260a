# SPDX-License-Identifier: MIT
"""Do environment variables change whom other programs trust, here or where the service starts?

Of programs that use OpenSSL or Python, neither this one nor Java heeds them: a test by hand then
answers another question than the Transporter's connections do. Java's own options variables do
count, when they name another list of authorities.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from wizard.checks.base import Check, Context, could_not_check, ok, warning
from wizard.checks.not_reached import distinct
from wizard.errors import CannotCheck
from wizard.graph import public_roots
from wizard.host import java_launcher
from wizard.host.base import JavaOptions, ServiceVariable
from wizard.host.shown import MASK
from wizard.model import CauseId, Evidence, Finding, Sensitivity, Value
from wizard.nakivo import java, java_properties, services, trust_store
from wizard.product import Product

NAMES = ("SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
_SOURCE = "wizard"


@dataclass(frozen=True)
class Variable:
    """One that is set; of Java's options only the words about trust, without passwords."""

    name: str
    value: str
    source: str
    in_use: bool = False  # the running Java has it, too


@dataclass(frozen=True)
class OfService:
    """What the Transporter's service is given; `unseen` is the text id of why that isn't known."""

    name: str
    variables: tuple[Variable, ...] = ()
    java: tuple[Variable, ...] = ()
    unseen: str = ""
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True)
class TrustVariables:
    """All that are set; no service where there is none."""

    variables: tuple[Variable, ...]
    service: OfService | None = None


def observe(context: Context) -> TrustVariables:
    """Look into the environment that this program was started with, and into the service's."""
    given = context.host.environment()
    own = (Variable(name, given[name], f"environment {name}") for name in NAMES if given.get(name))
    return TrustVariables(tuple(own), _of_service(context))


def _of_service(context: Context) -> OfService | None:
    try:
        service = services.transporter(context.host, context.product)
    except CannotCheck as error:
        return OfService("", unseen=error.text, values=error.values)
    if service is None:
        return None
    options = tuple(one.name for one in java_launcher.load().variables)
    try:
        given = context.host.service_variables(service, (*NAMES, *options))
    except CannotCheck as error:
        return OfService(service.name, unseen=error.text, values=error.values)
    counting = {one.name: one for one in reversed(given)}
    running = _running(context)
    of_java = (_of_java(counting[name], running) for name in options if name in counting)
    return OfService(
        service.name,
        tuple(_plain(counting[name]) for name in NAMES if name in counting),
        tuple(one for one in of_java if one.value),
    )


def _running(context: Context) -> tuple[JavaOptions, ...]:
    """The options variables of the youngest Java Transporter, as far as they can be seen."""
    try:
        found = java.find(context.host, context.product, context.installation())
    except CannotCheck:
        return ()
    youngest = max(found, key=java.start, default=None)
    return (youngest.java_options or ()) if youngest else ()


def _plain(one: ServiceVariable) -> Variable:
    return Variable(one.name, one.value, one.source)


def _of_java(one: ServiceVariable, running: Sequence[JavaOptions]) -> Variable:
    in_use = JavaOptions(one.name, one.value) in running
    return Variable(one.name, " ".join(_about_trust(one.value)), one.source, in_use)


def _about_trust(text: str) -> Iterator[str]:
    """The words that name a list of authorities, and files that may hold such words."""
    words = java_launcher.split_variable(text)
    for word in (text,) if words is None else words:
        if java_launcher.reads_a_file(word):
            yield word
        elif java_properties.is_property(word, trust_store.PASSWORD):
            yield f"{word.partition('=')[0]}={MASK}"
        elif any(java_properties.is_property(word, name) for name in trust_store.PROPERTIES):
            yield word


def judge(seen: TrustVariables, _product: Product) -> Finding:
    """What will change Java's trust first, then what misleads others, then what isn't known."""
    told = (
        _of_next_start(seen)
        or _foreign(seen)
        or _unseen(seen)
        or _in_use(seen)
        or _of_system(seen)
        or _none(seen)
    )
    return Finding(told.outcome, told.text, told.values, tuple(_evidence(seen)), source=_SOURCE)


def _of_next_start(seen: TrustVariables) -> Finding | None:
    coming = [one for one in seen.service.java if not one.in_use] if seen.service else []
    if not coming:
        return None
    return warning("check.trust_variables.java_next", values=_values(coming, seen))


def _foreign(seen: TrustVariables) -> Finding | None:
    """None of them touches the backup, so there is never a problem in them."""
    own = [one for one in seen.variables if not _is_systems(one)]
    if own:
        return warning("check.trust_variables.set", values=_values(own, seen))
    given = seen.service.variables if seen.service else ()
    of_service = [one for one in given if not _is_systems(one)]
    if of_service:
        return warning("check.trust_variables.service", values=_values(of_service, seen))
    return None


def _unseen(seen: TrustVariables) -> Finding | None:
    if seen.service is None or not seen.service.unseen:
        return None
    return could_not_check(seen.service.unseen, values=seen.service.values)


def _in_use(seen: TrustVariables) -> Finding | None:
    """What that list holds is told by another check."""
    used = seen.service.java if seen.service else ()
    return ok("check.trust_variables.java_in_use", values=_values(used, seen)) if used else None


def _of_system(seen: TrustVariables) -> Finding | None:
    of_service = seen.service.variables if seen.service else ()
    named = (*seen.variables, *of_service)
    return ok("check.trust_variables.system", values=_values(named, seen)) if named else None


def _none(seen: TrustVariables) -> Finding:
    word = "none" if seen.service else "none_without_service"
    return ok(f"check.trust_variables.{word}", values=_values((), seen))


def _values(named: Sequence[Variable], seen: TrustVariables) -> dict[str, Value]:
    names = dict.fromkeys(one.name for one in named)
    service = seen.service.name if seen.service else ""
    words = distinct(one.value for one in named)
    return {"names": distinct(names), "count": len(names), "service": service, "words": words}


def _is_systems(one: Variable) -> bool:
    return one.value.rstrip("/") in public_roots.load().system_lists


def _evidence(seen: TrustVariables) -> Iterator[Evidence]:
    of_service = (*seen.service.variables, *seen.service.java) if seen.service else ()
    for one in (*seen.variables, *of_service):
        yield Evidence("trust_variable", one.value, "", one.source, Sensitivity.HOST)


CHECK = Check(
    "trust_variables",
    CauseId.CONNECTIVITY,
    frozenset(),
    10.0,
    TrustVariables,
    observe,
    judge,
)
