# SPDX-License-Identifier: MIT
"""Does this Linux computer answer as it is?"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from pathlib import Path, PurePosixPath

import pytest

from wizard.errors import CannotCheck
from wizard.host.base import ProxyExceptions, ProxySetting, ProxyWriting
from wizard.host.linux import LinuxHost, proxies_of

pytestmark = pytest.mark.skipif(platform.system() != "Linux", reason="asks a real Linux")


def test_facts_when_asked_then_this_computer() -> None:
    facts = LinuxHost().facts()
    assert (facts.system, facts.name, facts.sample) == ("linux", platform.node(), None)
    assert facts.is_admin == (os.geteuid() == 0)
    assert facts.os


def test_path_and_programs_when_asked_then_linux_answers() -> None:
    assert LinuxHost().path("/opt/nakivo") == PurePosixPath("/opt/nakivo")
    assert LinuxHost().programs() == ()


def test_antivirus_when_a_known_daemon_runs_then_found_with_unreadable_exclusions(
    tmp_path: Path,
) -> None:
    daemon = tmp_path / "clamonacc"
    shutil.copy(shutil.which("sleep") or "sleep", daemon)
    with subprocess.Popen([str(daemon), "30"]) as running:
        try:
            found = {product.name: product for product in LinuxHost().antivirus()}
        finally:
            running.kill()
    product = found["ClamAV on-access scanning"]
    assert product.active is True
    assert product.exclusions is None
    assert product.source == f"process clamonacc ({running.pid})"


def test_antivirus_when_no_known_daemon_runs_then_empty() -> None:
    names = {product.name for product in LinuxHost().antivirus()}
    assert "ClamAV on-access scanning" not in names


def test_proxies_when_the_environment_file_names_them_then_told_without_password(
    tmp_path: Path,
) -> None:
    file = tmp_path / "environment"
    file.write_text(
        'PATH="/usr/bin"\n# HTTP_PROXY=http://old:1\nexport https_proxy="http://u:canary@p:3128"\n'
        "no_proxy=localhost\nHTTP_PROXY=http://p:3128\n"
    )
    exceptions = (ProxyExceptions(f"{file} no_proxy", "localhost"),)
    writing = ProxyWriting.VARIABLE
    assert list(proxies_of(file)) == [
        ProxySetting(f"{file} https_proxy", "http://u:***@p:3128", writing, exceptions),
        ProxySetting(f"{file} HTTP_PROXY", "http://p:3128", writing, exceptions),
    ]


def test_proxies_when_there_is_no_environment_file_then_none(tmp_path: Path) -> None:
    assert list(proxies_of(tmp_path / "missing")) == []


def test_proxies_when_the_file_cannot_be_read_then_cannot_check(tmp_path: Path) -> None:
    with pytest.raises(CannotCheck):
        list(proxies_of(tmp_path))
