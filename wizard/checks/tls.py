# SPDX-License-Identifier: MIT
"""Do encrypted connections come about, and does this computer trust the certificates shown?

Only this computer's view: the Transporter's Java has a trust store of its own, which may differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wizard import codec
from wizard.checks.base import Check, Context, Need, ok, problem
from wizard.checks.not_reached import distinct, not_reached
from wizard.graph import words
from wizard.graph.encryption import Encryption
from wizard.graph.network_path import Layer, NetworkPath
from wizard.model import CauseId, Evidence, Finding, Sensitivity
from wizard.product import Product


@dataclass(frozen=True)
class Handshake:
    """The handshake of one endpoint; None where a layer before it broke."""

    endpoint: str
    host: str
    port: int
    encryption: Encryption | None
    broken: Layer | None


@dataclass(frozen=True)
class Handshakes:
    """All endpoints."""

    handshakes: tuple[Handshake, ...]


def observe(context: Context) -> Handshakes:
    """Take the handshakes from the shared walk."""
    return Handshakes(tuple(_handshake(path) for path in context.network()))


def _handshake(path: NetworkPath) -> Handshake:
    return Handshake(path.endpoint, path.host, path.port, path.encryption, path.broken)


def judge(seen: Handshakes, _product: Product) -> Finding:
    """A certificate that isn't trusted here may still be trusted by the Transporter: not proof."""
    more = {"evidence": tuple(_evidence(seen.handshakes)), "source": "wizard"}
    failed = [one for one in seen.handshakes if one.encryption and one.encryption.failure]
    if failed and failed[0].encryption:
        kind = failed[0].encryption.failure
        same = [one for one in failed if one.encryption and one.encryption.failure == kind]
        return problem(f"check.tls.{kind}", values=_values(same, failed[0].encryption), **more)
    missed = [one for one in seen.handshakes if one.encryption is None]
    if missed:
        return not_reached(missed, **more)
    return ok("check.tls.trusted", values={"count": len(seen.handshakes)}, **more)


def _values(same: Sequence[Handshake], encryption: Encryption) -> dict[str, str | int]:
    leaf = encryption.chain[0] if encryption.chain else None
    last = encryption.chain[-1] if encryption.chain else None
    return {
        "hosts": distinct(one.host for one in same),
        "count": len({one.host for one in same}),
        "issuer": last.issuer if last else "-",
        "names": ", ".join(leaf.names) or leaf.subject if leaf else "-",
        "from_day": leaf.not_before.date().isoformat() if leaf else "-",
        "to_day": leaf.not_after.date().isoformat() if leaf else "-",
        "detail": encryption.detail,
    }


def _evidence(handshakes: Sequence[Handshake]) -> Iterator[Evidence]:
    for one in handshakes:
        if one.encryption is None:
            continue
        source = f"TLS {one.host}:{one.port}"
        if one.encryption.failure:
            known = words.load().encryption
            told = words.told(known, one.encryption.failure, one.encryption.detail)
            yield Evidence("tls_failure", told, "", source)
        else:
            yield Evidence("tls_version", one.encryption.version or "", "", source)
        yield from _chain(one.encryption, source)
        store = words.told(words.load().store, one.encryption.store)
        yield Evidence("tls_store", store, "", source)
        if one.encryption.ca_file:
            yield Evidence("tls_ca_file", one.encryption.ca_file, "", "--ca-file", Sensitivity.HOST)
        yield Evidence("tls_time", one.encryption.duration_ms, "ms", source)


def _chain(encryption: Encryption, source: str) -> Iterator[Evidence]:
    for place, link in enumerate(encryption.chain):
        if place == 0:
            yield Evidence("certificate_of", link.subject, "", source, Sensitivity.HOST)
            valid_to = codec.to_rfc3339(link.not_after)
            yield Evidence("certificate_valid_to", valid_to, "", source)
        yield Evidence("certificate_issuer", link.issuer, "", source, Sensitivity.HOST)


CHECK = Check(
    "tls", CauseId.CONNECTIVITY, frozenset({Need.NETWORK}), 20.0, Handshakes, observe, judge
)
