# SPDX-License-Identifier: MIT
"""Does the antivirus software leave the temporary folder in use alone?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from wizard.checks.base import Check, Context, could_not_check, ok, problem, warning
from wizard.host import exclusions
from wizard.host.antivirus import NO_INTERFACE
from wizard.host.base import Antivirus, Host
from wizard.host.exclusions import Cover
from wizard.model import CauseId, Evidence, Finding, Value
from wizard.product import Product

# From what one product means for the folder to a finding, the worst first; the rest is unknown.
_OUTCOMES = {
    "not_excluded": problem,
    "maybe_not_excluded": warning,
    "partly": warning,
    "excluded": ok,
}
_ORDER = ("not_excluded", "maybe_not_excluded", "partly", "unreadable", "no_interface", "excluded")


@dataclass(frozen=True)
class AntivirusUse:
    """The products and the folder they should leave alone."""

    folder: str
    assumed: bool  # the default, since nobody could see what is in use
    windows: bool
    products: tuple[Antivirus, ...]
    variables: dict[str, str]  # those that an exclusion mentions


def observe(context: Context) -> AntivirusUse:
    """List the products and their exclusions."""
    host = context.host
    found = context.temp_folder()
    products = host.antivirus()
    return AntivirusUse(
        folder=found.in_use,
        assumed=found.assumed,
        windows=host.facts().system == "windows",
        products=products,
        variables=_variables(host, products),
    )


def _variables(host: Host, products: Sequence[Antivirus]) -> dict[str, str]:
    mentioned = {
        name.lower()
        for product in products
        for exclusion in product.exclusions or ()
        for name in exclusions.variables_in(exclusion)
    }
    if not mentioned:
        return {}
    return {name: value for name, value in host.environment().items() if name.lower() in mentioned}


def judge(seen: AntivirusUse, _product: Product) -> Finding:
    """The worst of all products that may be watching."""
    evidence = tuple(_evidence(seen))
    watching = [product for product in seen.products if product.active is not False]
    if not watching:
        return _nothing_watches(seen, evidence)
    judged = [(*_judge_one(product, seen), product) for product in watching]
    text, exclusion, product = min(judged, key=lambda one: _ORDER.index(one[0]))
    values: dict[str, Value] = {
        "product": product.name,
        "folder": seen.folder,
        "exclusion": exclusion,
        "reason": product.reason,
    }
    return _finding(text, values, evidence, seen)


def _finding(
    text: str, values: dict[str, Value], evidence: tuple[Evidence, ...], seen: AntivirusUse
) -> Finding:
    if text == "excluded" and seen.assumed:
        text = "assumed"
    make = _OUTCOMES.get(text, could_not_check)
    return make(f"check.antivirus.{text}", values=values, evidence=evidence, source=_source(seen))


def _source(seen: AntivirusUse) -> str:
    """The article names a folder of Windows only; elsewhere an exclusion is our conclusion."""
    return "article" if seen.windows else "wizard"


def _nothing_watches(seen: AntivirusUse, evidence: tuple[Evidence, ...]) -> Finding:
    """Sure only where somebody said so: on Windows a product may be unknown to us."""
    values = {"folder": seen.folder}
    more: dict[str, Any] = {"evidence": evidence, "source": _source(seen)}
    if seen.products:
        names = ", ".join(product.name for product in seen.products)
        return ok(
            "check.antivirus.off",
            values={**values, "names": names, "count": len(seen.products)},
            **more,
        )
    if seen.windows:
        return could_not_check("check.antivirus.none_seen", values=values, **more)
    return ok("check.antivirus.none_known", values=values, **more)


def _judge_one(product: Antivirus, seen: AntivirusUse) -> tuple[str, str]:
    """What one product means for the folder, and the exclusion that says so."""
    if product.exclusions is None:
        return ("no_interface" if product.reason == NO_INTERFACE else "unreadable"), ""
    covers = {exclusion: _cover(exclusion, seen) for exclusion in product.exclusions}
    for wanted, text in ((Cover.FULL, "excluded"), (Cover.PARTIAL, "partly")):
        for exclusion, cover in covers.items():
            if cover is wanted:
                return text, exclusion
    return ("not_excluded" if product.active else "maybe_not_excluded"), ""


def _cover(exclusion: str, seen: AntivirusUse) -> Cover:
    return exclusions.cover(exclusion, seen.folder, windows=seen.windows, variables=seen.variables)


def _evidence(seen: AntivirusUse) -> Iterator[Evidence]:
    yield Evidence("temp_folder_assumed" if seen.assumed else "temp_folder", seen.folder)
    activity = {True: "antivirus_active", False: "antivirus_inactive", None: "antivirus_unclear"}
    for product in seen.products:
        yield Evidence(activity[product.active], product.name, source=product.source)
        for exclusion in product.exclusions or ():
            yield Evidence("antivirus_exclusion", exclusion, source=product.name)


CHECK = Check("antivirus", CauseId.ANTIVIRUS, frozenset(), 10.0, AntivirusUse, observe, judge)
