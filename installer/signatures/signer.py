# SPDX-License-Identifier: MIT
"""Signs a Windows file with one key, by osslsigncode.

The password or PIN goes to it through a pipe: on a command line other users could read it.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from cryptography import x509

from installer import pe_files, product
from installer.environment import PASSWORD_VARIABLE
from installer.errors import BuildError
from installer.signatures import authenticode

LONGEST_SIGNING = 300  # seconds; a time stamp server may be slow
_REASONS = (
    (
        r"Failed to find and load 'pkcs11' engine",
        "OpenSSL's PKCS#11 engine is missing. On Debian or Ubuntu: "
        "sudo apt-get install libengine-pkcs11-openssl",
    ),
    (r"Unable to load (?:PKCS#11 )?module", "the PKCS#11 module can't be loaded"),
    (
        r"PIN incorrect",
        f"{PASSWORD_VARIABLE} isn't the token's PIN. Many tokens lock after a few wrong ones",
    ),
    (
        r"object not found|private key was not found",
        "the token holds no such private key, see: pkcs11-tool --list-objects --login",
    ),
    (r"key values mismatch", "the private key doesn't belong to the certificate"),
    (r"(?:HTTP|CURL) failure: (.+)", "no time stamp could be had ({})"),
    (r"timestamping failed", "no time stamp could be had"),
)


@dataclass(frozen=True)
class Signer:
    """Signs files with one key."""

    certificate: x509.Certificate
    key: tuple[str, ...]
    timestamps: tuple[str, ...]
    authorities: Path | None
    password: str | None = field(repr=False)

    def sign(self, file: Path) -> None:
        """Sign a file in place; it stays as it was when anything fails."""
        # Beside the file, so that replacing it is one step.
        with tempfile.TemporaryDirectory(prefix=".signing-", dir=file.parent) as folder:
            signed = Path(folder) / file.name
            self._make(file, signed)
            if self.authorities:
                self._verify(signed, file, self.authorities)
            shutil.copymode(file, signed)
            signed.replace(file)

    def try_out(self) -> None:
        """Sign a tiny program, so that a wrong PIN or a mute time stamp server shows early."""
        with tempfile.TemporaryDirectory() as folder:
            trial = Path(folder) / "a trial program"
            trial.write_bytes(pe_files.smallest({".text": b"\xc3"}))
            self.sign(trial)

    def _make(self, file: Path, signed: Path) -> None:
        stamps = [part for url in self.timestamps for part in ("-ts", url)]
        secret = ["-readpass", "/dev/stdin"] if self.password else []
        command = [
            authenticode.tool(), "sign", "-h", "sha256", *self.key, *secret, *stamps,
            "-n", product.NAME, "-in", str(file.resolve()), "-out", str(signed),
        ]  # fmt: skip
        code, told = _run(command, self.password or "")
        if code or not signed.is_file():
            raise BuildError(f"{file} wasn't signed: {authenticode.reason(told, _REASONS)}.")

    def _verify(self, signed: Path, file: Path, authorities: Path) -> None:
        try:
            signature = authenticode.verify(signed, authorities)
        except BuildError as error:
            raise BuildError(str(error).replace(str(signed), str(file))) from error
        if self.timestamps and not signature.signed_at:
            raise BuildError(f"{file}: it was signed, but without the time stamp asked for.")


def _run(command: list[str], password: str) -> tuple[int, str]:
    try:
        result = subprocess.run(
            command, input=password, capture_output=True, encoding="utf-8", errors="replace",
            timeout=LONGEST_SIGNING, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return 1, f"no answer within {LONGEST_SIGNING} seconds"
    return result.returncode, f"{result.stdout}\n{result.stderr}"
