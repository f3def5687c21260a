# SPDX-License-Identifier: MIT
"""Which variables does systemd give to a service, as `systemctl show` writes it?"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from wizard.errors import CannotCheck
from wizard.host import proxy_variables, systemd_variables, variables
from wizard.host.base import ProxySetting, ServiceVariable

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="asks a real Linux")

UNIT = "nkv-bhsvc.service"


def proxies(told: str) -> list[ProxySetting]:
    places = systemd_variables.of_unit(told, UNIT)
    return [setting for place in places for setting in proxy_variables.proxies(place)]


def values(told: str) -> list[str]:
    return [setting.value for setting in proxies(told)]


def test_of_unit_when_it_sets_one_then_without_password_and_with_its_exceptions() -> None:
    told = (
        'Environment=HTTPS_PROXY=http://u:canary@p:3128 "NOTE=two words" NO_PROXY=localhost,.test\n'
        "EnvironmentFiles=\n"
    )
    (setting,) = proxies(told)
    assert (setting.source, setting.value) == (f"{UNIT} HTTPS_PROXY", "http://u:***@p:3128")
    assert [one.hosts for one in setting.exceptions] == ["localhost,.test"]


@pytest.mark.parametrize("word", ['"https_proxy=http://p:1"', "$'https_proxy=http://p:1'"])
def test_of_unit_when_the_word_is_quoted_then_read(word: str) -> None:
    assert values(f"Environment=A=b {word}\n") == ["http://p:1"]


def test_of_unit_when_its_files_set_one_then_the_last_file_counts_first(tmp_path: Path) -> None:
    one, two = tmp_path / "one of two", tmp_path / "two"
    one.write_text("HTTPS_PROXY=http://one:1\n")
    two.write_text('# HTTPS_PROXY=http://old:1\nHTTPS_PROXY="http://two:1"\n')
    told = (
        "Environment=HTTPS_PROXY=http://unit:1\n"
        f"EnvironmentFiles={one} (ignore_errors=yes)\nEnvironmentFiles={two} (ignore_errors=no)\n"
    )
    assert values(told) == ["http://two:1", "http://one:1", "http://unit:1"]


def test_named_when_files_and_unit_set_one_then_the_file_counts_first(tmp_path: Path) -> None:
    file = tmp_path / "variables"
    file.write_text("export SSL_CERT_FILE=/of/file.pem\nPASSWORD=canary\nCURL_CA_BUNDLE=\n")
    told = f"Environment=SSL_CERT_FILE=/of/unit.pem ssl_cert_dir=/x\nEnvironmentFiles={file}\n"
    places = systemd_variables.of_unit(told, UNIT)
    assert variables.named(places, ("SSL_CERT_FILE", "SSL_CERT_DIR", "CURL_CA_BUNDLE")) == (
        ServiceVariable("SSL_CERT_FILE", "/of/file.pem", f"{file} of {UNIT} SSL_CERT_FILE"),
        ServiceVariable("SSL_CERT_FILE", "/of/unit.pem", f"{UNIT} SSL_CERT_FILE"),
    )


def test_of_unit_when_its_file_is_missing_then_nothing_of_it(tmp_path: Path) -> None:
    assert values(f"EnvironmentFiles={tmp_path / 'none'} (ignore_errors=yes)\n") == []


@pytest.mark.parametrize("told", ['Environment=A="open\n', "EnvironmentFiles={folder}\n"])
def test_of_unit_when_it_cannot_be_read_then_cannot_check(told: str, tmp_path: Path) -> None:
    with pytest.raises(CannotCheck):
        systemd_variables.of_unit(told.format(folder=tmp_path), UNIT)


def test_of_service_when_systemd_does_not_answer_then_cannot_check() -> None:
    if Path("/run/systemd/system").exists():
        pytest.skip("systemd runs here")
    with pytest.raises(CannotCheck):
        systemd_variables.of_service(UNIT)
