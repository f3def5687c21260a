# SPDX-License-Identifier: MIT
"""Do encrypted connections come about, and who made the certificates that are shown?

This computer's view and that of the public authorities. What the Transporter's Java says, which
has a list of its own, is the check java_trust; it decides how much an unknown authority matters.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from wizard.checks import tls_evidence
from wizard.checks.base import Check, Context, Need, ok, problem, warning
from wizard.checks.not_reached import distinct, not_reached
from wizard.errors import CannotCheck
from wizard.graph import trust, words
from wizard.graph.addresses import with_port
from wizard.graph.encryption import Encryption, View
from wizard.graph.java_trust import JAVA
from wizard.graph.network_data import TrustFailure
from wizard.graph.network_path import Layer, NetworkPath
from wizard.model import CauseId, Evidence, Finding, Value
from wizard.product import Product

# What only says that an authority isn't in this computer's list.
_UNKNOWN_HERE = (
    TrustFailure.UNTRUSTED_ISSUER,
    TrustFailure.INCOMPLETE_CHAIN,
    TrustFailure.UNTRACED,
)
_DATED = (TrustFailure.EXPIRED, TrustFailure.NOT_YET_VALID)


@dataclass(frozen=True)
class Handshake:
    """The handshake of one endpoint; None where a layer before it broke.

    `java` says whether the Transporter's Java believes the chain; None where that isn't known.
    """

    endpoint: str
    host: str
    port: int
    encryption: Encryption | None
    broken: Layer | None
    java: bool | None = None
    own_cloud: bool = False

    @property
    def has_own_authority(self) -> bool:
        """Whether an own cloud's authority, given for it by --ca-file, made the certificates."""
        given = self.encryption is not None and self.encryption.believes(trust.FILE)
        return self.own_cloud and given and not self.failure and not self.is_public

    @property
    def may_be_own(self) -> bool:
        """Whether an own cloud's authority isn't known, so that a stranger may be just that."""
        given = self.encryption is not None and self.encryption.view(trust.FILE) is not None
        return self.own_cloud and not given

    @property
    def is_inspected(self) -> bool:
        """Whether somebody made the certificates who is neither public nor the own cloud's."""
        inspected = self.encryption is not None and self.encryption.inspected
        return inspected and not self.may_be_own

    @property
    def failure(self) -> TrustFailure | None:
        """Why no trusted encryption came about, where one was tried."""
        return self.encryption.failure if self.encryption else None

    @property
    def public(self) -> View | None:
        """What public authorities say of the chain, where one was sent."""
        return self.encryption.view(trust.PUBLIC) if self.encryption else None

    @property
    def is_public(self) -> bool:
        """Whether the chain leads to a public authority."""
        return self.public is not None and self.public.failure is None


@dataclass(frozen=True)
class Handshakes:
    """All endpoints."""

    handshakes: tuple[Handshake, ...]


def observe(context: Context) -> Handshakes:
    """Take the handshakes from the shared walk."""
    paths = context.network(Layer.ENCRYPTION)
    believed = _believed_by_java(context)
    own = context.cloud().cloud.is_own
    return Handshakes(tuple(_handshake(path, believed.get(path.endpoint), own) for path in paths))


def _believed_by_java(context: Context) -> dict[str, bool]:
    """By endpoint; nothing where Java's word on this chain isn't known, as its check then tells."""
    try:
        seen = context.java_trust()
    except CannotCheck:
        return {}
    return {
        one.endpoint: one.failure(JAVA) is None
        for one in seen.endpoints
        if one.views and not one.differs and one.failure(JAVA) is not TrustFailure.UNDECIDED
    }


def _handshake(path: NetworkPath, java: bool | None, own_cloud: bool) -> Handshake:
    broken = path.broken_by(Layer.ENCRYPTION)
    place = (path.endpoint, path.host, path.port)
    return Handshake(*place, path.encryption, broken, java, own_cloud)


def judge(seen: Handshakes, _product: Product) -> Finding:
    """A certificate that isn't trusted here may still be trusted by the Transporter: not proof."""
    evidence = tuple(_evidence(seen.handshakes))
    missed = [one for one in seen.handshakes if one.encryption is None]
    told = _failed(seen.handshakes)
    if told is None and missed:
        return not_reached(missed, evidence=evidence, source="wizard")
    told = told or _foreign(seen) or _by_file(seen) or _fine(seen)
    return replace(told, evidence=evidence, source="wizard")


def _failed(handshakes: Sequence[Handshake]) -> Finding | None:
    """No trusted encryption here; how bad that is depends on the Transporter's Java."""
    failed = [one for one in handshakes if one.failure]
    worst = [one for one in failed if not _is_only_here(one)] or failed
    if not worst:
        return None
    word = _failed_word(worst[0])
    same = [one for one in worst if _failed_word(one) == word]
    values = _values(same)
    if all(_is_only_here(one) for one in worst):
        return warning(f"check.tls.{_only_here_word(worst)}", values=values)
    if same[0].failure is TrustFailure.UNTRUSTED_ISSUER and all(one.is_public for one in same):
        return problem("check.tls.public_unknown_here", values=values)
    if same[0].failure is TrustFailure.UNTRUSTED_ISSUER and all(one.java is False for one in same):
        return problem("check.tls.untrusted_everywhere", values=values)
    return problem(f"check.tls.{word}", values=values)


