# SPDX-License-Identifier: MIT
"""What the answers of the single name servers mean, side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wizard.graph import words
from wizard.graph.addresses import AddressScope
from wizard.graph.name_servers import Said, ServerAnswer
from wizard.graph.names import NameFailure
from wizard.model import Evidence, Sensitivity

_SILENT = (Said.TIMEOUT, Said.UNREACHABLE)
_FINE = (Said.ADDRESSES, Said.NO_ADDRESS)
_VAGUE = (NameFailure.NOT_FOUND, NameFailure.SERVER_FAILURE, NameFailure.TIMEOUT)
_WELL = (*_FINE, Said.NOT_FOUND)  # it works, whether or not one likes what it says

Answers = Sequence[ServerAnswer]


def know(answers: Answers) -> bool:
    """Whether one of them has an address."""
    return any(answer.said is Said.ADDRESSES for answer in answers)


def retold(failure: NameFailure | None, answers: Answers) -> tuple[NameFailure, str] | None:
    """What the servers tell better than the system, with its detail; None where they don't.

    The system calls silence a failure, nonsense or a name without an address not found.
    """
    said = {answer.said for answer in answers}
    heard = said - set(_SILENT)
    if not said or failure not in _VAGUE:
        return None
    if not heard and failure is not NameFailure.NOT_FOUND:
        missed = Said.TIMEOUT if Said.TIMEOUT in said else Said.UNREACHABLE
        kind = NameFailure(missed)
        detail = next(answer.detail for answer in answers if answer.said is missed)
        return (kind, detail) if kind is not failure else None
    if heard == {Said.OTHER}:
        return NameFailure.OTHER, words.load().name_server[Said.OTHER]
    if heard == {Said.NO_ADDRESS} and failure is NameFailure.NOT_FOUND:
        return NameFailure.NO_ADDRESS, ""
    return None


def say_public(answers: Answers) -> bool:
    """Whether the servers have addresses, and only such as the internet has."""
    found = [address.scope for answer in answers for address in answer.addresses]
    return bool(found) and set(found) == {AddressScope.PUBLIC}


def lame(answers: Answers) -> tuple[str, ...]:
    """The servers that never work, while another one does.

    Where none works for this program although the names are found, something keeps this program
    alone from asking, and that is no fault of the servers.
    """
    working = {answer.server for answer in answers if answer.said in _WELL}
    if not working:
        return ()
    return tuple(dict.fromkeys(a.server for a in answers if a.server not in working))


def differing(by_name: Sequence[Answers]) -> tuple[str, ...]:
    """The servers that don't know a name, or hide it, while another one has public addresses."""
    found = (server for answers in by_name for server in _differing(answers))
    return tuple(dict.fromkeys(found))


def _differing(answers: Answers) -> Iterator[str]:
    good = {answer.server for answer in answers if say_public([answer])}
    for answer in answers if good else ():
        hidden = know([answer]) and not say_public([answer])
        if answer.said is Said.NOT_FOUND or hidden:
            yield answer.server


def evidence(host: str, answers: Answers, *, is_lost: bool = False) -> Iterator[Evidence]:
    """The chain of names, and each answer that isn't fine or differs; all where it is lost."""
    chains = {answer.aliases for answer in answers if answer.aliases}
    for chain in sorted(chains):
        yield Evidence("name_aliases", " > ".join(chain), "", f"lookup {host}")
    differ = set(_differing(answers))
    odd = [a for a in answers if is_lost or a.said not in _FINE or a.lost or a.server in differ]
    families: dict[tuple[str, str], list[str]] = {}
    for answer in odd:
        families.setdefault((answer.server, _told(answer)), []).append(answer.family)
    for (server, told), of in families.items():
        # The name last: where several are put together, "and 3 more" then counts names.
        source = f"lookup of {' and '.join(of)} for {host}"
        value = f"{server}: {told}"
        yield Evidence("name_server_answer", value, "", source, Sensitivity.HOST)


def losing(answers: Answers) -> tuple[str, ...]:
    """The servers with more than one question that had to be asked again: one may be chance."""
    again = [answer.server for answer in answers if answer.lost]
    return tuple(server for server in dict.fromkeys(again) if again.count(server) > 1)


def _told(answer: ServerAnswer) -> str:
    known = words.load()
    if answer.lost and answer.said in _WELL:
        return known.phrase.asked_again.format(said=_said(answer))
    return _said(answer)


def _said(answer: ServerAnswer) -> str:
    if answer.said is Said.ADDRESSES:
        return ", ".join(address.address for address in answer.addresses)
    return words.told(words.load().name_server, answer.said, answer.detail)


def times(answers: Answers) -> Iterator[Evidence]:
    """How long the slowest answer of each server took; what never came took no time."""
    came = [answer for answer in answers if answer.said not in _SILENT]
    for server in dict.fromkeys(answer.server for answer in came):
        slowest = max(answer.duration_ms for answer in came if answer.server == server)
        yield Evidence("name_server_time", slowest, "ms", f"name server {server}")
