# SPDX-License-Identifier: MIT
"""A sample whose own encryption can't work is no sample of a broken connection."""

from __future__ import annotations

import os
import ssl
import subprocess
import sys

import pytest
import trustme

from tests.support.openssl_settings import FOREIGN
from wizard.demo import handshake

CHECK = "import sys; from wizard import cli; sys.exit(cli.main(['check', '--demo', 'healthy']))"


def served() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("localhost").configure_cert(context)
    return context


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_server_when_it_can_greet_then_is_good(version: ssl.TLSVersion) -> None:
    context = served()
    context.minimum_version = context.maximum_version = version
    handshake.prove(context)


def test_server_when_it_has_no_certificate_then_is_refused() -> None:
    with pytest.raises(ssl.SSLError):
        handshake.prove(ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER))


def test_sample_when_openssl_allows_no_connection_then_names_no_cause() -> None:
    # Past the program's border, where such a variable is left out.
    given = {**os.environ, "OPENSSL_CONF": str(FOREIGN)}
    answer = subprocess.run(
        [sys.executable, "-c", CHECK], env=given, capture_output=True, text=True, check=False
    )
    assert (answer.returncode, answer.stdout) == (3, "")
    assert "did not start (this computer's settings allow no" in answer.stderr
