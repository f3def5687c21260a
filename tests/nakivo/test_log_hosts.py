# SPDX-License-Identifier: MIT
"""Trouble with another host is told apart from trouble with Microsoft 365."""

from __future__ import annotations

import pytest

from wizard.nakivo import log_hosts, log_signatures
from wizard.product import Product


@pytest.mark.parametrize(
    ("record", "foreign"),
    [
        ("java.net.UnknownHostException: updates.example.com", True),
        ("java.net.UnknownHostException: srv01: srv01: Name or service not known", True),
        ("java.net.UnknownHostException: dod-graph.microsoft.us", False),
        ("java.net.UnknownHostException", False),
        ("Connect to https://vcenter.local:443 failed: Connection timed out", True),
        ("Connect to https://vcenter.local failed, then https://graph.microsoft.com, too", False),
        ("https://graph.microsoft.com.example.org: PKIX path building failed", True),
        ("https://contoso-my.sharepoint.com/_api: Read timed out", False),
        ("Read timed out\n\tat java.base/java.util.Arrays.copyOf(Arrays.java:3537)", False),
        ("Failed to connect to graph.microsoft.com/20.190.1.1:443", False),
        ("Failed to connect to nas.local/10.0.0.9:5001", True),
        ("Failed to connect to /20.190.1.1:443", False),
        ("Connection timed out: 10.0.0.20:902", True),
        ("Connection timed out: 10.0.0.20:8080", False),
        ("Connection refused: http://localhost:3128", False),
        ("The proxy gate.local:443 did not answer: Connection timed out", False),
        ("No name matching gate.local found", True),
        ("Failed to resolve 'graph.microsoft.com' [A(1)] after 2 queries", False),
    ],
)
def test_is_foreign_when_a_record_names_hosts_then_only_others_are(
    record: str, foreign: bool, product: Product
) -> None:
    assert log_hosts.is_foreign(record, log_signatures.load(product).hosts) is foreign
