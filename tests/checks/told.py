# SPDX-License-Identifier: MIT
"""What every finding of a check must hold, whatever it says."""

from __future__ import annotations

import json
from typing import Any

from wizard import codec
from wizard import product as product_module
from wizard.checks.base import Check
from wizard.checks.context import make_context
from wizard.host.base import Host
from wizard.model import Credentials, Finding, Scope
from wizard.product import Product
from wizard.texts import Texts


def observed(
    check: Check[Any],
    host: Host,
    install_dir: str | None = None,
    *,
    scope: Scope | None = None,
    **more: Any,
) -> Any:
    """What a check observes on a host, once through JSON as a package keeps it."""
    asked = scope or Scope(install_dir=install_dir)
    context = make_context(host, product_module.load(), asked, Credentials(), **more)
    seen = check.observe(context)
    plain = json.loads(json.dumps(codec.to_plain(seen)))
    assert codec.from_plain(plain, check.observation) == seen
    return seen


def judged(check: Check[Any], host: Host, install_dir: str | None = None, **more: Any) -> Finding:
    """What a check says about a host; its sentences and labels exist and take its values."""
    product = product_module.load()
    finding = check.judge(observed(check, host, install_dir, **more), product)
    assert_told(finding, product)
    return finding


def assert_told(finding: Finding, product: Product) -> None:
    """Each sentence has its values and each piece of evidence its label."""
    texts = Texts.load("en")
    for sentence in (texts.summary(finding), *texts.advice(finding)):
        assert "{" not in sentence
    for evidence in finding.evidence:
        assert texts(f"label.{evidence.label}")
    assert finding.source in product.sources


def values_of(finding: Finding) -> dict[str, Any]:
    """Evidence by label, the last of each."""
    return {evidence.label: evidence.value for evidence in finding.evidence}
