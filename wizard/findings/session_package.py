# SPDX-License-Identifier: MIT
"""The findings package of a session, with everything that the session knows must not leave."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import unquote, urlsplit

from wizard.errors import CannotCheck
from wizard.findings import package
from wizard.findings.manifest import Entry
from wizard.findings.redact import Known, Masking
from wizard.model import Diagnosis
from wizard.secret_patterns import is_secret_key
from wizard.session import Session

_USERS = ("USERNAME", "USER", "LOGNAME", "SUDO_USER")
_HOSTS = ("COMPUTERNAME", "HOSTNAME")
_DOMAINS = ("USERDOMAIN", "USERDNSDOMAIN")


def plan(
    session: Session, diagnosis: Diagnosis, masking: Masking | None = None
) -> tuple[Entry, ...]:
    """Every entry of the session's package."""
    return package.plan(
        diagnosis,
        session.product,
        session.texts,
        masking=masking,
        known=known(session),
        change=session.plan,
        receipts=session.receipts,
    )


def known(session: Session) -> Known:
    """Secrets and names that this run holds; hand it to `write` too."""
    try:
        environment = session.host.environment()
    except CannotCheck:
        environment = {}  # then nothing of it can be in the diagnosis either
    return Known(
        secrets=(*session.known_secrets(), *_secrets(environment)),
        hosts=(session.host.facts().name, *_named(environment, _HOSTS), *_changed_on(session)),
        users=_named(environment, _USERS),
        domains=(*_named(environment, _DOMAINS), *_tenant(session)),
    )


def _tenant(session: Session) -> tuple[str, ...]:
    """The tenant, where it was named by its domain; as an id it is told by its form."""
    tenant = session.scope.tenant_id or ""
    return (tenant,) if "." in tenant else ()


def _changed_on(session: Session) -> tuple[str, ...]:
    """Names in the receipts: a sample server's file is changed on a real computer."""
    return tuple(receipt.host for receipt in session.receipts)


def _named(environment: Mapping[str, str], names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(environment[name] for name in names if environment.get(name))


def _secrets(environment: Mapping[str, str]) -> Iterator[str]:
    """Values of variables whose name says secret, and passwords in proxy addresses."""
    for name, value in environment.items():
        if is_secret_key(name) and value:
            yield value
        elif "://" in value and "@" in value:
            yield from _password(value)


def _password(address: str) -> Iterator[str]:
    try:
        password = urlsplit(address).password
    except ValueError:
        return
    if password:
        yield from dict.fromkeys((password, unquote(password)))
