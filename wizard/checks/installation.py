# SPDX-License-Identifier: MIT
"""Where is the product on this computer, and in which version?"""

from __future__ import annotations

from collections.abc import Iterator

from wizard.checks.base import Check, Context, ok, warning
from wizard.model import CauseId, Evidence, Finding
from wizard.nakivo.installation import Installation
from wizard.product import Product


def observe(context: Context) -> Installation:
    """The installation itself; that there is none is a CannotCheck."""
    return context.installation()


def judge(found: Installation, product: Product) -> Finding:
    """A version known to be unsafe outweighs the doubt which of several is meant."""
    safe = product.facts.safe_version
    evidence = tuple(_evidence(found))
    values = {
        "folder": found.folder,
        "version": found.version or "",
        "safe": safe.value,
        "others": ", ".join(found.others),
        "count": len(found.others),
    }
    if found.version is not None and _is_below(found.version, safe.value):
        text = "check.installation.unsafe_version"
        return warning(text, values=values, evidence=evidence, source=safe.source)
    if found.others:
        text = "check.installation.several"
        return warning(text, values=values, evidence=evidence, source="wizard")
    known = "found" if found.version is not None else "found_without_version"
    return ok(f"check.installation.{known}", values=values, evidence=evidence, source="wizard")


def _is_below(version: str, limit: str) -> bool:
    """Compare by numbers; a version that isn't made of numbers is not judged."""
    try:
        return _numbers(version) < _numbers(limit)
    except ValueError:
        return False


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def _evidence(found: Installation) -> Iterator[Evidence]:
    yield Evidence("install_folder", found.folder, source=found.found_by)
    if found.version is None:
        yield Evidence("product_version_unread", found.folder, source=found.found_by)
    else:
        yield Evidence("product_version", found.version, source="uninstall entry")
    yield Evidence("has_director", "yes" if found.has_director else "no", source=found.folder)
    for other in found.others:
        yield Evidence("other_installation", other)


CHECK = Check("installation", CauseId.OTHER, frozenset(), 10.0, Installation, observe, judge)
