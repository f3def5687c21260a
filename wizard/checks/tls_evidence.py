# SPDX-License-Identifier: MIT
"""The evidence of one handshake: what was agreed on, whose certificates were shown, who trusts."""

from __future__ import annotations

from collections.abc import Iterator

from wizard import codec
from wizard.graph import words
from wizard.graph.encryption import Encryption
from wizard.model import Evidence, Sensitivity


def rows(encryption: Encryption, place: str) -> Iterator[Evidence]:
    """All of a handshake with host:port."""
    source = f"TLS {place}"
    if encryption.failure:
        told = words.told(words.load().encryption, encryption.failure, encryption.detail)
        yield Evidence("tls_failure", told, "", source)
    else:
        yield Evidence("tls_version", encryption.version or "", "", source)
    yield from _chain(encryption, source)
    yield from _views(encryption, source)
    if encryption.ca_file:
        yield Evidence("tls_ca_file", encryption.ca_file, "", "--ca-file", Sensitivity.HOST)
    yield Evidence("tls_time", encryption.duration_ms, "ms", source)


def _views(encryption: Encryption, source: str) -> Iterator[Evidence]:
    """What each list of authorities says, side by side."""
    known = words.load()
    for view in encryption.views:
        told = (
            words.told(known.encryption, view.failure, view.detail)
            if view.failure
            else known.phrase.believed
        )
        yield Evidence(f"view_{view.store.replace('-', '_')}", told, "", source)
    if encryption.strict:
        yield Evidence("tls_strict", encryption.strict, "", source)


def _chain(encryption: Encryption, source: str) -> Iterator[Evidence]:
    over = encryption.not_valid_now
    if over:
        days = f"{over.not_before.date().isoformat()} - {over.not_after.date().isoformat()}"
        yield Evidence("certificate_not_valid", over.subject, "", source, Sensitivity.HOST)
        yield Evidence("certificate_days", days, "", source)
    for place, link in enumerate(encryption.chain):
        if place == 0:
            yield Evidence("certificate_of", link.subject, "", source, Sensitivity.HOST)
            valid_to = codec.to_rfc3339(link.not_after)
            yield Evidence("certificate_valid_to", valid_to, "", source)
        yield Evidence("certificate_issuer", link.issuer, "", source, Sensitivity.HOST)
