# SPDX-License-Identifier: MIT
"""The secrets and certificates registered for an app: when they end, never what they are."""

from __future__ import annotations

import base64
import binascii
import re

from wizard.graph.app_registration import AppCredential
from wizard.graph.directory import Object, guid, moment, objects
from wizard.graph.sign_in_report import Credential
from wizard.model import Secret

THUMBPRINT = re.compile(r"[0-9A-Fa-f]{40}")
THUMBPRINT_BYTES = 20
CERTIFICATE_TYPES = ("AsymmetricX509Cert", "X509CertAndPassword")
VERIFIES = "Verify"  # what an app signs in with; other keys sign tokens for users


def of(application: Object, secret: Secret | None) -> tuple[AppCredential, ...]:
    """All of them; the secret that was given is marked where it can be told from the others."""
    secrets = objects(application, "passwordCredentials")
    ours = _ours(secrets, secret)
    return (
        *(_secret(told, is_ours=told is ours) for told in secrets),
        *(_certificate(told) for told in objects(application, "keyCredentials") if _signs_in(told)),
    )


def _ours(secrets: list[Object], secret: Secret | None) -> Object | None:
    """Microsoft tells how each secret begins; only one may begin as ours does."""
    if secret is None:
        return None
    alike = [told for told in secrets if _begins(told, secret)]
    return alike[0] if len(alike) == 1 else None


def _begins(told: Object, secret: Secret) -> bool:
    beginning = str(told.get("hint") or "")
    return bool(beginning) and secret.reveal().startswith(beginning)


def _secret(told: Object, *, is_ours: bool) -> AppCredential:
    """Named by its id: the beginning of the secret goes nowhere."""
    begins, ends = moment(told, "startDateTime"), moment(told, "endDateTime")
    return AppCredential(Credential.SECRET, begins, ends, guid(told, "keyId"), is_ours)


def _signs_in(told: Object) -> bool:
    return told.get("type") in CERTIFICATE_TYPES and told.get("usage") == VERIFIES


def _certificate(told: Object) -> AppCredential:
    begins, ends = moment(told, "startDateTime"), moment(told, "endDateTime")
    name = _thumbprint(str(told.get("customKeyIdentifier") or "")) or guid(told, "keyId")
    return AppCredential(Credential.CERTIFICATE, begins, ends, name)


def _thumbprint(identifier: str) -> str:
    """As the portal shows it; it comes in hexadecimal or as bytes, or is something else."""
    if THUMBPRINT.fullmatch(identifier):
        return identifier.upper()
    try:
        raw = base64.b64decode(identifier, validate=True)
    except (binascii.Error, ValueError):
        return ""
    return raw.hex().upper() if len(raw) == THUMBPRINT_BYTES else ""
