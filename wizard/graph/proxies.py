# SPDX-License-Identifier: MIT
"""Which proxy applies to an address, and where that comes from."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from urllib.parse import SplitResult, unquote, urlsplit

from wizard.errors import BadInput, CannotCheck
from wizard.graph import proxy_exceptions, words
from wizard.host.base import Host, ProxyExceptions, ProxySetting, ProxyWriting
from wizard.model import Scope, Secret

OPTION = "--proxy"
BASIC = "Basic"  # the one method of sign-in that needs no conversation
VARIABLES = ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy")
EXCEPTION_VARIABLES = ("NO_PROXY", "no_proxy")
HIDDEN = "..."
# Windows writes a list: http=one:80;socks=two:1080.
_LIST = re.compile(r"\s*(http|https|ftp|socks)=", re.IGNORECASE)
_ONE_OF_LIST = re.compile(r"\s*\w+=")
_PLAIN_PLACE = re.compile(r"\s*\w+=(\w+://)?[\w.\[\]-]+(:\d+)?/?")
_BEGIN = re.compile(r"\s*(\w+=)?([\w.+-]+://)?")
DEFAULT_PORT = 80  # what the HTTP library takes for an address without one


class Unusable(StrEnum):
    """Why a proxy that is named can't be used by this program."""

    SCRIPT = "script"  # a PAC address: needs a script engine
    SCHEME = "scheme"  # SOCKS, or a proxy reached by TLS
    NOT_AN_ADDRESS = "not-an-address"


@dataclass(frozen=True)
class ProxyChoice:
    """What applies to one address; safe to show, without user name and password."""

    address: str | None  # http://host:port; None: without a proxy
    host: str
    port: int
    source: str  # the place that names it, or that makes the exception
    looked_at: tuple[ProxySetting, ...]
    exception: bool = False  # a proxy is named, but this address is excepted from it
    unusable: Unusable | None = None
    unreadable: str = ""  # why the system's own settings could not be read
    signs_in: bool = False  # with the user name, and perhaps password, that the place holds

    @property
    def blocked(self) -> bool:
        """Whether nothing can be sent, since a proxy is named that this program can't use."""
        return self.unusable not in (None, Unusable.SCRIPT)


@dataclass(frozen=True)
class Route:
    """The way to one address: the choice, and the user and password of the proxy if any."""

    choice: ProxyChoice
    user: str | None = None
    password: Secret | None = field(default=None)
    script: Secret | None = field(default=None)  # whole address of a PAC, which may hold a token


def basic_sign_in(route: Route) -> str:
    """The header that signs in at the proxy; empty without a user. Any password can be sent."""
    if route.user is None:
        return ""
    password = route.password.reveal() if route.password else ""
    pair = f"{route.user}:{password}".encode("utf-8", "surrogateescape")
    return f"{BASIC} {base64.b64encode(pair).decode('ascii')}"


def check_proxy_option(text: str) -> str:
    """The address given with --proxy.

    Raises:
        BadInput: not http://HOST:PORT, or with a password in it, which belongs in HTTPS_PROXY.
    """
    parts = _split(text)
    if parts is None or not _is_whole(text, parts):
        raise BadInput("error.proxy_option")
    if parts.password:
        raise BadInput("error.proxy_password")
    return text


def _is_whole(text: str, parts: SplitResult) -> bool:
    """Whether nothing of http://HOST:PORT had to be guessed, and nothing follows it."""
    written = text.strip().lower().startswith("http://")
    return written and parts.port is not None and parts.path in ("", "/")


def choose(scope: Scope, host: Host, target: str) -> Route:
    """The option first, then the environment, then what the system is set to."""
    if scope.proxy:
        return pick((ProxySetting(OPTION, scope.proxy),), target)
    system, unreadable = _system(host)
    return pick((*_from_environment(host.environment()), *system), target, unreadable)


def pick(places: Sequence[ProxySetting], target: str, unreadable: str = "") -> Route:
    """The first place that names a proxy decides, also by excepting the host from it."""
    deciding = (one for one in places if one.value and one.decides and not _is_plain_http(one))
    place = next(deciding, None)
    if place is None:
        return Route(ProxyChoice(None, "", 0, "", _masked(places), unreadable=unreadable))
    excepted_by = proxy_exceptions.by_whom(place, target)
    if excepted_by:
        return Route(ProxyChoice(None, "", 0, excepted_by, _masked(places), exception=True))
    return _route(place, places, unreadable)


def _from_environment(environment: Mapping[str, str]) -> tuple[ProxySetting, ...]:
    exceptions = tuple(
        ProxyExceptions(name, environment[name])
        for name in EXCEPTION_VARIABLES
        if environment.get(name)
    )
    named = [name for name in VARIABLES if environment.get(name)]
    return tuple(
        ProxySetting(name, environment[name], ProxyWriting.VARIABLE, exceptions) for name in named
    )


