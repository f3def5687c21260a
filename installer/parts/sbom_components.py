# SPDX-License-Identifier: MIT
"""The folder's components in CycloneDX's words."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from importlib.metadata import Distribution
from pathlib import Path
from typing import Any

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import ExternalReference, ExternalReferenceType, HashAlgorithm, HashType, XsUri
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import License
from packageurl import PackageURL

import wizard
from installer import contents, makensis
from installer.makensis import Compiler
from installer.parts import package_facts, qt_licences, system_packages
from installer.parts.inventory import Inventory
from installer.parts.system_packages import SystemPackage

_OPENSSL = re.compile(rb"OpenSSL (\d+\.\d+\.\d+[a-z]?) ")
_CRYPTO = re.compile(r"libcrypto[-.]")
_LICENCES = LicenseFactory()


def program() -> Component:
    """This program itself."""
    return Component(
        name=contents.FOLDER,
        type=ComponentType.APPLICATION,
        version=wizard.__version__,
        bom_ref=contents.FOLDER,
        licenses=[_licence("MIT")],
        purl=PackageURL("generic", name=contents.FOLDER, version=wizard.__version__),
    )


def python(folder: Path, version: str, files: Iterable[str]) -> Component:
    """Python with its libraries, and the OpenSSL that came with it."""
    return _library(
        PackageURL("generic", name="python", version=version),
        "PSF-2.0",
        name="CPython",
        cpe=f"cpe:2.3:a:python:python:{version}:*:*:*:*:*:*:*",
        components=_files(folder, files),
    )


def openssl(folder: Path, inventory: Inventory) -> list[Component]:
    """The OpenSSL that Python brought; one from the system is that system's package."""
    found = []
    for file in filter(_CRYPTO.search, inventory.python):
        named = _OPENSSL.search((folder / file).read_bytes())
        if named:
            version = named.group(1).decode()
            purl = PackageURL("generic", name="openssl", version=version)
            cpe = f"cpe:2.3:a:openssl:openssl:{version}:*:*:*:*:*:*:*"
            found.append(_library(purl, "Apache-2.0", name="OpenSSL", cpe=cpe))
    return found


def qt(folder: Path, inventory: Inventory) -> list[Component]:
    """Qt itself, which the package of its Python bindings carries."""
    version = qt_licences.version(folder, inventory)
    if version is None:
        return []
    purl = PackageURL("generic", name="qt", version=version)
    cpe = f"cpe:2.3:a:qt:qt:{version}:*:*:*:*:*:*:*"
    return [_library(purl, "LGPL-3.0-only", name="Qt", cpe=cpe)]


def nsis(compiler: Compiler) -> Component:
    """NSIS, of which setup and uninstaller carry the program part and plug-ins."""
    version = ".".join(map(str, compiler.number))
    purl = PackageURL("generic", name="nsis", version=version)
    product = "nullsoft:nullsoft_scriptable_install_system"
    cpe = f"cpe:2.3:a:{product}:{version}:*:*:*:*:*:*:*"
    where = "In the setup program and its uninstaller, not in the program's folder."
    return _library(purl, makensis.LICENCE, name="NSIS", cpe=cpe, description=where)


def package(folder: Path, installed: Distribution, files: Iterable[str]) -> Component:
    """A Python package, with what was compiled into it and the program files it brought."""
    name = package_facts.name(installed)
    purl = PackageURL("pypi", name=name, version=installed.version)
    inside = [_compiled_in(purl, part) for part in package_facts.compiled_in(installed)]
    return _library(
        purl,
        package_facts.licence(installed),
        name=name,
        description=installed.metadata["Summary"],
        external_references=[
            ExternalReference(
                type=ExternalReferenceType.WEBSITE, url=XsUri(package_facts.home_page(installed))
            )
        ],
        components=[*inside, *_files(folder, files)],
    )


def system(folder: Path, installed: SystemPackage, files: Iterable[str]) -> Component:
    """A Debian package that libraries were collected from; its licence is told by its text."""
    name, release = system_packages.distribution()
    purl = PackageURL(
        "deb",
        name,
        installed.name,
        installed.version,
        {"arch": installed.architecture, "distro": f"{name}-{release}"},
    )
    return _library(
        purl,
        f"see licences/system/{installed.name}/copyright.txt",
        name=installed.name,
        components=_files(folder, files),
    )


def _library(purl: PackageURL, licence: str, **more: Any) -> Component:
    return Component(
        type=ComponentType.LIBRARY,
        version=purl.version,
        bom_ref=purl.to_string(),
        licenses=[_licence(licence)],
        purl=purl,
        **more,
    )


def _licence(text: str) -> License:
    return _LICENCES.make_from_string(text)


def _compiled_in(owner: PackageURL, part: dict[str, Any]) -> Component:
    """A component as the package's own bill of materials names it."""
    licences = [entry["expression"] for entry in part.get("licenses", ()) if "expression" in entry]
    ref = f"{owner.to_string()}#{part['name']}@{part.get('version', '')}"
    return Component(
        name=part["name"],
        type=ComponentType.LIBRARY,
        version=part.get("version"),
        bom_ref=ref,
        licenses=[_licence(licence) for licence in licences],
        purl=PackageURL.from_string(part["purl"]) if "purl" in part else None,
    )


def _files(folder: Path, names: Iterable[str]) -> list[Component]:
    """Program and library files, each with its hash: what a person can hold against the folder."""
    return [
        Component(
            name=name,
            type=ComponentType.FILE,
            bom_ref=f"file:{name}",
            hashes=[
                HashType(
                    alg=HashAlgorithm.SHA_256,
                    content=hashlib.sha256((folder / name).read_bytes()).hexdigest(),
                )
            ],
        )
        for name in names
    ]
