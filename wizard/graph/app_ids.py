# SPDX-License-Identifier: MIT
"""The ids of an app registration as people type them."""

from __future__ import annotations

import re
from uuid import UUID

from wizard.errors import BadInput

DOMAIN = re.compile(
    r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]", re.I
)


def check_tenant_id(text: str) -> str:
    """A tenant ID or domain name, without blanks around it; BadInput when it is neither."""
    wanted = text.strip()
    if _is_guid(wanted) or DOMAIN.fullmatch(wanted):
        return wanted
    raise BadInput("error.tenant_id", value=text)


def check_client_id(text: str) -> str:
    """A client ID, without blanks around it; BadInput when it isn't one."""
    wanted = text.strip()
    if _is_guid(wanted):
        return wanted
    raise BadInput("error.client_id", value=text)


def _is_guid(text: str) -> bool:
    try:
        return str(UUID(text)) == text.lower()
    except ValueError:
        return False
