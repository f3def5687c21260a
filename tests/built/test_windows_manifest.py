# SPDX-License-Identifier: MIT
"""What the built Windows programs tell Windows about themselves, read back from the files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pefile
import pytest

import wizard
from installer import contents, icon, product
from installer.windows import version_resource
from tests.support.pe_resources import manifest_elements, resources, version_strings

WINDOWS_7 = b"35138b9a-5d96-4fbd-8e2d-a2440225f93a"
WINDOWS_10 = b"8e0f7a12-bfb3-4fe8-b9a5-48fd50a15a9a"


@pytest.fixture(scope="module", params=[contents.WINDOW_PROGRAM, contents.CONSOLE_PROGRAM])
def program(request: pytest.FixtureRequest, windows_folder: Path) -> Iterator[pefile.PE]:
    with pefile.PE(str(windows_folder / f"{request.param}.exe")) as read:
        yield read


def test_manifest_when_read_back_then_asks_for_no_rights_and_knows_scaling_and_long_paths(
    program: pefile.PE,
) -> None:
    (manifest,) = resources(program, "RT_MANIFEST")
    told = manifest_elements(manifest)
    assert told["requestedExecutionLevel"].attrib == {"level": "asInvoker", "uiAccess": "false"}
    assert told["dpiAwareness"].text == "PerMonitorV2, PerMonitor"
    assert told["dpiAware"].text == "true/pm"
    assert told["longPathAware"].text == "true"
    assert "activeCodePage" not in told


def test_manifest_when_read_back_then_claims_windows_10_and_not_windows_7(
    program: pefile.PE,
) -> None:
    (manifest,) = resources(program, "RT_MANIFEST")
    assert WINDOWS_10 in manifest
    assert WINDOWS_7 not in manifest


def test_icon_when_read_back_then_each_size_is_there(program: pefile.PE) -> None:
    assert len(resources(program, "RT_ICON")) == len(icon.SIZES)


def test_version_when_read_back_then_is_the_product_s(program: pefile.PE) -> None:
    strings = version_strings(program)
    assert strings["ProductVersion"] == wizard.__version__
    assert strings["ProductName"] == product.NAME
    assert strings["LegalCopyright"] == version_resource.COPYRIGHT
    name = strings["InternalName"]
    assert strings["FileDescription"] == version_resource.description(name)
    assert ("console" in strings["FileDescription"]) == (name == contents.CONSOLE_PROGRAM)
