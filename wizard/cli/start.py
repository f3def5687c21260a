# SPDX-License-Identifier: MIT
"""From options and environment to a session: what to look at, and with which credentials."""

from __future__ import annotations

import argparse
import getpass
import os
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from wizard import failure_words, product
from wizard.cli.streams import is_answered
from wizard.errors import BadInput, CannotCheck
from wizard.host.base import Host
from wizard.host.deadline import FILE_SECONDS, within
from wizard.host.live import live_host
from wizard.model import CauseId, Credentials, Scope, Secret, Workload
from wizard.session import Session
from wizard.texts import Texts

if TYPE_CHECKING:
    from wizard.history import History

Options = argparse.Namespace

# Long enough for a running backup to write more than a disk's usual coming and going.
SECOND_LOOK_S = 2.0


def scope_from(options: Options, environment: Mapping[str, str]) -> Scope:
    """What the person told us; BadInput for what can't be meant."""
    given = vars(options)
    scope = Scope(
        install_dir=_existing(given.get("install_dir"), "error.folder_missing"),
        log_paths=tuple(str(_existing(p, "error.path_missing")) for p in given.get("log", ())),
        causes=tuple(_cause(text) for text in given.get("cause", ())),
        cloud=given.get("cloud"),
        tenant_id=given.get("tenant_id") or environment.get("AZURE_TENANT_ID"),
        sharepoint_host=_sharepoint_host(given.get("sharepoint_host")),
        client_id=given.get("client_id") or environment.get("AZURE_CLIENT_ID"),
        certificate=given.get("certificate") or environment.get("AZURE_CLIENT_CERTIFICATE_PATH"),
        workloads=_workloads(given.get("services")),
        proxy=given.get("proxy"),
        ca_file=_existing(given.get("ca_file"), "error.file_missing"),
        offline=given.get("offline", False),
        timeout_s=seconds(given.get("timeout")),
        arguments_file=_arguments_file(given.get("arguments_file")),
        largest_items_gb=_largest_items(given.get("largest_items")),
        measure_speed=given.get("measure_disk", False),
        failed_at=_failed_at(given.get("failed_at")),
        repositories=tuple(given.get("repository", ())),
    )
    check_scope(scope)
    return scope


def check_scope(scope: Scope) -> None:
    """Refuse ids and addresses of the wrong form before anything is asked."""
    if scope.cloud or scope.proxy or scope.tenant_id or scope.client_id:
        _check_network_options(scope)
    _existing(scope.certificate, "error.file_missing")


def _check_network_options(scope: Scope) -> None:
    from wizard.graph import app_ids, clouds, proxies  # noqa: PLC0415 - slow to load

    clouds.choose(scope.cloud)
    if scope.proxy:
        proxies.check_proxy_option(scope.proxy)
    if scope.tenant_id:
        app_ids.check_tenant_id(scope.tenant_id)
    if scope.client_id:
        app_ids.check_client_id(scope.client_id)


def credentials_from(scope: Scope, environment: Mapping[str, str]) -> Credentials:
    """Secrets from the environment, else from a prompt where somebody can answer it."""
    secret = environment.get("AZURE_CLIENT_SECRET")
    password = environment.get("AZURE_CLIENT_CERTIFICATE_PASSWORD")
    named = scope.tenant_id and scope.client_id and not scope.certificate
    if named and not secret and not scope.offline and is_answered():
        secret = getpass.getpass("Client secret (kept in memory only, empty to skip): ")
    return Credentials(
        client_secret=Secret(secret) if secret else None,
        certificate_password=Secret(password) if password else None,
    )


@contextmanager
def open_session(options: Options, texts: Texts) -> Iterator[Session]:
    """The session the options ask for; a sample server lives as long as it."""
    name = getattr(options, "demo", None)
    if name is not None:
        scope = scope_from(options, {})
        with open_sample(name, texts) as session:
            session.scope = overlay(session.scope, scope, vars(options))
            yield session
        return
    scope = scope_from(options, os.environ)
    credentials = credentials_from(scope, os.environ)
    yield Session(
        live_host(),
        product.load(),
        texts,
        scope,
        credentials,
        find_history=_own_history,
        second_look_s=SECOND_LOOK_S,
    )


