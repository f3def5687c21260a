# SPDX-License-Identifier: MIT
"""Builds what the checks of one run share; made anew for each run, so that nothing is stale."""

from __future__ import annotations

import threading
from functools import partial

from wizard.checks import expert_setting, java_ways, trust_setting
from wizard.checks.base import Context, Once
from wizard.checks.expert_setting import ToldSettings
from wizard.checks.log_evidence import DEADLINE_S
from wizard.errors import CannotCheck
from wizard.graph import (
    clouds,
    java_trust,
    network_data,
    network_walks,
    sign_in,
    tenant_cloud,
    tenant_hosts,
    words,
)
from wizard.graph.clouds import Cloud
from wizard.graph.java_way import Ways
from wizard.history import History
from wizard.host.base import Host
from wizard.model import Credentials, Scope, Secret
from wizard.nakivo import account, installation, logs, temp_folder, trust_store
from wizard.nakivo.installation import Installation
from wizard.nakivo.logs import LogEvidence
from wizard.nakivo.temp_folder import TempFolder
from wizard.nakivo.trust_store import Origin
from wizard.product import Product

_LOGS_SHARE = 0.75  # of the log checks' deadline: what was found by then is still told in time


def make_context(
    host: Host,
    product: Product,
    scope: Scope,
    credentials: Credentials,
    *,
    pasted_arguments: Secret | None = None,
    history: History | None = None,
    second_look_s: float = 0.0,
) -> Context:
    """The context of one run; nothing is looked at before a check asks."""
    cancel = threading.Event()
    # A wrong one is refused before anything begins; without one, it is mostly the usual cloud.
    named = clouds.choose(scope.cloud)
    guess = None if scope.cloud else named
    choice = Once(lambda: tenant_cloud.choose(scope, host))

    def cloud() -> Cloud:
        return choice().cloud

    found = Once(lambda: installation.find(host, product, scope.install_dir))

    seconds = _LOGS_SHARE * min(DEADLINE_S, scope.timeout_s or DEADLINE_S)

    def read_logs() -> LogEvidence:
        paths = scope.log_paths or logs.find_paths(host, found())
        return logs.scan(paths, product, cancel, seconds)

    settings = Once(lambda: expert_setting.told(scope, pasted_arguments, product))

    def resolve() -> TempFolder:
        return temp_folder.resolve(host, product, found(), settings().settings)

    signed_in = Once(lambda: sign_in.sign_in(cloud(), scope, credentials, host, cancel))

    def ask_graph() -> str:
        if not sign_in.can_sign_in(scope, credentials):
            raise CannotCheck("sharepoint_host.no_sign_in")
        token = signed_in().token
        if token is None:
            raise CannotCheck("sharepoint_host.not_signed_in")
        route = network_walks.route_to(scope, host, cloud().graph)
        seconds = network_data.load().limits.call_s
        return tenant_hosts.ask_graph(cloud(), scope, route, token, seconds)

    told = partial(trust_setting.told, scope, pasted_arguments, product)
    java_list = Once(lambda: trust_store.find(host, product, found(), told()))

    def ways() -> Ways:
        return _java_ways(host, product, found(), settings(), java_list().origin)

    walks = network_walks.Walks(cloud, scope, host, cancel, ask_graph, guess=guess)

    return Context(
        host=host,
        product=product,
        scope=scope,
        credentials=credentials,
        cloud=choice,
        installation=found,
        network=walks,
        java_trust=Once(lambda: java_trust.look(host, java_list(), walks, ways(), scope)),
        sign_in=signed_in,
        logs=Once(read_logs),
        settings=settings,
        temp_folder=Once(resolve),
        account=Once(lambda: account.runs_as(host, product, found())),
        cancel=cancel,
        history=history,
        second_look_s=second_look_s,
    )


def _java_ways(
    host: Host, product: Product, found: Installation, settings: ToldSettings, origin: Origin
) -> Ways:
    """Java's ways, by whoever says what Java's options are."""
    if origin is Origin.PROCESS:
        service = java_ways.of_service(host, product)
        seen = java_ways.of_running(host, product, found, service)
    elif origin is Origin.SETTING and settings.proxies:
        seen = java_ways.of_setting(settings.proxies[0])
    else:
        seen = java_ways.JavaWays("")
    return Ways(
        seen.route, words.told(words.load().way, seen.unseen, seen.detail) if seen.unseen else ""
    )
