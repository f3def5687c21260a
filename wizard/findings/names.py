# SPDX-License-Identifier: MIT
"""What names of people, computers and tenants look like in text, and which are nobody's."""

from __future__ import annotations

import ipaddress
import re

DOMAIN = "masked.invalid"
# What masking has put in, by kind; the spans of a preview are found with it.
MASKED = re.compile(
    r"\[masked:(?P<secret>[a-z-]{1,30})\]"
    rf"|(?P<name>user|name|host|domain|site|sid|ip6|mac|id)-\d+[@.]{re.escape(DOMAIN)}"
    r"|(?P<tenant>tenant)-\d+-masked(?:-my|-admin)?(?=[.-])"
    r"|(?<![\d.])(?P<ip>(?:[3-5]\d\d\.){3}[3-5]\d\d)(?![\d.])"
)


def around_masked(expression: str) -> re.Pattern[str]:
    """An expression that steps over what is masked already."""
    return re.compile(f"{MASKED.pattern}|{expression}")


EMAIL = around_masked(
    r"(?P<whole>[\w.%+'#-]{1,64}(?:@|%40)(?P<domain>[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}))"
)
HOME = around_masked(
    r"(?:(?i:(?<=\\Users)|(?<=Documents and Settings))\\{1,2}|(?<=/home)/|(?<=/Users)/)"
    r"(?P<whole>[^\\/\s\"'<>|:*?;,{}]{1,64})"
)
TENANT = around_masked(
    r"(?P<whole>[A-Za-z0-9][A-Za-z0-9-]{0,62}?)(?P<rest>(?:-my|-admin)?\."
    r"(?:sharepoint|onmicrosoft)(?:-mil)?\.(?:com|us|de|cn))\b"
)
SITE = around_masked(r"/(?:sites|teams|personal)/(?P<whole>[\w.%-]{1,128})(?=[/?#\s\"'<:,]|$)")
IPV4 = around_masked(r"(?<![\d.])(?P<whole>(?:\d{1,3}\.){3}\d{1,3})(?![\d.]*\d)")
IPV6 = around_masked(
    r"(?<![\w:.])(?P<whole>(?=[A-Fa-f:]{0,39}\d)(?=[0-9A-Fa-f:]{0,39}::|(?:[0-9A-Fa-f]{1,4}:){7})[0-9A-Fa-f:]{2,39})"
    r"(?![\w:])"
)
MAC = around_masked(
    r"(?<![\w:-])(?P<whole>[0-9A-Fa-f]{2}(?P<sep>[:-])[0-9A-Fa-f]{2}(?:(?P=sep)[0-9A-Fa-f]{2}){4})(?![\w:-])"
)
SID = around_masked(r"(?P<whole>S-1-5-21(?:-\d{1,10}){3,5})\b")
GUID = around_masked(
    r"(?<![\w-])(?P<whole>[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12})(?![\w-])"
)
# Accounts that every computer has, and parts of paths that name nobody.
NOBODY = frozenset(
    {"administrator", "admin", "root", "system", "localhost", "public", "default", "guest", "all"}
    | {"users", "user", "bhsvc", "nakivo", "local", "service", "network", "localsystem", "nt"}
    | {"localservice", "networkservice", "defaultuser", "sites", "teams", "getallsites", "delta"}
)
# The vendor's and Microsoft's own: nothing of the customer's.
OPEN_DOMAINS = (
    *("nakivo.com", "microsoft.com", "microsoftonline.com", "windows.net", "office365.com"),
    *("office.com", "microsoft.us", "microsoftonline.us", "office365.us", "chinacloudapi.cn"),
    *("partner.microsoftonline.cn", "outlook.cn"),
)
ACCOUNT = re.compile(r"(?P<domain>[\w.-]{1,64})\\(?P<name>[\w.$ -]{1,64})")
# A host with a dot, a port or a scheme: a single word could be any word.
ADDRESS = re.compile(
    r"(?=[a-z]{2,10}://|[\w.-]{1,253}\.[A-Za-z]|[\w.-]{1,253}:\d)"
    r"(?:[a-z]{2,10}://)?(?P<host>[A-Za-z0-9._-]{2,253})(?::\d{1,5})?(?:[/?#]\S*)?"
)


def is_open(value: str) -> bool:
    """Whether a name is the vendor's or Microsoft's: nothing of the customer's."""
    domain = value.lower().replace("%40", "@").rpartition("@")[2]
    return any(domain == known or domain.endswith(f".{known}") for known in OPEN_DOMAINS)


def is_nobody(value: str) -> bool:
    """Whether every computer has an account or a folder of this name."""
    return value.lower() in NOBODY


def address(value: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """The address a text means; leading zeros of IPv4 are allowed."""
    if ":" not in value:
        value = ".".join(part.lstrip("0") or "0" for part in value.split("."))
    try:
        return ipaddress.ip_address(value)
    except ValueError:
        return None
