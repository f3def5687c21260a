# SPDX-License-Identifier: MIT
"""With what are our Windows programs signed: a PFX file, a key on a PKCS#11 token, or nothing?

The password or PIN comes from the environment only. Works on Linux.
"""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace
from dataclasses import dataclass, field
from pathlib import Path

from installer.environment import PASSWORD_VARIABLE
from installer.errors import BuildError
from installer.signatures import signing_certificate
from installer.signatures.signer import Signer


@dataclass(frozen=True)
class SigningOptions:
    """What somebody gave to sign with."""

    pfx: Path | None = None
    pkcs11_module: Path | None = None
    pkcs11_key: str | None = None
    certificate: Path | None = None
    timestamps: tuple[str, ...] = ()
    authorities: Path | None = None
    password: str | None = field(default=None, repr=False)


def add_options(parser: ArgumentParser) -> None:
    """Let a command line say what to sign with."""
    group = parser.add_argument_group(
        "signing the Windows programs",
        f"The password of the PFX or the PIN of the token comes from {PASSWORD_VARIABLE}.",
    )
    group.add_argument("--sign-pfx", type=Path, metavar="FILE", help="key and certificate")
    group.add_argument("--sign-pkcs11-module", type=Path, metavar="LIB", help="the token's library")
    group.add_argument("--sign-pkcs11-key", metavar="URI", help="the key on the token, pkcs11:…")
    group.add_argument(
        "--sign-certificate", type=Path, metavar="FILE", help="certificate of that key, PEM"
    )
    group.add_argument(
        "--sign-timestamp", action="append", default=[], metavar="URL",
        help="RFC 3161 time stamp server; repeat for others to try when one is mute",
    )  # fmt: skip
    group.add_argument(
        "--sign-ca", type=Path, metavar="FILE", help="authorities to verify the result with, PEM"
    )


def options_from(given: Namespace) -> SigningOptions:
    """The options of a command line with add_options, and the password of the environment.

    Taken out of it, so that no program that the build starts inherits it.
    """
    return SigningOptions(
        pfx=given.sign_pfx,
        pkcs11_module=given.sign_pkcs11_module,
        pkcs11_key=given.sign_pkcs11_key,
        certificate=given.sign_certificate,
        timestamps=tuple(given.sign_timestamp),
        authorities=given.sign_ca,
        password=os.environ.pop(PASSWORD_VARIABLE, None),
    )


def signer_from(options: SigningOptions) -> Signer | None:
    """What signs, tried out; None when nothing was given; BuildError when it can't work."""
    on_token = _token_parts(options)
    if options.pfx and any(on_token.values()):
        raise BuildError("Give either --sign-pfx or a key on a token, not both.")
    if options.pfx:
        file = options.pfx
        key: tuple[str, ...] = ("-pkcs12", str(file))
        certificate = signing_certificate.from_pfx(file, options.password)
    elif any(on_token.values()):
        file, key = _on_token(options, on_token)
        certificate = signing_certificate.from_pem(file)
    elif options.timestamps or options.authorities:
        raise BuildError("There is nothing to sign with: give --sign-pfx or a key on a token.")
    else:
        return None
    signing_certificate.require_usable(certificate, file)
    signer = Signer(certificate, key, options.timestamps, options.authorities, options.password)
    signer.try_out()
    return signer


def said(signer: Signer | None) -> str:
    """How the programs of a build are signed, for its output."""
    if not signer:
        return (
            "Not signed: no certificate was given (see --sign-pfx). Windows SmartScreen will warn."
        )
    certificate = signer.certificate
    name = signing_certificate.common_name
    stamped = (
        f"with a time stamp of {' or '.join(signer.timestamps)}."
        if signer.timestamps
        else "without a time stamp: they end with the certificate (see --sign-timestamp)."
    )
    verified = "" if signer.authorities else " Not verified: see --sign-ca."
    return (
        f"Signed by “{name(certificate.subject)}” (certificate of “{name(certificate.issuer)}”, "
        f"valid until {certificate.not_valid_after_utc:%Y-%m-%d}), {stamped}{verified}"
    )


def _token_parts(options: SigningOptions) -> dict[str, Path | str | None]:
    return {
        "--sign-pkcs11-module": options.pkcs11_module,
        "--sign-pkcs11-key": options.pkcs11_key,
        "--sign-certificate": options.certificate,
    }


def _on_token(
    options: SigningOptions, parts: dict[str, Path | str | None]
) -> tuple[Path, tuple[str, ...]]:
    missing = [name for name, value in parts.items() if not value]
    if missing or not options.certificate:
        raise BuildError(f"To sign with a key on a token, give also {' and '.join(missing)}.")
    if "pin-" in str(options.pkcs11_key):
        raise BuildError(
            f"Leave the PIN out of --sign-pkcs11-key, where other users of this computer can read "
            f"it, and set {PASSWORD_VARIABLE} instead."
        )
    if not options.password:
        raise BuildError(f"To sign with a key on a token, set {PASSWORD_VARIABLE} to its PIN.")
    return options.certificate, (
        "-pkcs11module", str(options.pkcs11_module), "-certs", str(options.certificate),
        "-key", str(options.pkcs11_key),
    )  # fmt: skip
