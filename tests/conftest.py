# SPDX-License-Identifier: MIT
"""Fixtures for all tests: the product's data, the texts, and a log that must stay quiet."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

from wizard import product as product_module
from wizard.product import Product
from wizard.texts import Texts


@pytest.fixture(scope="session")
def product() -> Product:
    return product_module.load()


@pytest.fixture(scope="session")
def texts() -> Texts:
    return Texts.load("en")


@pytest.fixture(autouse=True)
def quiet_log(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A logged warning or error that a test doesn't ask for fails the test."""
    yield
    loud = [r for r in caplog.get_records("call") if r.levelno >= logging.WARNING]
    assert not loud, [record.getMessage() for record in loud]
