# SPDX-License-Identifier: MIT
"""Builds what the checks of one run share; made anew for each run, so that nothing is stale."""

from __future__ import annotations

import threading
from contextlib import suppress
from dataclasses import replace
from functools import partial

from wizard.checks import expert_setting, java_ways, trust_setting
from wizard.checks.base import Context, Once
from wizard.checks.expert_setting import ToldSettings
from wizard.checks.java_ways import JavaWays
from wizard.checks.log_evidence import DEADLINE_S
from wizard.errors import CannotCheck
from wizard.graph import (
    clouds,
    java_trust,
    network_data,
    network_walks,
    probes,
    registration_reader,
    resource_tokens,
    sign_in,
    tenant_cloud,
    tenant_hosts,
    words,
)
from wizard.graph.app_registration import AppRegistration
from wizard.graph.clouds import Cloud
from wizard.graph.java_trust import JavaTrust
from wizard.graph.java_way import Ways
from wizard.graph.probes import Call
from wizard.graph.resource_tokens import Resource
from wizard.graph.sign_in import SignIn
from wizard.graph.tenant_hosts import TenantHosts
from wizard.history import History
from wizard.host.base import Host
from wizard.model import Credentials, Emit, LogsRead, Scope, Secret, ignore
from wizard.nakivo import (
    account,
    failed_at,
    installation,
    log_places,
    log_progress,
    logs,
    temp_folder,
    trust_store,
)
from wizard.nakivo.installation import Installation
from wizard.nakivo.logs import LogEvidence
from wizard.nakivo.temp_folder import TempFolder
from wizard.nakivo.trust_store import Origin
from wizard.product import Product

_LOGS_SHARE = 0.75  # of the log checks' deadline: what was found by then is still told in time


