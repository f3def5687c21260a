# SPDX-License-Identifier: MIT
"""Settings of OpenSSL that another product has set for every program of a computer."""

from __future__ import annotations

from pathlib import Path

# With it no connection comes about, neither as client nor as server.
FOREIGN = Path(__file__).with_name("foreign_openssl.cnf")
