# SPDX-License-Identifier: MIT
"""Variables by which others bend OpenSSL for their own programs, and which must not bend ours.

OPENSSL_CONF and its like name settings and libraries that are loaded into every program. The lists
of authorities stand in place of the operating system's trust store, which is what is looked at
here; the Transporter's Java heeds none of them, and `--ca-file` is the way to trust one more. The
last has keys of connections written into a file.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping

_FOREIGN = (
    "OPENSSL_CONF",
    "OPENSSL_CONF_INCLUDE",
    "OPENSSL_ENGINES",
    "OPENSSL_MODULES",
    "OPENSSL_TRACE",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    "REQUESTS_CA_BUNDLE",
    "CURL_CA_BUNDLE",
    "SSLKEYLOGFILE",
)


_left_out: dict[str, str] = {}


def drop(environment: MutableMapping[str, str]) -> None:
    """Leave them out; has to come before anything loads OpenSSL, which reads them once."""
    for name in _FOREIGN:
        if name in environment:
            _left_out[name] = environment.pop(name)


def left_out() -> Mapping[str, str]:
    """Those that were there: other programs heed them, so they are worth telling."""
    return _left_out
