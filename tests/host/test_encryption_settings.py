# SPDX-License-Identifier: MIT
"""Others' settings for OpenSSL: the programs leave them out before OpenSSL reads them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.openssl_settings import FOREIGN
from wizard.host import encryption_settings

NOTHING_SET = {name: value for name, value in os.environ.items() if "SSL" not in name}
NO_LIBRARY = (
    "openssl_conf = all\n[all]\nproviders = some\n[some]\ntheirs = one\n"
    "[one]\nmodule = /nowhere.so\nactivate = 1\n"
)  # a provider that isn't there leaves OpenSSL without any


def healthy(**variables: str) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-P", "-m", "wizard", "check", "--demo", "healthy"]
    given = {**NOTHING_SET, "PYTHONPATH": str(Path(__file__).parents[2]), **variables}
    return subprocess.run(line, env=given, capture_output=True, text=True, check=False)


def test_settings_when_dropped_then_nothing_else_is() -> None:
    environment = {"OPENSSL_CONF": "/x", "SSLKEYLOGFILE": "/x", "AZURE_CLIENT_SECRET": "x"}
    encryption_settings.drop(environment)
    assert environment == {"AZURE_CLIENT_SECRET": "x"}


@pytest.mark.parametrize("settings", ["narrow", "a library that is missing"])
def test_check_when_others_set_openssl_for_all_then_connections_come_about(
    settings: str, tmp_path: Path
) -> None:
    file = FOREIGN
    if settings != "narrow":
        file = tmp_path / "openssl.cnf"
        file.write_text(NO_LIBRARY)
    answer = healthy(OPENSSL_CONF=str(file))
    assert (answer.returncode, answer.stderr) == (0, "")


def test_keys_of_connections_when_somebody_wants_them_in_a_file_then_are_not_written(
    tmp_path: Path,
) -> None:
    assert healthy(SSLKEYLOGFILE=str(tmp_path / "keys")).returncode == 0
    assert not list(tmp_path.iterdir())


def test_authorities_when_a_variable_names_some_then_the_systems_own_are_asked() -> None:
    code = (
        "import os, sys; sys.argv = ['wizard', '--version']\n"
        "from wizard import program\n"
        "try: program.main()\nexcept SystemExit: pass\n"
        "import ssl; print(ssl.get_default_verify_paths().cafile)"
    )
    told = [
        subprocess.run(
            [sys.executable, "-c", code], env={**NOTHING_SET, **given},
            capture_output=True, text=True, check=True,
        ).stdout
        for given in ({}, {"SSL_CERT_FILE": __file__})
    ]  # fmt: skip
    assert told[0] == told[1]
