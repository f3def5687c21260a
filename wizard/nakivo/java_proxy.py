# SPDX-License-Identifier: MIT
"""Which proxy do a Java program's properties name for encrypted connections?

The rules are those of Java's own default proxy selector. SOURCE: Oracle, "Networking properties"
(Java 17); tried against a real Java.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from wizard.errors import CannotCheck
from wizard.host.base import Host, ProxyExceptions, ProxySetting, ProxyWriting
from wizard.host.linux_namespaces import FILES
from wizard.nakivo.java import JavaProcess
from wizard.nakivo.java_properties import Told, in_use

# The first of them that names a host counts. Java knows more names for a port than for a host.
_PREFIXES = ("https.proxy", "proxy", "socksProxy")
_SOCKS = _PREFIXES[-1]
_DEFAULT_PORT, _SOCKS_PORT = 443, 1080
_NOT_OF_NAMES = frozenset(":/?#@ ")
_EXCEPTIONS = "http.nonProxyHosts"  # for encrypted connections as well
_SYSTEM = "java.net.useSystemProxies"
# Java itself ignores a user name so given; libraries of programs may use it.
_USERS = ("https.proxyUser", "http.proxyUser")
# Without this one Java doesn't sign in by this method for encrypted connections.
_METHODS, _BASIC = "jdk.http.auth.tunneling.disabledSchemes", "basic"
# Below the home of a Java; where a property isn't an argument, Java looks there.
_FOLDERS, _FILE = ("conf", "lib"), "net.properties"

Ask = Callable[[str], Told]


@dataclass(frozen=True)
class JavaProxy:
    """What the properties say. `unseen` names what may say more and couldn't be read."""

    setting: ProxySetting | None
    by_system: bool = False  # without a setting of its own it follows the system's
    unseen: tuple[str, ...] = ()
    user: str = ""  # the property that names a user for a proxy, and whose it is
    signs_in_plainly: bool = False  # by the method Basic, which Java is told to allow


def of_process(process: JavaProcess, host: Host) -> JavaProxy | None:
    """Of a running process; None where its arguments are hidden."""
    if process.arguments is None:
        return None
    in_file, unseen = _file(process, host)

    def ask(name: str) -> Told:
        told = in_use(process.told(name) or ())
        return told if told.values or told.unseen or name not in in_file else _one(in_file[name])

    found = read(ask, f"process {process.pid}")
    if found.setting is not None:
        return found
    return replace(found, unseen=(*found.unseen, *unseen))


def read(ask: Ask, place: str) -> JavaProxy:
    """From whoever can tell what a property is set to."""
    told = {name: ask(name) for prefix in _PREFIXES for name in (f"{prefix}Host", f"{prefix}Port")}
    told |= {name: ask(name) for name in (_EXCEPTIONS, _SYSTEM)}
    more = {name: ask(name) for name in (*_USERS, _METHODS)}  # they lead nowhere by themselves
    unseen = tuple(dict.fromkeys(word for one in told.values() for word in one.unseen))
    values = {name: one.values[-1] for name, one in told.items() if one.values}
    user = next((f"-D{name} of {place}" for name in _USERS if more[name].values), "")
    by_system = values.get(_SYSTEM, "").lower() == "true"
    return JavaProxy(_setting(values, place), by_system, unseen, user, _is_plain(more[_METHODS]))


def _is_plain(methods: Told) -> bool:
    """Whether the list of methods that don't count was changed so that Basic does."""
    if not methods.values:
        return False
    return _BASIC not in [one.strip().lower() for one in methods.values[-1].split(",")]


def _setting(values: Mapping[str, str], place: str) -> ProxySetting | None:
    prefix = next((one for one in _PREFIXES if values.get(f"{one}Host")), None)
    if prefix is None:
        return None
    name, port = values[f"{prefix}Host"], _port(values, prefix)
    scheme = "socks" if prefix == _SOCKS else "http"
    # In brackets stands an address of IPv6; with an address such as http://HOST it is none at all.
    shown = f"[{name}]" if set(name) & _NOT_OF_NAMES and not name.startswith("[") else name
    excepted = "" if prefix == _SOCKS else values.get(_EXCEPTIONS)
    # Without a list Java has one of its own: this computer.
    hosts = "localhost" if excepted is None else excepted
    return ProxySetting(
        f"-D{prefix}Host of {place}",
        f"{scheme}://{shown}:{port}",
        ProxyWriting.JAVA,
        (ProxyExceptions(f"-D{_EXCEPTIONS} of {place}", hosts),),
    )


def _port(values: Mapping[str, str], prefix: str) -> int:
    """Where the port is missing, one that was given for another kind counts."""
    others = [one for one in _PREFIXES if one not in (prefix, _SOCKS)]
    numbers = (_number(values.get(f"{one}Port", "")) for one in (prefix, *others))
    return next((n for n in numbers if n), _SOCKS_PORT if prefix == _SOCKS else _DEFAULT_PORT)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 0


def _one(value: str) -> Told:
    return Told(None, (value,))


def _file(process: JavaProcess, host: Host) -> tuple[dict[str, str], tuple[str, ...]]:
    """The properties of the Java's own file, and the file itself where it can't be read."""
    program = host.path((process.arguments or ("",))[0])
    if not program.is_absolute():
        return {}, ()
    for folder in _FOLDERS:
        path = str(program.parent.parent / folder / _FILE)
        try:
            seen = host.path(_seen(path, process, host))
        except CannotCheck:
            return {}, (path,)
        try:
            entries = host.list_folder(str(seen.parent))
            if any(host.path(entry.path).name == seen.name for entry in entries):
                return _properties(host.read_text(str(seen))), ()
        except CannotCheck:
            if _is_there(host, str(seen.parent)):
                return {}, (path,)
    return {}, ()


def _seen(path: str, process: JavaProcess, host: Host) -> str:
    """What lies there for us need not be what a Java with file systems of its own has there."""
    return host.seen_path(path, process.pid) if FILES in process.apart else path


def _is_there(host: Host, folder: str) -> bool:
    """Whether a folder that couldn't be listed may hold the file."""
    try:
        return host.is_folder(folder)
    except CannotCheck:
        return True


def _properties(text: str) -> dict[str, str]:
    """name=value lines; a backslash at the end goes on in the next line."""
    lines = (line.strip() for line in text.replace("\\\r\n", "").replace("\\\n", "").splitlines())
    pairs = (line.partition("=") for line in lines if not line.startswith(("#", "!")))
    return {name.strip(): value.strip() for name, mark, value in pairs if mark}
