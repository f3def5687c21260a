# SPDX-License-Identifier: MIT
"""What a secret looks like in text, and the same text without it. Standard library only.

Every expression names the part to take out `secret`, is bounded, and is tried only where one of
its hints occurs. What is put in stays valid inside JSON, and is never taken for a secret again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

PLACEHOLDER = re.compile(r"\[masked:[a-z-]{1,30}\]")
# A value that is masked already.
_OPEN = r"(?!\\?[\"']?\[masked:[a-z-]{1,30}\](?![A-Za-z0-9]))"
_NAMED = (
    r"(?i:passw(?:ords?|orte?s?|d)?|kennw(?:ort|oerter|örter)(?:e?s)?|passphrase|pwd|client[_-]?secret|secret[_-]?(?:text|key|value)"
    r"|access[_-]?token|refresh[_-]?token|id[_-]?token|session[_-]?token|client[_-]?assertion"
    r"|api[_-]?key|account[_-]?key|shared[_-]?access[_-]?key|subscription[_-]?key"
    r"|shared[_-]?secret|app[_-]?secret|private[_-]?key|storepass|keypass)(?i:[_-]?(?:value|text))?"
)
# Words of every sentence, too: "missing from the token: Files.Read.All" holds no secret.
_WORD = r"(?i:(?<![a-z])(?:secret|token|assertion|pass|pw)(?:[_-]?(?:value|text))?)"
_KEY = f"(?:{_NAMED}|{_WORD}|(?<=[a-z])Secret)"
# What stands behind a masked part can look new: "Bearer password=x" is done in two passes.
_PASSES = 4
_KEY_HINTS = (
    "passw",
    "passphrase",
    "pwd",
    "secret",
    "token",
    "assertion",
    "key",
    "pass",
    "pw",
    "kennw",
)
# After a bare quote: what can follow the closing quote of a JSON string never begins a value.
_FIRST = r"(?![\",}\]:\s])"
# A quoted name needs a quoted value: the bare null or 12 of JSON is left alone.
_ASSIGNED = r"(?:\\?[\"']\s*[:=]\s*\\?[\"']|\s*[:=]\s*(?:\\?[\"'])?)"
_PAIR = r"\\[^\"\s]"
_BARE = r"(?P<secret>(?:[^\s\\\"'&;,<>}\]]|" + _PAIR + r")(?:[^\s\\\"&;]|" + _PAIR + r")*)"


@dataclass(frozen=True)
class Pattern:
    """One way in which a secret is written. `quoted`: the place holder needs quotes of its own."""

    kind: str
    hints: tuple[str, ...]
    expression: re.Pattern[str]
    quoted: bool = False


@dataclass(frozen=True)
class Hit:
    """A secret found in text."""

    kind: str
    start: int
    end: int


def _key(kind: str, expression: str, *, quoted: bool = False) -> Pattern:
    return Pattern(kind, _KEY_HINTS, re.compile(expression), quoted)


PATTERNS: tuple[Pattern, ...] = (
    Pattern(
        "private-key",
        ("private key-----",),
        re.compile(
            r"(?P<secret>-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----(?:"
            r"(?:\\[^\"]|[^\"\\-]|-(?!----)){0,20000}-----END [A-Z ]{0,30}PRIVATE KEY-----"
            r"|(?:\\[^\"\r\n]|[^\"\\\r\n]){0,4000}))"
        ),
    ),
    # What opens the next page, the changes since or a download: "latest" is a word, not a token.
    Pattern(
        "token",
        ("skiptoken", "deltatoken", "tempauth"),
        re.compile(
            r"(?i:(?:skiptoken|deltatoken|tempauth)(?:=|%3d|\\u003d)(?!latest\b))"
            + _OPEN
            + r"(?P<secret>(?:\[masked:[a-z-]{1,30}\]|[^\s\"'\\<>&;,)}\]]|\\u003[dD])+)"
        ),
    ),
    Pattern(
        "token",
        ("eyj",),
        re.compile(r"(?P<secret>eyJ[\w-]{6,}\.[\w-]{2,}(?:\.[\w-]*){0,3})", re.ASCII),
    ),
    # A client secret in the form that Microsoft gives all of them; never a part of \n or \u00e9.
    Pattern(
        "client-secret",
        ("q~", "q%7e"),
        re.compile(
            r"(?<!\\)(?<!\\u)(?<!\\u.)(?<!\\u..)(?<!\\u...)"
            r"(?P<secret>[\w.~-]{3}\dQ(?:~|%7[Ee])[\w.~-]{31,100})",
            re.ASCII,
        ),
    ),
    Pattern(
        "header",
        ("authorization",),
        re.compile(
            r"(?i:authorization)" + _ASSIGNED + r"(?i:"
            r"(?:(?:bearer|basic|negotiate|ntlm|digest|sharedkey)[ \t]+)?+)"
            + _OPEN
            + r"(?P<secret>(?![\",}\]:\s])[^\s\"'\\,;<>&]{4,})"
        ),
    ),
    Pattern(
        "header",
        ("bearer", "basic"),
        re.compile(
            r"(?i:bearer|basic)[ \t]+"
            + _OPEN
            + r"(?P<secret>(?=[^\s\"'\\]{0,4000}[0-9=+/])[A-Za-z0-9+/._~-]{8,}={0,2})"
            r"(?![A-Za-z0-9=\"+/])"
        ),
    ),
    Pattern(
        "url-credentials",
        (":/", ":\\/"),
        re.compile(
            r":(?:\\?/){2}" + _OPEN + r"(?P<secret>[^\s/\"'<>@\\:]{0,100}:[^\s/\"'<>]{1,200})@"
        ),
    ),
    # The same without a scheme, as proxies are written; the port tells it from an address of mail.
    Pattern(
        "url-credentials",
        ("@",),
        re.compile(
            r"(?<![\w./@%+~\[\\-])"
            r"(?P<secret>[\w.%+~-]{1,64}:[^\s/\"'<>\\]{1,200})@[\w.-]{1,253}:\d{2,5}(?!\w)"
        ),
    ),
    Pattern(
        "cookie",
        ("cookie",),
        re.compile(
            r"(?i:cookie)" + _ASSIGNED + _OPEN + _FIRST + r"(?P<secret>(?:\\.|[^\"\\\r\n<])+)"
        ),
    ),
    # A line of a properties file, to its end; command lines and JSON never begin a line like it.
    _key(
        "password",
        r"(?m)^[ \t]*[\w.-]{0,80}"
        + _KEY
        + r"[ \t]*=[ \t]*"
        + _OPEN
        + r"(?P<secret>[^\s<][^\r\n]*)",
    ),
    # JSON, plain and inside another JSON string; Python's and JavaScript's single quotes.
    _key(
        "password",
        _KEY + r"\"\s*[:=]\s*\"" + _OPEN + r"(?P<secret>(?:\\.|[^\"\\\r\n])+)",
    ),
    _key("password", _KEY + r"\"\s*:\s*(?P<secret>-?\d[\w.+-]*)", quoted=True),
    _key(
        "password",
        _KEY
        + r"(?:\\\")?[ \t]*[:=][ \t]*\\\""
        + _OPEN
        + r"(?P<secret>(?:\\{3}\"|(?!\\\")\\.|[^\"\\\r\n])+)",
    ),
    _key(
        "password",
        _KEY + r"'?[ \t]*[:=][ \t]*'" + _OPEN + r"(?P<secret>(?:\\[^\"\r\n]|[^'\"\\\r\n])+)",
    ),
    _key("password", _KEY + r"[ \t]*[:=][ \t]*\"" + _OPEN + _FIRST + r"(?P<secret>[^\"\\\r\n]+)"),
    _key("password", rf"(?:{_KEY}[ \t]*=|{_NAMED}[ \t]*:)[ \t]*" + _OPEN + _BARE),
    _key(
        "password",
        _WORD + r"[ \t]*:[ \t]*" + _OPEN + r"(?=[^\s\\\"&;]{8})(?=[^\s\\\"&;]{0,200}\d)" + _BARE,
    ),
    # "the secret 'x' of the app"
    _key(
        "password",
        rf"(?:{_NAMED}|(?i:(?<![a-z])secret))[ \t]+(?:\\?[\"'])"
        + _OPEN
        + _FIRST
        + r"(?P<secret>[^\s\"'\\]{3,200})(?=\\?[\"'])",
    ),
    _key("password", _KEY + r">\s*" + _OPEN + r"(?P<secret>[^<>\s\"\\]{1,500})</"),
    _key(
        "password",
        _KEY
        + r"(?:\\?[\"'])[ \t]+value[ \t]*=[ \t]*(?:\\?[\"'])"
        + _OPEN
        # until the closing quote of the attribute
        + _FIRST
        + r"(?P<secret>[^\"'\\\r\n]+)",
    ),
    _key(
        "password",
        # also the last word of a longer name, as of -Djavax.net.ssl.keyStorePassword
        r"(?<![\w-])(?:--?[\w.-]{0,80}?|/)"
        + _KEY
        + r"[ \t]+"
        + _OPEN
        + r"(?P<secret>(?:[^\s\\\"'<>,}\]-]|"
        + _PAIR
        + r")(?:[^\s\\\"]|"
        + _PAIR
        + r")*)",
    ),
    Pattern(
        "signature",
        ("sig", "code"),
        re.compile(
            r"(?:[?&;]|\\u0026)(?:sig|signature)=(?P<secret>[A-Za-z0-9%+/=_-]{10,})"
            r"|(?:[?&;]|\\u0026)code=(?P<code>[A-Za-z0-9%+/=_.-]{20,})"
        ),
    ),
)


def find(text: str) -> Iterator[Hit]:
    """Every secret in the text; none in a text that was masked."""
    lowered = text.lower()
    for pattern in PATTERNS:
        if any(hint in lowered for hint in pattern.hints):
            for match in pattern.expression.finditer(text):
                start, end = _span(match)
                yield Hit(pattern.kind, start, end)


def mask(text: str) -> str:
    """The text with a place holder for each secret; the very same text where there is none."""
    for _ in range(_PASSES):
        before, text = text, _mask_once(text)
        if text == before:
            break
    return text


def _mask_once(text: str) -> str:
    lowered = text.lower()
    for pattern in PATTERNS:
        if any(hint in lowered for hint in pattern.hints):
            text = pattern.expression.sub(partial(_replaced, pattern), text)
    return text


def is_secret_key(name: str) -> bool:
    """Whether a field of this name holds a secret, whatever its value looks like."""
    return re.search(_KEY + r"$", name) is not None


def _span(match: re.Match[str]) -> tuple[int, int]:
    name = "secret" if match["secret"] is not None else "code"
    return match.span(name)


def _replaced(pattern: Pattern, match: re.Match[str]) -> str:
    start, end = _span(match)
    whole, begin = match[0], match.start()
    holder = f"[masked:{pattern.kind}]"
    if pattern.quoted:
        holder = f'"{holder}"'
    return whole[: start - begin] + holder + whole[end - begin :]
