# SPDX-License-Identifier: MIT
"""The hosts of the tenant's own SharePoint and OneDrive: from whom they are known, or why not."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from wizard import codec
from wizard.errors import BadInput, CannotCheck
from wizard.graph import network_data
from wizard.graph.clouds import Cloud
from wizard.graph.http import Http, NoAnswer
from wizard.graph.proxies import Route
from wizard.model import Scope, Secret

ROOT_SITE = "/v1.0/sites/root?$select=webUrl"
HOST = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}", re.I)
_PERSONAL, _ADMIN = "-my", "-admin"


class Origin(StrEnum):
    """Where the hosts are known from."""

    OPTION = "option"
    CLOUD_FILE = "cloud-file"
    GRAPH = "graph"
    TENANT_NAME = "tenant-name"  # made from the tenant's first domain, so a guess


@dataclass(frozen=True)
class TenantHosts:
    """Addresses without a trailing slash; `onedrive` is empty where nothing tells it."""

    sharepoint: str
    onedrive: str
    origin: Origin


def check_option(text: str) -> str:
    """The host given with --sharepoint-host, also when it was copied with the rest of its address.

    Raises:
        BadInput: it is no host name.
    """
    host = text.strip().lower().removeprefix("https://").partition("/")[0]
    first, dot, rest = host.partition(".")
    if not HOST.fullmatch(host):
        raise BadInput("error.sharepoint_host", value=text)
    return first.removesuffix(_PERSONAL).removesuffix(_ADMIN) + dot + rest


def find(cloud: Cloud, scope: Scope, ask_graph: Callable[[], str]) -> TenantHosts:
    """The option first, then a cloud file, then the tenant's domain, then Graph itself.

    Raises:
        CannotCheck: nothing of these tells the host.
    """
    if scope.sharepoint_host:
        return _of_host(scope.sharepoint_host, Origin.OPTION)
    if cloud.is_own:
        return TenantHosts(cloud.sharepoint, cloud.onedrive, Origin.CLOUD_FILE)
    first_domain = network_data.load().first_domain
    tenant = (scope.tenant_id or "").lower()
    try:
        return _of_host(ask_graph(), Origin.GRAPH)
    except CannotCheck:
        domain = urlsplit(cloud.sharepoint).hostname
        name = tenant.removesuffix(first_domain)
        if not tenant.endswith(first_domain) or "." in name or not domain:
            raise
        return _of_host(f"{name}.{domain}", Origin.TENANT_NAME)


def ask_graph(cloud: Cloud, scope: Scope, route: Route, token: Secret, seconds: float) -> str:
    """The host of the tenant's root site, as Graph tells it to who may read sites.

    Raises:
        CannotCheck: Graph doesn't tell it.
    """
    headers = {"Accept": "application/json", "Authorization": f"Bearer {token.reveal()}"}
    with Http(route, scope.ca_file) as http:
        try:
            reply = http.get(cloud.graph + ROOT_SITE, headers, seconds)
        except NoAnswer as error:
            raise CannotCheck("sharepoint_host.no_answer", detail=error.detail) from None
    found = _web_url(reply.text) if reply.status_code == 200 else ""
    if not HOST.fullmatch(found):
        raise CannotCheck("sharepoint_host.not_told", status=reply.status_code)
    return found


def _web_url(text: str) -> str:
    try:
        body = codec.load_json(text)
        return urlsplit(str(body["webUrl"])).hostname or "" if isinstance(body, dict) else ""
    except (ValueError, KeyError):
        return ""


def _of_host(host: str, origin: Origin) -> TenantHosts:
    """Personal sites have a host of their own: the first part of the name with -my behind it."""
    first, dot, rest = host.partition(".")
    return TenantHosts(f"https://{host}", f"https://{first}{_PERSONAL}{dot}{rest}", origin)
