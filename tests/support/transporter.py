# SPDX-License-Identifier: MIT
"""A computer whose Java Transporter runs with given options; its files are real."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from wizard import codec
from wizard import product as product_module
from wizard.host.base import JavaOptions, Process
from wizard.host.recorded import RecordedHost
from wizard.model import HostFacts
from wizard.nakivo import installation, trust_store
from wizard.nakivo.installation import Installation
from wizard.nakivo.trust_store import Setting, TrustPlace

FACTS = HostFacts("linux", "Debian GNU/Linux 12", "backup01", is_admin=True)
_LIST = ("lib", "security")


def java_home(root: Path) -> Path:
    """The folder of the Java that the Transporter brings."""
    return root / "nakivo" / "transporter" / "java" / "jre"


def install(root: Path, cacerts: bytes | None = None, name: str = "cacerts") -> Path:
    """The folders of an installation, with a list of authorities where one is given."""
    folder = java_home(root).joinpath(*_LIST)
    folder.mkdir(parents=True, exist_ok=True)
    if cacerts is not None:
        (folder / name).write_bytes(cacerts)
    return folder / name


def process(
    root: Path,
    words: tuple[str, ...] | None,
    variables: tuple[JavaOptions, ...] | None = (),
    java: Path | None = None,
) -> Process:
    """A running Java Transporter; without words its arguments are hidden."""
    program = str(java or java_home(root) / "bin" / "java")
    jar = str(root / "nakivo" / "transporter" / "java" / "transporter.jar")
    line = None if words is None else (program, *words, "-jar", jar)
    return Process(4242, "java", program, line, None, "bhsvc", None, variables)


def computer(root: Path, *running: Process, **answers: Any) -> RecordedHost:
    """The computer; other answers as a recording has them."""
    recording = {
        "facts": codec.to_plain(FACTS),
        "processes": codec.to_plain(running),
        "services": [],
        "programs": [],
        "environment": {},
        "proxies": [],
        **answers,
    }
    return RecordedHost(recording, root)


def installed(host: RecordedHost, root: Path) -> Installation:
    """The installation on it."""
    return installation.find(host, product_module.load(), str(root / "nakivo"))


def place(host: RecordedHost, root: Path, setting: Setting | None = None) -> TrustPlace:
    """The list of authorities that its Java uses."""
    return trust_store.find(host, product_module.load(), installed(host, root), setting)


def with_properties(root: Path, properties: Mapping[str, str]) -> RecordedHost:
    """A running Java with these properties."""
    return computer(root, process(root, tuple(f"-D{k}={v}" for k, v in properties.items())))