def _only_here_word(worst: Sequence[Handshake]) -> str:
    if worst[0].failure is TrustFailure.EXPIRED:
        return "authority_expired_only_here"
    if all(one.is_inspected for one in worst):
        return "inspected_only_here"
    return "unknown_only_here"


def _is_only_here(one: Handshake) -> bool:
    """Whether Java believes what this computer doesn't: it has a list of its own.

    Of an authority in its list it doesn't ask whether it has expired.
    """
    is_above = one.failure is TrustFailure.EXPIRED and _failed_word(one) != one.failure
    return bool(one.java) and (is_above or one.failure in _UNKNOWN_HERE)


def _failed_word(one: Handshake) -> str:
    """Of certificates that aren't valid now, whose it is: the server's own or one above it."""
    seen = one.encryption
    failure = str(one.failure)
    if seen is None or not seen.chain or one.failure not in _DATED:
        return failure
    if seen.not_valid_now is None:
        return f"{failure}-unsent"
    if seen.not_valid_now == seen.chain[0]:
        return failure
    return f"{failure}-inspecting" if seen.inspected else f"{failure}-above"


def _fine(seen: Handshakes) -> Finding:
    own = [one for one in seen.handshakes if one.has_own_authority]
    if own:
        return ok("check.tls.own_authority", values=_values(own))
    word = "trusted" if all(one.is_public for one in seen.handshakes) else "trusted_here"
    return ok(f"check.tls.{word}", values={"count": len(seen.handshakes)})


def _by_file(seen: Handshakes) -> Finding | None:
    """Somebody made this program believe what this computer doesn't."""
    strangers = [one for one in seen.handshakes if not one.has_own_authority]
    same = [one for one in strangers if one.encryption and one.encryption.only_by_file]
    return warning("check.tls.only_by_file", values=_values(same)) if same else None


def _foreign(seen: Handshakes) -> Finding | None:
    """Trusted here, and yet not made by a public authority, or not whole."""
    strangers = [one for one in seen.handshakes if not one.has_own_authority]
    for kind in _UNKNOWN_HERE:
        same = [one for one in strangers if one.public and one.public.failure is kind]
        if same:
            return warning(f"check.tls.{_foreign_word(kind, same, seen)}", values=_values(same))
    return None


def _foreign_word(kind: TrustFailure, same: Sequence[Handshake], seen: Handshakes) -> str:
    if kind is TrustFailure.INCOMPLETE_CHAIN:
        return "link_missing"
    if kind is TrustFailure.UNTRACED:
        return "not_traced"
    if same[0].may_be_own:
        return "own_cloud"
    if not _is_everywhere(same, seen):
        return "inspected_likely"
    if any(one.java is None for one in same):
        return "inspected"
    return "inspected_accepted" if all(one.java for one in same) else "inspected_refused"


def _is_everywhere(same: Sequence[Handshake], seen: Handshakes) -> bool:
    """Only one authority for all of Microsoft's hosts shows that something opens them all."""
    authorities = {_authority(one.encryption) for one in same if one.encryption}
    places = {(one.host, one.port) for one in seen.handshakes}
    shown = {(one.host, one.port) for one in same}
    return len(authorities) == 1 and len(places) > 1 and shown == places


def _values(same: Sequence[Handshake]) -> dict[str, Value]:
    encryption = same[0].encryption
    if encryption is None:
        return {}
    leaf = encryption.chain[0] if encryption.chain else None
    dated = encryption.not_valid_now or leaf
    public = encryption.view(trust.PUBLIC)
    return {
        "hosts": distinct(one.host for one in same),
        "count": len({one.host for one in same}),
        "issuer": _authority(encryption),
        "link": public.detail if public else "-",
        "names": ", ".join(leaf.names) or leaf.subject if leaf else "-",
        "dated": dated.subject if dated else "-",
        "from_day": dated.not_before.date().isoformat() if dated else "-",
        "to_day": dated.not_after.date().isoformat() if dated else "-",
        "detail": _detail(encryption),
        "here": words.load().trusting[_trusting(encryption)],
    }


def _detail(encryption: Encryption) -> str:
    """Why it failed, in words: where the system has none, what kind of failure it was."""
    known = words.load()
    told = known.no_answer_in(encryption.detail)
    return told or words.told(known.encryption, encryption.failure or TrustFailure.OTHER)


def _trusting(encryption: Encryption) -> str:
    return "only-file" if encryption.only_by_file else "computer"


def _authority(encryption: Encryption) -> str:
    """Who stands at the top of what was sent, or who made it."""
    top = encryption.top or next(reversed(encryption.chain), None)
    return top.issuer if top else "-"


def _evidence(handshakes: Sequence[Handshake]) -> Iterator[Evidence]:
    for one in handshakes:
        if one.encryption:
            yield from tls_evidence.rows(one.encryption, with_port(one.host, one.port))


CHECK = Check(
    "tls", CauseId.CONNECTIVITY, frozenset({Need.NETWORK}), 20.0, Handshakes, observe, judge
)
