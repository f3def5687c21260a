# SPDX-License-Identifier: MIT
"""One check per file; CHECKS lists them in the order in which they are shown.

A check counts only when it stands in CHECKS: finding modules by searching the folder would lose
them silently in the frozen program.
"""

from __future__ import annotations

from typing import Any

from wizard.checks import (
    antivirus,
    app_credentials,
    app_registration,
    disabled_services,
    dns,
    exchange_web_services,
    extra_permissions,
    gateway,
    graph_calls,
    http_answer,
    installation,
    java_trust,
    line_speed,
    log_evidence,
    memory,
    own_ports,
    product_token,
    proxy,
    proxy_views,
    rejected_operations,
    services,
    sharepoint_sign_in,
    sign_in,
    support_bundle,
    tcp,
    temp_folder,
    temp_space,
    tenant_cloud,
    tenant_hosts,
    tls,
    token_roles,
    trust_variables,
)
from wizard.checks.base import Check

CHECKS: tuple[Check[Any], ...] = (
    # permissions
    sign_in.CHECK,
    app_registration.CHECK,
    app_credentials.CHECK,
    token_roles.CHECK,
    extra_permissions.CHECK,
    product_token.CHECK,
    sharepoint_sign_in.CHECK,
    log_evidence.LOG_PERMISSIONS,
    # connectivity
    gateway.CHECK,
    proxy.CHECK,
    proxy_views.CHECK,
    dns.CHECK,
    tenant_hosts.CHECK,
    tcp.CHECK,
    tls.CHECK,
    java_trust.CHECK,
    trust_variables.CHECK,
    http_answer.CHECK,
    line_speed.CHECK,
    tenant_cloud.CHECK,
    own_ports.CHECK,
    log_evidence.LOG_CONNECTIVITY,
    # temp-folder
    temp_folder.CHECK,
    temp_space.CHECK,
    log_evidence.LOG_TEMP_FOLDER,
    # antivirus
    antivirus.CHECK,
    log_evidence.LOG_ANTIVIRUS,
    # memory
    memory.CHECK,
    log_evidence.LOG_MEMORY,
    # graph-forbidden
    graph_calls.CHECK,
    disabled_services.CHECK,
    exchange_web_services.CHECK,
    rejected_operations.CHECK,
    log_evidence.LOG_GRAPH_FORBIDDEN,
    # other
    services.CHECK,
    installation.CHECK,
    log_evidence.LOG_OTHER,
    support_bundle.CHECK,
)