class _Shared:
    """What each of a run's questions is answered from; nothing is looked at before one is asked."""

    def __init__(
        self,
        host: Host,
        product: Product,
        scope: Scope,
        credentials: Credentials,
        pasted_arguments: Secret | None,
        *,
        emit: Emit,
    ) -> None:
        self.host, self.product, self.scope, self.credentials = host, product, scope, credentials
        self.cancel, self.emit = threading.Event(), emit
        # A wrong one is refused before anything begins; without one, it is mostly the usual cloud.
        named = clouds.choose(scope.cloud)
        self.choice = Once(lambda: tenant_cloud.choose(scope, host))
        self.found = Once(lambda: installation.find(host, product, scope.install_dir))
        self.java_ways = Once(self.see_java_ways)
        self.settings = Once(lambda: expert_setting.told(scope, pasted_arguments, product))
        self.signed_in = Once(
            lambda: sign_in.sign_in(self.cloud(), scope, credentials, host, self.cancel)
        )
        self.sharepoint_host = Once(self.ask_graph)
        self.hosts = Once(lambda: tenant_hosts.find(self.cloud(), scope, self.sharepoint_host))
        self.trust_setting = partial(trust_setting.told, scope, pasted_arguments, product)
        self.java_list = Once(
            lambda: trust_store.find(host, product, self.found(), self.trust_setting())
        )
        guess = None if scope.cloud else named
        self.walks = network_walks.Walks(
            self.cloud, scope, host, self.cancel, self.sharepoint_host, guess=guess
        )

    def see_java_ways(self) -> JavaWays:
        """The ways of the running Java Transporter."""
        known: Installation | None = None
        with suppress(CannotCheck):
            known = self.found()
        service = java_ways.of_service(self.host, self.product)
        return java_ways.of_running(self.host, self.product, known, service)

    def cloud(self) -> Cloud:
        """The cloud that all requests go to."""
        return self.choice().cloud

    def read_logs(self) -> LogEvidence:
        """What the logs say, as far as they can be read in time."""
        seconds = _LOGS_SHARE * min(DEADLINE_S, self.scope.timeout_s or DEADLINE_S)
        told = failed_at.parse(self.scope.failed_at) if self.scope.failed_at else None
        progress = log_progress.paced(self.tell_logs_read)
        given = self.scope.log_paths
        if given:
            return logs.scan(
                given, self.product, self.cancel, seconds, told=told, progress=progress
            )
        where = (self.host, self.found(), self.product)
        more = log_places.of_system(*where)
        paths = log_places.find(*where)
        return logs.scan(
            paths, self.product, self.cancel, seconds, more=more, told=told, progress=progress
        )

    def tell_logs_read(self, count: int) -> None:
        """How far it is, as long as somebody waits."""
        if not self.cancel.is_set():
            self.emit(LogsRead(count))

    def resolve(self) -> TempFolder:
        """The temporary folder in use."""
        return temp_folder.resolve(self.host, self.product, self.found(), self.settings().settings)

    def ask_graph(self) -> str:
        """The host of the tenant's SharePoint, or CannotCheck."""
        if not sign_in.can_sign_in(self.scope, self.credentials):
            raise CannotCheck("sharepoint_host.no_sign_in")
        token = self.signed_in().token
        if token is None:
            raise CannotCheck("sharepoint_host.not_signed_in")
        route = network_walks.route_to(self.scope, self.host, self.cloud().graph)
        seconds = network_data.load().limits.call_s
        return tenant_hosts.ask_graph(self.cloud(), self.scope, route, token, seconds)

    def read_registration(self) -> AppRegistration:
        """What the tenant's directory says of the app, or CannotCheck."""
        token = self.signed_in().token
        if token is None:
            raise CannotCheck("error.not_signed_in")
        secret = None if self.scope.certificate else self.credentials.client_secret
        return registration_reader.read(
            self.cloud(), self.scope, self.host, token, self.cancel, secret=secret
        )

    def call_graph(self) -> tuple[Call, ...]:
        """One read-only call per chosen service; none without a token."""
        signed_in = self.signed_in()
        if signed_in.token is None:
            return ()
        asked = (self.cloud(), self.scope, self.host, signed_in.token, self.cancel)
        return probes.run(*asked, claims=signed_in.claims)

    def ask_for_token(self, resource: Resource) -> SignIn:
        """A token of a service beside Graph; not asked for where the app can't sign in at all."""
        if self.signed_in().token is None:
            raise CannotCheck("error.not_signed_in")
        hosts: TenantHosts | None = None
        if resource is Resource.SHAREPOINT:
            with suppress(CannotCheck):
                hosts = self.hosts()
        wanted = resource_tokens.address(resource, self.cloud(), hosts)
        return sign_in.sign_in(
            *(self.cloud(), self.scope, self.credentials, self.host, self.cancel), resource=wanted
        )

    def look_at_java_trust(self) -> JavaTrust:
        """What Java's list of authorities says of the ways that Java takes."""
        listed = self.java_list()
        ways = _java_ways(self.host, self.product, self.found(), self.settings(), listed.origin)
        seen = java_trust.look(
            self.host, listed, self.walks, ways, self.scope, early=self.walks.early()
        )
        return replace(seen, own_cloud=self.choice().cloud.is_own)


def make_context(
    host: Host,
    product: Product,
    scope: Scope,
    credentials: Credentials,
    *,
    pasted_arguments: Secret | None = None,
    history: History | None = None,
    second_look_s: float = 0.0,
    emit: Emit = ignore,
) -> Context:
    """The context of one run; nothing is looked at before a check asks."""
    shared = _Shared(host, product, scope, credentials, pasted_arguments, emit=emit)
    return Context(
        host=host,
        product=product,
        scope=scope,
        credentials=credentials,
        cloud=shared.choice,
        installation=shared.found,
        network=shared.walks,
        java_ways=shared.java_ways,
        java_trust=Once(shared.look_at_java_trust),
        sign_in=shared.signed_in,
        graph_calls=Once(shared.call_graph),
        app_registration=Once(shared.read_registration),
        tenant_hosts=shared.hosts,
        resource_tokens={one: Once(partial(shared.ask_for_token, one)) for one in Resource},
        logs=Once(shared.read_logs),
        settings=shared.settings,
        temp_folder=Once(shared.resolve),
        account=Once(lambda: account.runs_as(host, product, shared.found())),
        cancel=shared.cancel,
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
