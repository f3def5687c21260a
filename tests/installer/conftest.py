# SPDX-License-Identifier: MIT
"""A self-made authority, its signer as a PFX file, and a program to sign."""

from __future__ import annotations

from pathlib import Path

import pytest

from installer.signatures.signing import SigningOptions
from tests.support import pe_files
from tests.support.code_signers import Authority, Identity

PASSWORD = "ge heim ü"


@pytest.fixture(autouse=True)
def source_date(monkeypatch: pytest.MonkeyPatch) -> None:
    """2023-11-14 22:13:20, given: nothing here leans on a git clone around it."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")


@pytest.fixture(scope="session")
def authority() -> Authority:
    return Authority()


@pytest.fixture(scope="session")
def identity(authority: Authority) -> Identity:
    return authority.identity("Söhne A/S")


@pytest.fixture
def trusted(authority: Authority, tmp_path: Path) -> Path:
    return authority.bundle(tmp_path / "trusted.pem")


@pytest.fixture
def pfx(identity: Identity, trusted: Path, tmp_path: Path) -> SigningOptions:
    file = identity.pfx(tmp_path / "signer.pfx", PASSWORD)
    return SigningOptions(pfx=file, password=PASSWORD, authorities=trusted)


@pytest.fixture
def program(tmp_path: Path) -> Path:
    return pe_files.written(tmp_path / "dist" / "a b ü.exe")
