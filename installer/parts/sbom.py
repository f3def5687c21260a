# SPDX-License-Identifier: MIT
"""The software bill of materials of one built folder, as CycloneDX JSON.

It lists what is really in the folder. No hash of a package's wheel is given, since an installed
package doesn't say which of the locked files it came from; each program file has its own hash
instead. The same folder of the same sources gives the same bytes.
"""

from __future__ import annotations

import hashlib
import uuid
from datetime import UTC, datetime
from pathlib import Path

from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component
from cyclonedx.model.lifecycle import LifecyclePhase, PredefinedLifecycle
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion

from installer import sources
from installer.makensis import Compiler
from installer.parts import inventory as inventory_module
from installer.parts import package_facts, sbom_components
from installer.parts.requirements import Platform, Requirements

_SPACE = uuid.UUID("5d4a8c1e-5b0f-4f0b-9c1d-2f6a7f0f3c11")
_QT_OWNER = "pyside6-essentials"


def write(
    target: Path,
    folder: Path,
    site_packages: Path,
    python_version: str,
    platform: Platform,
    *,
    nsis: Compiler | None = None,
) -> Path:
    """Write the bill of materials of a folder, and of the setup program that `nsis` makes of it.

    Raises:
        BuildError: a part of the folder belongs to nothing that is known.
    """
    inventory = inventory_module.take(folder, site_packages)
    program = sbom_components.program()
    python = sbom_components.python(folder, python_version, inventory.python)
    openssl = sbom_components.openssl(folder, inventory)
    qt = sbom_components.qt(folder, inventory)
    packages = {
        package_facts.name(package): sbom_components.package(folder, package, files)
        for package, files in inventory.packages
    }
    system = [sbom_components.system(folder, package, files) for package, files in inventory.system]
    setup = [sbom_components.nsis(nsis)] if nsis else []
    components = [python, *openssl, *qt, *setup, *packages.values(), *system]
    bom = _bom(program, components, platform)
    bom.register_dependency(python, openssl)
    needs = Requirements((p for p, _ in inventory.packages), python_version, platform)
    _add_needs(bom, program, packages, needs)
    bom.register_dependency(program, [python, *setup, *system])
    if _QT_OWNER in packages:
        bom.register_dependency(packages[_QT_OWNER], qt)
    text = make_outputter(bom, OutputFormat.JSON, SchemaVersion.V1_6).output_as_string(indent=2)
    target.write_text(text + "\n", encoding="utf-8", newline="\n")
    return target


def _bom(program: Component, components: list[Component], platform: Platform) -> Bom:
    metadata = BomMetaData(
        component=program,
        timestamp=datetime.fromtimestamp(sources.date(), UTC),
        lifecycles=[PredefinedLifecycle(LifecyclePhase.BUILD)],
    )
    serial = uuid.uuid5(_SPACE, f"{platform} {program.purl} {_digest(components)}")
    return Bom(components=components, metadata=metadata, serial_number=serial)


def _digest(components: list[Component]) -> str:
    """One hash over what the components are and the files they brought."""
    total = hashlib.sha256()
    for component in components:
        hashes = sorted(h.content for part in component.components for h in part.hashes)
        total.update(f"{component.bom_ref.value} {' '.join(hashes)}\n".encode())
    return total.hexdigest()


def _add_needs(
    bom: Bom, program: Component, packages: dict[str, Component], needs: Requirements
) -> None:
    """Who needs whom, as the packages declare it; PyInstaller's parts are needed by the program."""
    tools = {name for name in packages if name.startswith("pyinstaller")}
    direct = [packages[name] for name in sorted(needs.of_program() | tools)]
    bom.register_dependency(program, direct)
    for name, component in packages.items():
        wanted = set() if name in tools else needs.of_package(name)
        bom.register_dependency(component, [packages[other] for other in sorted(wanted)])
