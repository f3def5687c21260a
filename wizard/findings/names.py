# SPDX-License-Identifier: MIT
"""What names of people, computers and tenants look like in text, and which are nobody's."""

from __future__ import annotations

import ipaddress
import re

DOMAIN = "masked.invalid"
# What masking has put in, by kind; the spans of a preview are found with it.
MASKED = re.compile(
    r"\[masked:(?P<secret>[a-z-]{1,30})\]"
    rf"|(?P<name>user|name|host|domain|site|sid|ip6|mac|id|file)-\d+[@.]{re.escape(DOMAIN)}"
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
# Without any number only one of a private network or of a single line can be told from words.
IPV6 = around_masked(
    r"(?<![\w:.])(?P<whole>(?=[A-Fa-f:]{0,39}\d|[Ff][C-Ec-e][A-Fa-f]{2}:)(?="
    r"[0-9A-Fa-f:]{0,39}::|(?:[0-9A-Fa-f]{1,4}:){7})[0-9A-Fa-f:]{2,39})"
    r"(?![\w:])"
)
MAC = around_masked(
    r"(?<![\w:-])(?P<whole>[0-9A-Fa-f]{2}(?P<sep>[:-])[0-9A-Fa-f]{2}(?:(?P=sep)[0-9A-Fa-f]{2}){4})(?![\w:-])"
)
SID = around_masked(r"(?P<whole>S-1-5-21(?:-\d{1,10}){3,5})\b")
GUID = around_masked(
    r"(?<![\w-])(?P<whole>[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12})(?![\w-])"
)
# What stands in quotes beside a word that says it is somebody's: mailbox "Jo Doe", the "Jo" drive.
_OWNED = (
    r"(?i:mailbox(?:es)?|jobs?|users?|objects?|sites?|groups?|teams?|drives?|accounts?|owners?"
    r"|members?|contacts?|calendars?|channels?|folders?|files?|items?|tenants?|organi[sz]ations?)"
)
_QUOTES = (  # as they open, as they close; what is between has none of either
    ('"\u201c\u201e\u00ab', '"\u201c\u201d\u00bb'),
    ("'\u2018\u201a", "'\u2018\u2019"),
)
QUOTED = tuple(
    around_masked(expression)
    for opens, closes in _QUOTES
    for title in [
        rf"\\?[{opens}](?P<whole>\w(?:[^{opens}{closes}\\\r\n{{}}<>]{{0,118}}"
        rf"[^{opens}{closes}\\\s{{}}<>,:])?)\\?[{closes}]"
    ]
    for expression in (
        rf"(?<![\w-]){_OWNED}[ \t:]{{1,3}}{title}",
        rf"(?<!\w){title}[ \t]{{1,3}}{_OWNED}(?![\w-])",
    )
)
# Documents of people; those of the product and of the system have other endings.
FILE_ENDINGS = (
    *(".docx", ".doc", ".xlsx", ".xls", ".xlsm", ".pptx", ".ppt", ".pdf", ".pst", ".ost", ".msg"),
    *(".eml", ".vsdx", ".one", ".odt", ".ods", ".odp", ".rtf", ".csv", ".mpp", ".accdb", ".vcf"),
    *(".ics", ".jpg", ".jpeg", ".png", ".heic", ".mp4", ".mov"),
)
# A path of a drive in a request to Graph: it ends at a colon, or with the address.
DRIVE_PATH = around_masked(
    r"(?i:/drive(?:s/[^/\s]{1,200})?/(?:root|items/[\w!.-]{1,100}|special/\w{1,40})):/(?![:{])"
    r"(?P<whole>[^:\\\"<>|*?\r\n]{1,400}?(?=:(?:/|\s|$)|[\\\"?]|$"
    r"|\s(?:HTTP/|-> |returned |failed |[1-5]\d\d(?!\w)))|[^\s:\\\"'<>|*?]{1,400})"
)
_ENDING = "(?i:" + "|".join(re.escape(ending) for ending in FILE_ENDINGS) + r")(?![\w-])"
_FILE_WORD = r"[^\s\\/:*?\"'<>|,;={}()\[\]]"
FILE = (
    # A whole name between separators or quotes; else the last word and capitalised ones before it.
    around_masked(
        rf"(?<=[\\/\"'])(?P<whole>\w[^\\/:*?\"'<>|\r\n{{}}]{{0,120}}{_ENDING})(?=[\"'\\]|\s|$|[.,;:)])"
    ),
    around_masked(
        rf"(?<!{_FILE_WORD})(?P<whole>(?:[A-Z\u00c0-\u00de]{_FILE_WORD}{{0,39}}[a-z\u00df-\u00ff]"
        rf"{_FILE_WORD}{{0,39}} ){{0,4}}{_FILE_WORD}{{1,120}}{_ENDING})"
    ),
)
# A host with its domain. The endings tell it from Graph permissions, settings and Java packages.
_TOP = (
    r"(?i:local|lan|internal|intern|intra|corp|home|localdomain|com|net|org|edu|gov|mil|info|biz"
    r"|io|cloud|online|app|dev|tech|eu|de|at|ch|li|uk|us|ca|mx|br|ar|fr|nl|be|lu|dk|se|no|fi|ie|pl"
    r"|cz|sk|hu|it|es|pt|ro|bg|gr|hr|si|ee|lv|lt|ua|ru|tr|il|za|in|sg|hk|tw|cn|jp|kr|au|nz)"
)
FQDN = around_masked(
    r"(?:(?<![\w.@%/\\$-])|(?<=(?<!\w)\*\.))(?!(?i:java|javax|jdk|sun|com|org|net|io|kotlin)\.)"
    rf"(?P<whole>(?=[\w.-]{{0,250}}[A-Za-z])[A-Za-z0-9][\w-]{{0,62}}(?:\.[A-Za-z0-9][\w-]{{0,62}}){{0,5}}\.{_TOP})"
    r"(?![\w-]|\.\w|\()"
)
FQDN_OF_URL = around_masked(
    r"(?<=//)(?P<whole>[A-Za-z0-9][\w-]{0,62}(?:\.[A-Za-z0-9][\w-]{0,62}){1,6})(?=[/:?#\s\"'<>,;)]|$)"
)
# Computers by the form their names mostly have (SRV-BACKUP01), in a share, or after a word.
_NO_COMPUTER = (
    r"(?:UTF|SHA|ISO|CVE|CWE|TLS|SSL|AES|RSA|RFC|HTTP|HTTPS|MD|KB|MS|S|GMT|UTC|JDK|JRE|PKCS|CP|ECDHE"
    r"|X|EC|P|VM|XX|WINDOWS|IPV|TOP|BIT|ASCII|BASE|ID|HRESULT|ERROR|CODE|STATUS|LINE|STEP|PART|TASK)-"
)
COMPUTER = (
    around_masked(
        rf"(?<![\w.%/-])(?!{_NO_COMPUTER})(?=[A-Z0-9-]{{0,14}}\d)"
        r"(?P<whole>[A-Z][A-Z0-9]{1,13}(?:-[A-Z0-9]{1,12}){1,3})(?![\w-])"
    ),
    around_masked(r"(?<![\w:\\])\\\\(?P<whole>[A-Za-z0-9][\w-]{1,62})(?=\\)"),
    around_masked(
        r"(?<![\w-])(?i:host|hostname|server|computer|machine|node)(?:[ =:]{1,3}|\s[\"'])"
        r"(?P<whole>[A-Za-z](?=[A-Za-z-]{0,30}\d)[\w-]{2,30})(?![\w.(-])"
    ),
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
    *("partner.microsoftonline.cn", "outlook.cn", "azure.com", "azure.us", "azure.cn", "live.com"),
    *("sovcloud.de", "sovcloud.fr", "sovcloud-identity.de", "sovcloud-identity.fr"),
    *("sovcloud-identity.sg", "outlook.com"),
    *("office.net", "windows.com", "windowsupdate.com", "sharepointonline.com", "office365.cn"),
    *("digicert.com", "oracle.com", "java.com"),
)
# Where Microsoft keeps tenants: below these everything is a customer's, they themselves are not.
_TENANT_DOMAINS = frozenset(
    f"{name}.{top}"
    for name in ("sharepoint", "sharepoint-mil", "onmicrosoft")
    for top in ("com", "us", "de", "cn")
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
    return value.lower() in _TENANT_DOMAINS or any(
        domain == known or domain.endswith(f".{known}") for known in OPEN_DOMAINS
    )


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
