# SPDX-License-Identifier: MIT
"""Which list of trusted authorities does the Transporter's Java use, and who says so?

Java takes the file that its options name; else `jssecacerts` of its own folder, else `cacerts`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import PurePath

from wizard.errors import CannotCheck
from wizard.host.base import Host
from wizard.host.java_launcher import is_java
from wizard.host.linux_namespaces import FILES
from wizard.host.shown import MASK
from wizard.model import Secret
from wizard.nakivo import java
from wizard.nakivo.installation import Installation
from wizard.nakivo.java import JavaProcess
from wizard.nakivo.java_properties import in_use
from wizard.product import Product

STORE = "javax.net.ssl.trustStore"
TYPE = "javax.net.ssl.trustStoreType"
PASSWORD = "javax.net.ssl.trustStorePassword"  # noqa: S105 - the property's name
PROVIDER = "javax.net.ssl.trustStoreProvider"
FETCHES = "com.sun.security.enableAIAcaIssuers"  # Java gets missing links of a chain by itself
PROPERTIES = (STORE, TYPE, PASSWORD, PROVIDER, FETCHES)
OWN_NAMES = ("jssecacerts", "cacerts")  # the first that is there counts
NO_FILE = "NONE"
_FILE_TYPES = ("JKS", "JCEKS", "PKCS12")

Ask = Callable[[str], str | None]
See = Callable[[str], str]  # where this program finds what Java has at a path


class Origin(StrEnum):
    """Who says what Java's options are."""

    PROCESS = "process"  # the running Java Transporter
    SETTING = "setting"  # the argument string, for the next start
    NOBODY = "nobody"  # Java isn't running, and no argument string is known


@dataclass(frozen=True)
class Setting:
    """The properties that the argument string sets, and where it was read. Never written down."""

    properties: Mapping[str, str]
    source: str


@dataclass(frozen=True)
class TrustPlace:
    """Where the list is. Holds a password, so it is never written down.

    `path` is that of Java's own options; this program finds it at `seen_at`.
    """

    path: str
    seen_at: str
    type: str | None  # as the options say it
    password: Secret | None
    origin: Origin
    source: str
    keytool: str
    fetches: bool = False  # Java gets missing links of a chain by itself
    changed: datetime | None = None  # the file
    started: datetime | None = None  # the Java that read it


def find(
    host: Host,
    product: Product,
    installation: Installation,
    setting: Setting | None,
) -> TrustPlace:
    """The list in use; `setting` is the argument string, where it is known.

    Raises:
        CannotCheck: it can't be told which one it is, or it is no file.
    """
    process = _running(host, product, installation)
    home = _home(host, product, installation, process)
    ask, origin, source = _options(process, setting, installation)
    if ask(PROVIDER):
        raise CannotCheck("java_trust.provider", provider=ask(PROVIDER) or "")
    path, kind, password = ask(STORE), ask(TYPE), ask(PASSWORD)
    if (kind and kind.upper() not in _FILE_TYPES) or path == NO_FILE:
        raise CannotCheck("java_trust.no_file", type=kind or NO_FILE)
    if password == MASK:
        raise CannotCheck("java_trust.password_masked")
    see = _eyes(host, process)
    file = _named(host, path, see) if path else _own(host, home, see)
    return TrustPlace(
        path=file.path,
        seen_at=file.seen_at,
        type=kind or None,
        password=Secret(password) if password else None,
        origin=origin,
        source=source,
        keytool=str(home / "bin" / _program(host, "keytool")),
        fetches=(ask(FETCHES) or "").lower() == "true",
        changed=file.changed,
        started=process.started if process else None,
    )


def _running(host: Host, product: Product, installation: Installation) -> JavaProcess | None:
    """The youngest Java Transporter, whose options can be seen."""
    processes = host.processes()
    found = sorted(java.among(processes, host, product, installation), key=java.start)
    # Any Java whose words can't be seen may be the Transporter's.
    perhaps = [one for one in processes if is_java(one.name) and one.arguments is None]
    if (not found and perhaps) or (found and found[-1].arguments is None):
        raise CannotCheck("java_trust.hidden")
    return found[-1] if found else None


def _options(
    process: JavaProcess | None, setting: Setting | None, installation: Installation
) -> tuple[Ask, Origin, str]:
    if process is not None:
        return _of_process(process), Origin.PROCESS, f"process {process.pid}"
    if setting is not None:
        return setting.properties.get, Origin.SETTING, setting.source
    return lambda _name: None, Origin.NOBODY, installation.found_by


def _of_process(process: JavaProcess) -> Ask:
    def ask(name: str) -> str | None:
        told = in_use(process.told(name) or ())
        if told.unseen:
            raise CannotCheck("java_trust.unclear", words=", ".join(told.unseen), property=name)
        return told.values[-1] if told.values else None

    return ask


def _home(
    host: Host, product: Product, installation: Installation, process: JavaProcess | None
) -> PurePath:
    """Java's folder: of the running one, else where the Transporter brings its own."""
    words = (process.executable, *(process.arguments or ())[:1]) if process else ()
    for word in words:
        if word and host.path(word).is_absolute():
            return host.path(word).parent.parent
    return host.path(installation.transporter) / product.facts.java_subfolder.value


@dataclass(frozen=True)
class _File:
    """A file that is there, by Java's path and by ours."""

    path: str
    seen_at: str
    changed: datetime


def _eyes(host: Host, process: JavaProcess | None) -> See:
    """The same path, except for a Java that has file systems of its own, as in a container."""
    if process is None or FILES not in process.apart:
        return str
    pid = process.pid
    return lambda path: host.seen_path(path, pid)


def _file(host: Host, path: PurePath, see: See) -> _File | None:
    """A file by its path; None where there is none."""
    seen = host.path(see(str(path)))
    above = str(seen.parent)
    there = host.list_folder(above) if host.is_folder(above) else ()
    found = next((entry for entry in there if host.path(entry.path) == seen), None)
    return _File(str(path), str(seen), found.modified) if found else None


def _own(host: Host, home: PurePath, see: See) -> _File:
    """Java's own list. In a development kit of Java 8 it lies one folder deeper."""
    folders = [home / "lib" / "security", home / "jre" / "lib" / "security"]
    found = (_file(host, folder / name, see) for folder in folders for name in OWN_NAMES)
    own = next((file for file in found if file), None)
    if own is None:
        raise CannotCheck("java_trust.no_list", folder=str(folders[0]))
    return own


def _named(host: Host, path: str, see: See) -> _File:
    """The file that the options name, when it is clear which one that is."""
    named = host.path(path)
    if not named.is_absolute():
        raise CannotCheck("java_trust.relative", path=path)
    file = _file(host, named, see)
    if file is None:
        # Java 17 then takes its own list, Java 8 an empty one.
        raise CannotCheck("java_trust.missing", path=path)
    return file


def _program(host: Host, name: str) -> str:
    return f"{name}.exe" if host.facts().system == "windows" else name