def _system(host: Host) -> tuple[tuple[ProxySetting, ...], str]:
    """What the system says; when it can't be read, that is told, not taken for "none"."""
    try:
        return host.proxies(), ""
    except CannotCheck as error:
        return (), str(error.values.get("reason") or words.load().phrase.unreadable)


def _is_plain_http(place: ProxySetting) -> bool:
    """Whether a place speaks of unencrypted requests alone, which Microsoft 365 never gets."""
    if place.source.lower().endswith("http_proxy"):
        return True
    listed = place.writing is not ProxyWriting.VARIABLE and _LIST.match(place.value)
    return bool(listed) and not _ways_of(place.value).keys() & {"https", "socks"}


def _ways_of(value: str) -> dict[str, str]:
    """Windows' list of a proxy for each kind of request."""
    pairs = (part.split("=", 1) for part in value.split(";") if "=" in part)
    return {kind.strip().lower(): address.strip() for kind, address in pairs}


def _route(place: ProxySetting, places: Sequence[ProxySetting], unreadable: str) -> Route:
    parts = _split(place.value)
    unusable = _unusable(place, parts)
    if unusable or parts is None:
        choice = ProxyChoice(
            None, "", 0, place.source, _masked(places), unusable=unusable, unreadable=unreadable
        )
        script = Secret(place.value) if unusable is Unusable.SCRIPT else None
        return Route(choice, script=script)
    host, port = parts.hostname or "", parts.port or DEFAULT_PORT
    choice = ProxyChoice(
        f"http://{_named(host)}:{port}",
        host,
        port,
        place.source,
        _masked(places),
        unreadable=unreadable,
        signs_in=bool(parts.username),
    )
    password = Secret(unquote(parts.password)) if parts.password else None
    return Route(choice, unquote(parts.username) if parts.username else None, password)


def _unusable(place: ProxySetting, parts: SplitResult | None) -> Unusable | None:
    if _is_script(place):
        return Unusable.SCRIPT
    if parts is None:
        return Unusable.NOT_AN_ADDRESS
    return None if parts.scheme == "http" else Unusable.SCHEME


def _split(value: str) -> SplitResult | None:
    """The parts of a proxy address; Windows may write `http=one:80;https=two:81` or `one:80`."""
    chosen = value.strip()
    if ";" in chosen or _LIST.match(chosen):
        ways = _ways_of(chosen)
        chosen = ways.get("https") or (f"socks://{ways['socks']}" if ways.get("socks") else "")
    if chosen and "://" not in chosen:
        chosen = f"http://{chosen}"
    if re.search(r"://.*[/?#].*@", chosen):
        return None  # a password that isn't escaped: nobody can tell where the host begins
    try:
        parts = urlsplit(chosen)
        return parts if parts.hostname and parts.port != 0 else None
    except ValueError:
        return None


def _is_script(place: ProxySetting) -> bool:
    """Whether a place names a script that chooses the proxy, instead of a proxy."""
    address = place.value.lower().split("?")[0]
    return "pac" in place.source.lower().split() or address.endswith((".pac", ".dat"))


def _masked(places: Sequence[ProxySetting]) -> tuple[ProxySetting, ...]:
    return tuple(
        replace(place, value=_shown(place)) for place in places if not _is_plain_http(place)
    )


def _shown(place: ProxySetting) -> str:
    """An address without user name and password."""
    if _is_script(place):
        address, mark, _ = place.value.partition("?")
        return _without_sign_in(address) + (f"{mark}{HIDDEN}" if mark else "")
    parts = _split(place.value)
    if parts is None:
        return _without_sign_in(place.value)
    return f"{parts.scheme}://{_named(parts.hostname or '')}:{parts.port or DEFAULT_PORT}"


def _without_sign_in(value: str) -> str:
    """What can't be read as one address, without all that may be a user name or password."""
    pieces = value.split(";")
    if "@" not in value or not all(_ONE_OF_LIST.match(piece) for piece in pieces):
        pieces = [value]
    return ";".join(map(_bare, pieces)) if "@" in value else value


def _bare(piece: str) -> str:
    before, at, host = piece.rpartition("@")
    if not at:
        return piece if _PLAIN_PLACE.fullmatch(piece) else HIDDEN
    begin = _BEGIN.match(before)
    return f"{begin[0] if begin else ''}{host}"


def _named(host: str) -> str:
    """A host as addresses are written: those of IPv6 in brackets."""
    return f"[{host}]" if ":" in host else host
