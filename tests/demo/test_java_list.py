# SPDX-License-Identifier: MIT
"""The sample's list of authorities is one that a real Java reads."""

from __future__ import annotations

from pathlib import Path

from tests.support import java
from tests.support.chains import Kind
from wizard.demo import java_list


@java.needs_java
def test_write_when_listed_by_keytool_then_the_authority_is_trusted(tmp_path: Path) -> None:
    one = Kind("Sample").make()
    (tmp_path / "ca.pem").write_bytes(one.pem)
    java_list.write(tmp_path / "jre", str(tmp_path / "ca.pem"))
    written = tmp_path / "jre" / "lib" / "security" / "cacerts"
    listed = java.keytool(tmp_path, "-list", "-keystore", str(written), "-storepass", "")
    assert "trustedCertEntry" in listed
