# SPDX-License-Identifier: MIT
"""Which proxy applies to an address, and where that comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import SplitResult, unquote, urlsplit
from urllib.request import proxy_bypass_environment  # type: ignore[attr-defined]

from wizard.errors import BadInput, CannotCheck
from wizard.host.base import Host, ProxySetting
from wizard.model import Scope, Secret

OPTION = "--proxy"
VARIABLES = ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy")
EXCEPTION_VARIABLES = ("NO_PROXY", "no_proxy")
DEFAULT_PORT = 80  # what the HTTP library takes for an address without one


class Unusable(StrEnum):
    """Why a proxy that is named can't be used by this program."""

    SCRIPT = "script"  # a PAC address: needs a script engine
    SCHEME = "scheme"  # SOCKS, or a proxy reached by TLS
    NOT_AN_ADDRESS = "not-an-address"


@dataclass(frozen=True)
class ProxyChoice:
    """What applies to one address; safe to show, without user name and password."""

    address: str | None  # http://host:port; None: straight to the address
    host: str
    port: int
    source: str  # the place that names it, or that makes the exception
    looked_at: tuple[ProxySetting, ...]
    exception: bool = False  # a proxy is named, but this address is excepted from it
    unusable: Unusable | None = None
    unreadable: str = ""  # why the system's own settings could not be read

    @property
    def blocked(self) -> bool:
        """Whether nothing can be sent, since a proxy is named that this program can't use."""
        return self.unusable not in (None, Unusable.SCRIPT)

    @property
    def others(self) -> tuple[ProxySetting, ...]:
        """Places that name another proxy than the one that applies."""
        if self.exception:
            return ()
        named = [place for place in self.looked_at if place.value and place.source != self.source]
        return tuple(place for place in named if place.value != self.address)


@dataclass(frozen=True)
class Route:
    """The way to one address: the choice, and the user and password of the proxy if any."""

    choice: ProxyChoice
    user: str | None = None
    password: Secret | None = field(default=None)


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
        return _route(ProxySetting(OPTION, scope.proxy), (ProxySetting(OPTION, scope.proxy),))
    environment = host.environment()
    system, unreadable = _system(host)
    places = (*_from_environment(environment), *system)
    exception = _exception(environment, target)
    for place in places:
        if not place.value:
            continue
        if exception and place.source in VARIABLES:
            return Route(ProxyChoice(None, "", 0, exception, _masked(places), exception=True))
        return _route(place, places, unreadable)
    return Route(ProxyChoice(None, "", 0, "", _masked(places), unreadable=unreadable))


def _from_environment(environment: Mapping[str, str]) -> tuple[ProxySetting, ...]:
    named = [name for name in VARIABLES if environment.get(name)]
    return tuple(ProxySetting(name, environment[name]) for name in named)


def _system(host: Host) -> tuple[tuple[ProxySetting, ...], str]:
    """What the system says; when it can't be read, that is told, not taken for "none"."""
    try:
        found = host.proxies()
    except CannotCheck as error:
        return (), str(error)
    return tuple(place for place in found if not _is_plain_http(place)), ""


def _is_plain_http(place: ProxySetting) -> bool:
    """Whether a place speaks of unencrypted requests alone, which Microsoft 365 never gets."""
    return place.source.lower().endswith("http_proxy")


def _exception(environment: Mapping[str, str], target: str) -> str:
    """The variable that excepts this address from the proxy of the environment, or nothing."""
    for name in EXCEPTION_VARIABLES:
        if proxy_bypass_environment(target, {"no": environment.get(name, "")}):
            return name
    return ""


def _route(place: ProxySetting, places: tuple[ProxySetting, ...], unreadable: str = "") -> Route:
    parts = _split(place.value)
    unusable = _unusable(place, parts)
    if unusable or parts is None:
        choice = ProxyChoice(
            None, "", 0, place.source, _masked(places), unusable=unusable, unreadable=unreadable
        )
        return Route(choice)
    host, port = parts.hostname or "", parts.port or DEFAULT_PORT
    choice = ProxyChoice(
        f"http://{host}:{port}", host, port, place.source, _masked(places), unreadable=unreadable
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
    if ";" in chosen or chosen.lower().startswith(("http=", "https=")):
        by_scheme = dict(part.split("=", 1) for part in chosen.split(";") if "=" in part)
        chosen = by_scheme.get("https") or by_scheme.get("http") or ""
    if chosen and "://" not in chosen:
        chosen = f"http://{chosen}"
    try:
        parts = urlsplit(chosen)
        return parts if parts.hostname and parts.port != 0 else None
    except ValueError:
        return None


def _is_script(place: ProxySetting) -> bool:
    """Whether a place names a script that chooses the proxy, instead of a proxy."""
    address = place.value.lower().split("?")[0]
    return "pac" in place.source.lower().split() or address.endswith((".pac", ".dat"))


def _masked(places: tuple[ProxySetting, ...]) -> tuple[ProxySetting, ...]:
    return tuple(ProxySetting(place.source, _shown(place)) for place in places)


def _shown(place: ProxySetting) -> str:
    """An address without user name and password."""
    parts = None if _is_script(place) else _split(place.value)
    if parts is None:
        scheme, mark, rest = place.value.rpartition("://")
        return f"{scheme}{mark}{rest.rpartition('@')[2]}"
    return f"{parts.scheme}://{parts.hostname}:{parts.port or DEFAULT_PORT}"
