# SPDX-License-Identifier: MIT
"""What keytool lists of a store is what is read of it; damaged stores are said to be damaged."""

from __future__ import annotations

import re
import shutil
import threading
import time
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption
from cryptography.hazmat.primitives.serialization.pkcs12 import (
    PKCS12Certificate,
    serialize_java_truststore,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support import java
from tests.support.chains import Kind
from wizard.graph import der, java_key_store
from wizard.graph.der import Element
from wizard.graph.java_key_store import KeyStore
from wizard.graph.key_store_errors import Unreadable, WrongPassword
from wizard.model import Secret

MANY = tuple(Kind(f"Authority {number}").make() for number in range(4))
RIGHT = Secret(java.PASSWORD)
FINGERPRINT = re.compile(r"SHA256\)?:\s+((?:[0-9A-F]{2}:){31}[0-9A-F]{2})")
# As version 1 has it: no entry at all. The last 20 bytes are the check sum.
EMPTY = bytes.fromhex("feedfeed0000000100000000") + bytes(20)


def listed(file: Path) -> set[str]:
    """The fingerprints that keytool shows."""
    words = ("-list", "-v", "-keystore", str(file), "-storepass", java.PASSWORD)
    shown = java.keytool(file.parent, *words)
    return {found.replace(":", "").lower() for found in FINGERPRINT.findall(shown)}


def fingerprints(store: KeyStore) -> set[str]:
    return {sha256(one).hexdigest() for one in store.certificates}


@java.needs_java
@pytest.mark.parametrize("kind", ["JKS", "JCEKS", "PKCS12"])
def test_read_when_keytool_made_it_then_as_keytool_lists_it(kind: str, tmp_path: Path) -> None:
    file = java.store(tmp_path / "list", MANY, kind)
    found = java_key_store.read(file.read_bytes(), RIGHT)
    assert found.format == kind
    assert fingerprints(found) == listed(file)
    assert len(found.certificates) == len(MANY)
    with pytest.raises(WrongPassword):
        java_key_store.read(file.read_bytes(), Secret("wrong-one"))


@java.needs_java
def test_read_when_it_is_the_jdks_own_list_then_as_keytool_lists_it(tmp_path: Path) -> None:
    home = Path(shutil.which("java") or "").resolve().parent.parent
    file = Path(shutil.copy(home / "lib" / "security" / "cacerts", tmp_path / "cacerts"))
    found = java_key_store.read(file.read_bytes(), None)
    assert fingerprints(found) == listed(file)
    assert len(found.certificates) > 50


@java.needs_java
@pytest.mark.parametrize("kind", ["JKS", "PKCS12"])
def test_read_when_it_has_a_private_key_then_only_its_certificate(
    kind: str, tmp_path: Path
) -> None:
    file = tmp_path / "list"
    java.keytool(
        tmp_path, "-genkeypair", "-keyalg", "EC", "-alias", "k", "-dname", "CN=own", "-keystore",
        str(file), "-storetype", kind, "-storepass", java.PASSWORD, "-keypass", java.PASSWORD,
    )  # fmt: skip
    assert fingerprints(java_key_store.read(file.read_bytes(), RIGHT)) == listed(file)


@java.needs_java
def test_read_when_pkcs12_has_no_password_given_then_closed(tmp_path: Path) -> None:
    file = java.store(tmp_path / "list", MANY, "PKCS12")
    found = java_key_store.read(file.read_bytes(), None)
    assert (found.certificates, found.closed) == ((), True)


NAMES = {
    "all different": ("x", "y", "z"),
    "one twice": ("x", "x", "y"),
    "all the same": ("x", "x", "x"),
    "in another case": ("x", "X", "y"),
    "beyond ASCII": ("Ä", "ä", "y"),
    "Turkish": ("İ", "i", "i\u0307"),
    "with a blank": ("x ", "x", "y"),
    "empty": ("", "", "y"),
    "none at all": (None, None, None),
    "a number that the nameless get": ("1", "2", None),
    "nameless before its number": (None, "1", "0"),
}


@java.needs_java
def test_read_when_pkcs12_names_entries_alike_then_those_that_java_trusts(tmp_path: Path) -> None:
    """Java keeps the last of each name; who reads all trusts more than Java does."""
    locked = BestAvailableEncryption(java.PASSWORD.encode())
    files = [tmp_path / str(number) for number in range(len(NAMES))]
    for file, names in zip(files, NAMES.values(), strict=True):
        pairs = zip(MANY, names, strict=False)
        entries = [
            PKCS12Certificate(made.certificate, None if name is None else name.encode())
            for made, name in pairs
        ]
        file.write_bytes(serialize_java_truststore(entries, locked))
    ours = [fingerprints(java_key_store.read(file.read_bytes(), RIGHT)) for file in files]
    assert dict(zip(NAMES, ours, strict=True)) == dict(zip(NAMES, java.anchors(files), strict=True))
    assert [len(found) for found in ours] == [3, 2, 1, 2, 2, 2, 3, 2, 3, 2, 2]


def with_rounds(data: bytes, rounds: int) -> bytes:
    """The same PKCS#12 file with another number of rounds in its check sum."""
    version, content, check = der.only(data).children()
    digest, salt, _ = check.children()
    number = rounds.to_bytes(rounds.bit_length() // 8 + 1, "big")
    told = b"".join((tlv(digest), tlv(salt), tlv(Element(der.INTEGER, number))))
    whole = b"".join((tlv(version), tlv(content), tlv(Element(der.SEQUENCE, told))))
    return tlv(Element(der.SEQUENCE, whole))


def tlv(one: Element) -> bytes:
    """An element as it is written."""
    return bytes((one.tag, 0x84)) + len(one.content).to_bytes(4, "big") + one.content


@pytest.mark.parametrize("rounds", [20_000_000, 5_000_001, 0])
def test_read_when_it_asks_for_more_rounds_than_java_goes_then_refused_at_once(
    rounds: int,
) -> None:
    entry = PKCS12Certificate(MANY[0].certificate, b"one")
    data = serialize_java_truststore([entry], BestAvailableEncryption(java.PASSWORD.encode()))
    begun = time.monotonic()
    with pytest.raises(Unreadable, match="unknown-encryption"):
        java_key_store.read(with_rounds(data, rounds), RIGHT)
    assert time.monotonic() - begun < 1


def test_read_when_it_asks_for_many_rounds_then_others_go_on_meanwhile() -> None:
    entry = PKCS12Certificate(MANY[0].certificate, b"one")
    data = serialize_java_truststore([entry], BestAvailableEncryption(java.PASSWORD.encode()))
    done = threading.Event()

    def read() -> None:
        with suppress(WrongPassword):
            java_key_store.read(with_rounds(data, 1_000_000), RIGHT)
        done.set()

    threading.Thread(target=read).start()
    ticks = 0
    while not done.wait(0.01):
        ticks += 1
    assert ticks > 10


@java.needs_java
def test_read_when_encrypted_as_before_2021_then_says_that_it_cannot(tmp_path: Path) -> None:
    (tmp_path / "one.pem").write_bytes(MANY[0].pem)
    java.keytool(
        tmp_path, "-J-Dkeystore.pkcs12.legacy", "-importcert", "-noprompt", "-alias", "one",
        "-file", "one.pem", "-keystore", "list", "-storetype", "PKCS12",
        "-storepass", java.PASSWORD,
    )  # fmt: skip
    with pytest.raises(Unreadable, match="old-encryption"):
        java_key_store.read((tmp_path / "list").read_bytes(), RIGHT)


def test_read_when_empty_then_none() -> None:
    assert java_key_store.read(EMPTY, None).certificates == ()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"-----BEGIN CERTIFICATE-----", "unknown-format"),
        (EMPTY[:9], "damaged"),
        (EMPTY[:8] + b"\x00\x00\x00\x02" + EMPTY[12:], "unknown-entry"),
        (EMPTY[:7] + b"\x03" + EMPTY[8:], "other-version"),
        (b"\x30\x03\x02\x01\x03", "damaged"),
        (EMPTY[:11] + b"\x01\x00\x00\x00\x03\x00\x00" + bytes(28), "unknown-entry"),
    ],
)
def test_read_when_it_is_none_or_damaged_then_why(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        java_key_store.read(data, None)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    folder = tmp_path_factory.mktemp("made")
    return [java.store(folder / kind, MANY[:1], kind).read_bytes() for kind in ("JKS", "PKCS12")]


@java.needs_java
@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_read_when_a_byte_is_wrong_or_missing_then_an_answer_or_a_reason(
    made: list[bytes], data: st.DataObject
) -> None:
    content = bytearray(data.draw(st.sampled_from(made)))
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= data.draw(st.integers(1, 255))
    try:
        java_key_store.read(bytes(content[: data.draw(st.integers(0, len(content)))]), RIGHT)
    except (Unreadable, WrongPassword):
        return
