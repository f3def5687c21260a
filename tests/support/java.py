# SPDX-License-Identifier: MIT
"""A real Java as the judge of which certificates a Java believes, and its keytool."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption
from cryptography.hazmat.primitives.serialization.pkcs12 import (
    PKCS12Certificate,
    serialize_java_truststore,
)

from tests.support.chains import Made

PASSWORD = "changeit"
_NAME = "Judge"
_SOURCE = f"""
import java.net.*;
public class {_NAME} {{
    public static void main(String[] addresses) throws Exception {{
        for (String address : addresses) {{
            try {{
                HttpURLConnection asked = (HttpURLConnection) new URL(address).openConnection();
                asked.setConnectTimeout(9000);
                asked.setReadTimeout(9000);
                asked.getResponseCode();
                System.out.println("believed");
            }} catch (Throwable refused) {{
                System.out.println(refused.toString().replace('\\n', ' '));
            }}
        }}
    }}
}}
"""

_ANCHORS = f"""
import java.io.*; import java.security.*; import java.security.cert.*; import javax.net.ssl.*;
public class Anchors {{
    public static void main(String[] files) throws Exception {{
        for (String file : files) {{
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new FileInputStream(file), "{PASSWORD}".toCharArray());
            TrustManagerFactory made =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            made.init(store);
            StringBuilder line = new StringBuilder();
            for (X509Certificate one : ((X509TrustManager) made.getTrustManagers()[0])
                    .getAcceptedIssuers())
                line.append(java.util.HexFormat.of().formatHex(
                    MessageDigest.getInstance("SHA-256").digest(one.getEncoded()))).append(" ");
            System.out.println(line);
        }}
    }}
}}
"""

needs_java = pytest.mark.skipif(
    not all(shutil.which(tool) for tool in ("java", "javac", "keytool")),
    reason="no JDK (java, javac and keytool) on the PATH",
)


def _environment() -> dict[str, str]:
    return {name: told for name, told in os.environ.items() if "JAVA" not in name}


def _run(*command: str, folder: Path) -> str:
    ran = subprocess.run(
        command, cwd=folder, env=_environment(), capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def compiled(folder: Path) -> Path:
    """The judge, ready to be asked."""
    (folder / f"{_NAME}.java").write_text(_SOURCE, encoding="ascii")
    _run("javac", "-nowarn", f"{_NAME}.java", folder=folder)
    return folder


def ask(judge: Path, addresses: Sequence[str], properties: Mapping[str, str]) -> list[str]:
    """For each address `believed`, or Java's own words for why not."""
    options = [f"-D{name}={value}" for name, value in properties.items()]
    told = _run("java", "-XX:TieredStopAtLevel=1", *options, _NAME, *addresses, folder=judge)
    lines = told.splitlines()
    assert len(lines) == len(addresses), told
    return lines


def believes(words: str) -> bool:
    """Whether an answer of the judge is a yes; a no must be about certificates or their store."""
    if words == "believed":
        return True
    assert any(mark in words for mark in ("SSL", "trust", "cert")), words
    return False


def store(file: Path, trusted: Sequence[Made], kind: str = "JKS") -> Path:
    """A store that keytool writes, or adds to."""
    given = file.with_name(f"{file.name}.given")
    entries = [
        PKCS12Certificate(one.certificate, f"test-{n}".encode()) for n, one in enumerate(trusted)
    ]
    locked = BestAvailableEncryption(PASSWORD.encode())
    given.write_bytes(serialize_java_truststore(entries, locked))
    _run(
        "keytool", "-importkeystore", "-noprompt", "-srckeystore", str(given),
        "-srcstorepass", PASSWORD, "-destkeystore", str(file), "-deststoretype", kind,
        "-deststorepass", PASSWORD,
        folder=file.parent,
    )  # fmt: skip
    return file


def keytool(folder: Path, *words: str) -> str:
    """Any other use of it."""
    return _run("keytool", *words, folder=folder)


def anchors(files: Sequence[Path]) -> list[set[str]]:
    """The fingerprints of what Java trusts by each PKCS#12 store."""
    folder = files[0].parent
    (folder / "Anchors.java").write_text(_ANCHORS, encoding="ascii")
    lines = _run(
        "java", "-XX:TieredStopAtLevel=1", "Anchors.java", *map(str, files), folder=folder
    ).splitlines()
    return [set(line.split()) for line in lines]
