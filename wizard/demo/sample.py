# SPDX-License-Identifier: MIT
"""Opens a sample server: the real engine on a scripted computer and a loopback Microsoft 365."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from wizard import failure_words
from wizard import product as product_module
from wizard.demo import java_list, past, sample_tree, server
from wizard.demo.microsoft365 import StandIn
from wizard.demo.proxy import SignInProxy
from wizard.demo.scenarios import SCENARIOS, Scenario
from wizard.errors import BadInput
from wizard.model import Credentials, Scope, Secret
from wizard.session import Session
from wizard.texts import Texts

PREFIX = "m365-sample-"
REMOVALS, PAUSE_S = 20, 0.05
_folders: list[Path] = []  # of the samples that are open


@contextmanager
def open_sample(name: str, texts: Texts) -> Iterator[Session]:
    """A session with a sample server; its folder and its loopback servers go when it closes.

    Raises:
        BadInput: there is no such sample, or this computer has no room for it.
    """
    if name not in SCENARIOS:
        raise BadInput("error.unknown_scenario", given=name, known=", ".join(SCENARIOS))
    with ExitStack() as stack:
        yield _prepared(SCENARIOS[name], texts, stack)


@contextmanager
def _folder() -> Iterator[Path]:
    """A folder that goes at the end, also when a check that was given up still reads in it.

    Windows removes no file that somebody has open; such a check is done in a moment.
    """
    with tempfile.TemporaryDirectory(prefix=PREFIX, ignore_cleanup_errors=True) as name:
        folder = Path(name).resolve()
        _folders.append(folder)
        try:
            yield folder
        finally:
            _folders.remove(folder)
            _remove(folder)


def remove_folders() -> None:
    """Remove the folders of all open samples, before an end that no `with` block sees."""
    for folder in _folders:
        _remove(folder)


def _remove(folder: Path) -> None:
    for _ in range(REMOVALS):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            break
        time.sleep(PAUSE_S)


@contextmanager
def _service_starts() -> Iterator[None]:
    """BadInput where a loopback server doesn't come about."""
    try:
        yield
    except OSError as error:  # also what OpenSSL says
        reason = failure_words.of(error)
        raise BadInput("error.no_sample_service", reason=reason) from None


def _prepared(scenario: Scenario, texts: Texts, stack: ExitStack) -> Session:
    product = product_module.load()
    with _service_starts():
        wanted = scenario.proxy_wants_sign_in
        proxy = stack.enter_context(SignInProxy()).address if wanted else None
    try:
        root = stack.enter_context(_folder())
        tree = sample_tree.build(root, scenario, product, proxy)
    except OSError as error:
        reason, variable = failure_words.of(error), "TEMP" if os.name == "nt" else "TMPDIR"
        raise BadInput("error.no_sample_folder", reason=reason, variable=variable) from None
    with _service_starts():
        stand_in = stack.enter_context(StandIn(scenario.microsoft365, root))
        java_list.write(tree.java(product), stand_in.ca_file)
    scope = Scope(
        install_dir=None if scenario.readable else str(tree.product),
        cloud=str(stand_in.cloud_file),
        ca_file=str(stand_in.ca_file),
        tenant_id=stand_in.tenant_id,
        client_id=stand_in.client_id,
        arguments_file=str(tree.settings) if scenario.readable else None,
    )
    host = server.make_host(tree, scenario, product, proxy)
    history = past.make(tree, host, scenario, product)
    return Session(
        host=host,
        product=product,
        texts=texts,
        scope=scope,
        credentials=Credentials(client_secret=Secret(stand_in.secret)),
        settings_file=str(tree.settings),
        find_history=lambda: history,
    )
