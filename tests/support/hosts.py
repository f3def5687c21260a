# SPDX-License-Identifier: MIT
"""A computer that says only what it is, and a context around it."""

from __future__ import annotations

from typing import Any

from wizard import codec
from wizard import product as product_module
from wizard.checks.base import Context
from wizard.checks.context import make_context
from wizard.host.recorded import RecordedHost
from wizard.model import Credentials, HostFacts, Scope


def bare_host() -> RecordedHost:
    """Knows its name; every other question could not be checked."""
    facts = HostFacts("linux", "Debian GNU/Linux 12", "backup01", is_admin=False)
    recording: dict[str, Any] = {"facts": codec.to_plain(facts)}
    return RecordedHost(recording)


def bare_context(scope: Scope | None = None) -> Context:
    """A context in which nothing can be looked at."""
    return make_context(bare_host(), product_module.load(), scope or Scope(), Credentials())
