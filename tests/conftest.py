# SPDX-License-Identifier: MIT
"""Fixtures for all tests: the product's data, the texts, and a log that must stay quiet."""

from __future__ import annotations

import logging
import signal
from collections.abc import Iterator

import pytest

from wizard import product as product_module
from wizard.product import Product
from wizard.texts import Texts

# What a shell starts in the background ignores Ctrl-C, and so do the programs that it starts.
signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--full", action="store_true", help="also the long runs")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--full"):
        for item in items:
            if item.get_closest_marker("full"):
                item.add_marker(pytest.mark.skip(reason="a long run; ask for it with --full"))


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
