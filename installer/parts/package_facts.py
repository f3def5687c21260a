# SPDX-License-Identifier: MIT
"""What does an installed Python package say of itself: name, licence, its texts, where it lives?"""

from __future__ import annotations

import json
import re
import tomllib
from importlib.metadata import Distribution
from pathlib import Path
from typing import Any

from license_expression import get_spdx_licensing
from packaging.utils import canonicalize_name

from installer.errors import BuildError

# Packages whose metadata names no SPDX licence; each was read in the text that the package carries.
_SPDX = {
    "ahocorasick-rs": "Apache-2.0",
    "jinja2": "BSD-3-Clause",
    "pyinstaller": "GPL-2.0-or-later WITH Bootloader-exception",
    "pyinstaller-hooks-contrib": "Apache-2.0",  # its run-time hooks, all that a program holds of it
}
# Compiled into packages that carry no bill of materials, as their libraries name it.
_COMPILED_IN = Path(__file__).with_name("compiled_in.toml")
_TEXT = re.compile(r"(licen[cs]e|copying|notice|authors)", re.IGNORECASE)
# In the order in which they are asked for.
_ADDRESSES = ("homepage", "home", "source", "source code", "repository", "code", "github")
_SPDX_LICENSES = get_spdx_licensing()


def name(package: Distribution) -> str:
    """The name by which the package index knows it."""
    return str(canonicalize_name(package.name))


def licence(package: Distribution) -> str:
    """Its licence as an SPDX expression.

    Raises:
        BuildError: it names none that SPDX knows.
    """
    said = package.metadata
    named = _SPDX.get(name(package)) or said["License-Expression"] or said["License"] or ""
    if not named or _SPDX_LICENSES.validate(named).errors:
        raise BuildError(
            f"{name(package)} {package.version} names no SPDX licence (it says {named[:60]!r}). "
            "Read its text and add it to installer/parts/package_facts.py."
        )
    return str(named)


def texts(package: Distribution) -> list[Path]:
    """Licences and notices that it carries, sorted."""
    return [path for path in _own_files(package) if _TEXT.match(path.name)]


def boms(package: Distribution) -> list[Path]:
    """Its own bills of materials that name something: what was compiled into it."""
    carried = [path for path in _own_files(package) if path.parent.name == "sboms"]
    return [path for path in carried if _components(path)]


def compiled_in(package: Distribution) -> list[dict[str, Any]]:
    """The CycloneDX components of its own bills of materials, or of ours, without its own parts."""
    found = [part for bom in boms(package) for part in _components(bom)] or _noted(package)
    others = [part for part in found if not part["name"].startswith(name(package))]
    return sorted(others, key=lambda part: (part["name"], part.get("version", "")))


def _noted(package: Distribution) -> list[dict[str, Any]]:
    """What was noted here of a package without a bill of materials."""
    noted = tomllib.loads(_COMPILED_IN.read_text(encoding="utf-8")).get(name(package))
    if noted is None:
        return []
    if noted["version"] != package.version:
        raise BuildError(
            f"What is compiled into {name(package)} is noted for version {noted['version']}, and "
            f"this is {package.version}. Read its library's strings and mend {_COMPILED_IN.name}."
        )
    return [
        {
            "type": "library",
            "name": crate,
            "version": version,
            "purl": f"pkg:cargo/{crate}@{version}",
            "licenses": [{"expression": licence}],
        }
        for crate, (version, licence) in noted["crates"].items()
    ]


def home_page(package: Distribution) -> str:
    """Where it is developed; its page on the package index where it doesn't say."""
    named = {"home": package.metadata["Home-page"]} if "Home-page" in package.metadata else {}
    for entry in package.metadata.get_all("Project-URL") or ():
        label, _, address = entry.partition(",")
        named[label.strip().lower()] = address.strip()
    addresses = [named[label] for label in _ADDRESSES if label in named]
    return addresses[0] if addresses else f"https://pypi.org/project/{name(package)}/"


def _own_files(package: Distribution) -> list[Path]:
    """Files in the package's metadata folder."""
    listed = [file for file in package.files or () if ".dist-info" in file.parts[0]]
    return sorted(Path(str(package.locate_file(file))) for file in listed)


def _components(bom: Path) -> list[dict[str, Any]]:
    return list(json.loads(bom.read_text(encoding="utf-8")).get("components", ()))