def _own_history() -> History | None:
    from wizard import history  # noqa: PLC0415 - only a run needs it

    return history.own()


def open_sample(name: str, texts: Texts) -> AbstractContextManager[Session]:
    """A session with a sample server, for as long as the `with` block."""
    from wizard.demo import sample  # noqa: PLC0415 - brings servers and certificates

    return sample.open_sample(name, texts)


@contextmanager
def open_host(options: Options, texts: Texts) -> Iterator[Host]:
    """Only the computer, for commands that need no diagnosis."""
    if getattr(options, "demo", None) is None:
        yield live_host()
        return
    with open_session(options, texts) as session:
        yield session.host


# Scope fields by the option that sets them; a sample keeps what wasn't given.
_FIELD_OF = {
    "install_dir": "install_dir",
    "log": "log_paths",
    "cause": "causes",
    "cloud": "cloud",
    "tenant_id": "tenant_id",
    "sharepoint_host": "sharepoint_host",
    "client_id": "client_id",
    "certificate": "certificate",
    "services": "workloads",
    "proxy": "proxy",
    "ca_file": "ca_file",
    "offline": "offline",
    "timeout": "timeout_s",
    "arguments_file": "arguments_file",
    "largest_items": "largest_items_gb",
    "measure_disk": "measure_speed",
    "failed_at": "failed_at",
    "repository": "repositories",
}


def overlay(sample_scope: Scope, asked: Scope, given: Mapping[str, object]) -> Scope:
    """A sample's scope with what the person gave on the command line."""
    fields = [_FIELD_OF[option] for option in _FIELD_OF if option in given]
    return replace(sample_scope, **{name: getattr(asked, name) for name in fields})


def _existing(path: str | None, error: str) -> str | None:
    if path == "":
        raise BadInput("error.path_empty")
    if path is not None and not _is_there(path):
        raise BadInput(error, path=path)
    return path


def _is_there(path: str) -> bool:
    """Whether there is such a file or folder; BadInput when the system won't say."""
    try:
        return within(FILE_SECONDS)(_exists)(path)
    except CannotCheck as silent:
        raise BadInput(silent.text, **silent.values) from None
    except (OSError, ValueError) as refused:
        reason = failure_words.of(refused)
        raise BadInput("error.path_unusable", path=path[:200], reason=reason) from None


def _exists(path: str) -> bool:
    return Path(path).exists()


def _sharepoint_host(text: str | None) -> str | None:
    if text is None:
        return None
    from wizard.graph import tenant_hosts  # noqa: PLC0415 - slow to load

    return tenant_hosts.check_option(text)


def _arguments_file(path: str | None) -> str | None:
    """One that holds an argument string; BadInput says why it doesn't."""
    if path is not None:
        from wizard.checks import expert_setting  # noqa: PLC0415 - only a run needs it

        expert_setting.read_file(path, product.load())
    return path


def _failed_at(text: str | None) -> str | None:
    """A time that a run of the logs can be found by; BadInput for anything else."""
    if text is not None:
        from wizard.nakivo import failed_at  # noqa: PLC0415 - only a run needs it

        failed_at.parse(text)
    return text


def _largest_items(text: str | None) -> tuple[float, ...]:
    if text is None:
        return ()
    from wizard.nakivo import item_sizes  # noqa: PLC0415 - only a run needs it

    return item_sizes.parse(text)


def _cause(text: str) -> CauseId:
    try:
        return CauseId(text)
    except ValueError:
        raise BadInput("error.unknown_cause", given=text, known=", ".join(CauseId)) from None


def _workloads(text: str | None) -> tuple[Workload, ...]:
    if text is None:
        return tuple(Workload)
    try:
        return tuple(dict.fromkeys(Workload(part.strip()) for part in text.split(",")))
    except ValueError:
        raise BadInput("error.unknown_service", given=text, known=",".join(Workload)) from None


def seconds(value: float | None) -> float | None:
    """A time limit; BadInput for one that is none."""
    if value is not None and not 0 < value <= 3600:
        raise BadInput("error.timeout_range", given=value)
    return value
