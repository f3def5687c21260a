# SPDX-License-Identifier: MIT
"""The app's certificate is read from PEM and PFX, or it is said what is wrong with the file."""

from __future__ import annotations

from pathlib import Path

import pytest
import trustme
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tests.support.certificates import pair
from wizard.errors import CannotCheck
from wizard.graph import app_certificate
from wizard.model import Secret
from wizard.texts import Texts

RIGHT = Secret("right")
KEY_ALONE = pair().pem().split(b"-----BEGIN CERT")[0]
OF_ANOTHER_KEY = trustme.CA().cert_pem.bytes()


@pytest.mark.parametrize("name", ["app.pem", "app.pfx"])
@pytest.mark.parametrize("password", [None, "right"])
def test_read_when_right_then_key_certificate_and_expiry(
    tmp_path: Path, name: str, password: str | None
) -> None:
    file = pair().written(tmp_path / name, password)
    found = app_certificate.read(file, RIGHT if password else None)
    assert found.certificate_pem == pair().public_pem
    assert found.expires == pair().certificate.not_valid_after_utc
    assert len(found.thumbprint) == 40
    assert "PRIVATE KEY" not in repr(found)


@pytest.mark.parametrize("name", ["app.pem", "app.pfx"])
def test_read_when_it_needs_no_password_then_one_does_no_harm(tmp_path: Path, name: str) -> None:
    assert app_certificate.read(pair().written(tmp_path / name), RIGHT).thumbprint


def test_read_when_other_certificates_stand_first_then_the_one_of_the_key(tmp_path: Path) -> None:
    file = tmp_path / "app.pem"
    file.write_bytes(OF_ANOTHER_KEY + pair().pem())
    assert app_certificate.read(str(file), None).certificate_pem == pair().public_pem


@pytest.mark.parametrize("name", ["app.pem", "app.pfx"])
@pytest.mark.parametrize(
    ("given", "text"),
    [
        (Secret("PLANTED"), "error.certificate_password"),
        (None, "error.certificate_password_missing"),
        (Secret(""), "error.certificate_password_missing"),
    ],
)
def test_read_when_password_is_wrong_or_missing_then_says_which(
    tmp_path: Path, texts: Texts, name: str, given: Secret | None, text: str
) -> None:
    file = pair().written(tmp_path / name, "right")
    with pytest.raises(CannotCheck) as caught:
        app_certificate.read(file, given)
    assert caught.value.text == text
    assert "PLANTED" not in texts.summary(caught.value)
    assert caught.value.__suppress_context__


def test_read_when_a_wrong_password_unlocks_to_noise_then_still_the_password(
    tmp_path: Path,
) -> None:
    file = pair().written(tmp_path / "app.pem", "right")
    told = set()
    for number in range(600):  # about one in 256 has a padding that looks right
        with pytest.raises(CannotCheck) as caught:
            app_certificate.read(file, Secret(f"wrong {number}"))
        told.add(caught.value.text)
    assert told == {"error.certificate_password"}


def elliptic() -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return pem + pair().public_pem.encode()


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"", "error.certificate_unreadable"),
        (b"hello", "error.certificate_unreadable"),
        (b"-----BEGIN NOTHING-----", "error.certificate_unreadable"),
        (pair().public_pem.encode(), "error.certificate_no_key"),
        (pair().certificate.public_bytes(Encoding.DER), "error.certificate_no_key"),
        (KEY_ALONE + OF_ANOTHER_KEY, "error.certificate_of_another_key"),
        (KEY_ALONE, "error.certificate_no_certificate"),
        (elliptic(), "error.certificate_no_key"),
        (None, "error.certificate_file"),
    ],
)
def test_read_when_file_is_no_use_then_says_why(
    tmp_path: Path, texts: Texts, content: bytes | None, text: str
) -> None:
    file = tmp_path / "app.pem"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(CannotCheck) as caught:
        app_certificate.read(str(file), None)
    assert caught.value.text == text
    assert str(file) in texts.summary(caught.value)
