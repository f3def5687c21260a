# SPDX-License-Identifier: MIT
"""What of a text may leave this computer: secrets never, names under a false name.

The one path of everything that goes into a findings package. A name gets the same false name
everywhere in a package, and one that nobody can take for real: a domain that can't exist, IP
numbers above 255. Masking twice changes nothing, and JSON stays JSON.
"""

from __future__ import annotations

import base64
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, quote_plus

from wizard import secret_patterns
from wizard.findings import names

_DOMAIN_OF_HOST = r"(?:\.(?!(?:log|txt|gz|zip|json|xml|exe|dll)\b)[a-z][a-z0-9-]{1,62}){0,4}"
# False names that may stand behind a lone backslash in JSON: they begin with a digit, n or t.
_SAFE = ("ip", "tenant", "name")
# Names glued to masked ones can need a second pass.
_PASSES = 4
_MIN_LENGTH = 3
# A shorter one stands in everything by chance.
MIN_SECRET = 4


@dataclass(frozen=True)
class Masking:
    """What the person chose. Secrets are masked whatever is chosen.

    `ids` are tenant, object and request ids: support mostly needs them, so they stay by default.
    """

    names: bool = True
    ids: bool = False


@dataclass(frozen=True)
class Known:
    """What this run knows by name, beyond what can be told by its form."""

    secrets: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    users: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()


@dataclass(frozen=True)
class Span:
    """One masked place in a finished text."""

    kind: str
    start: int
    end: int


@dataclass
class Redactor:
    """Masks everything of one package, so that one name has one false name."""

    masking: Masking = field(default_factory=Masking)
    known: Known = field(default_factory=Known)
    _numbers: dict[str, dict[str, int]] = field(default_factory=dict)
    _learned: list[tuple[str, str]] = field(default_factory=list)
    _forms: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        secrets = (secret for secret in self.known.secrets if len(secret) >= MIN_SECRET)
        self._forms = tuple(form for secret in secrets for form in written_forms(secret))
        named = (("host", self.known.hosts), ("name", self.known.users))
        for kind, values in (*named, ("domain", self.known.domains)):
            for value in values:
                self._learn(kind, value)

    def learn(self, texts: Iterable[str]) -> None:
        """Note names that are known by their form in one place and bare in another."""
        for text in texts:
            for match in names.EMAIL.finditer(text):
                self._learn("domain", match["domain"] or "")
            for match in names.HOME.finditer(text):
                self._learn("name", match["whole"] or "")
            for expression in names.QUOTED:
                for match in expression.finditer(text):
                    self._learn_title(match["whole"] or "")
            for match in names.FQDN.finditer(text):
                self._learn_host(match["whole"] or "")

    def text(self, text: str) -> str:
        """The text as it may leave; the very same where there is nothing to mask."""
        for _ in range(_PASSES):
            before, text = text, self._text_once(text)
            if text == before:
                break
        return text

    def _text_once(self, text: str) -> str:
        text = secret_patterns.mask(self._without_known_secrets(text))
        if self.masking.names:
            text = self._without_names(text)
        if self.masking.ids:
            text = self._each(names.GUID, "id", text)
        return text

    def plain(self, thing: Any) -> Any:
        """Plain JSON values as they may leave; what a field's name calls secret goes whole."""
        if isinstance(thing, str):
            return self.text(thing)
        if isinstance(thing, list):
            return [self.plain(part) for part in thing]
        if isinstance(thing, dict):
            return {self.text(key): self._field(key, value) for key, value in thing.items()}
        return thing

    def host(self, name: str) -> str:
        """The name of a computer in a field of its own, however short it is."""
        return self._false_name("host", name) if self.masking.names and name else name

    def learn_whole(self, kind: str, value: str) -> None:
        """Note a value that is a name from its first to its last character, or an address."""
        value = value.removeprefix("*.")  # as certificates name all hosts of a domain
        account, address = names.ACCOUNT.fullmatch(value), names.ADDRESS.fullmatch(value)
        if account:
            self._learn("domain", account["domain"])
            self._learn("name", account["name"])
        elif address and not names.address(address["host"]) and not names.GUID.fullmatch(value):
            self._learn(kind, address["host"])

    def _field(self, key: str, value: Any) -> Any:
        if secret_patterns.is_secret_key(key) and isinstance(value, str | int | float) and value:
            return value if isinstance(value, bool) else "[masked:password]"
        return self.plain(value)

    def _learn(self, kind: str, value: str) -> None:
        long_enough = len(value) >= _MIN_LENGTH
        if long_enough and not names.is_open(value) and not names.is_nobody(value):
            pair = (kind, value.lower())
            if pair not in self._learned:
                self._learned.append(pair)

    def _learn_title(self, title: str) -> None:
        """Somebody's name in quotes is the same name without; one word may be any word."""
        if " " in title and not names.MASKED.search(title):
            self._learn("name", title)

    def _learn_host(self, host: str) -> None:
        """The computer of a full name is called so alone, too, unless that could be any word."""
        first = host.partition(".")[0]
        if not names.is_open(host) and re.search(r"\d", first) and re.search(r"[A-Za-z]", first):
            self._learn("host", first)

    def _without_known_secrets(self, text: str) -> str:
        for form in self._forms:
            if form in text:
                expression = names.around_masked(f"(?P<known>{re.escape(form)})")
                text = expression.sub(_known_secret, text)
        return text

    def _without_names(self, text: str) -> str:
        text = self._each(names.DRIVE_PATH, "file", text)
        for expression in names.QUOTED if '"' in text or not text.isascii() or "'" in text else ():
            text = self._each(expression, "name", text)
        lowered = text.lower()
        if any(ending in lowered for ending in names.FILE_ENDINGS):
            for expression in names.FILE:
                text = self._each(expression, "file", text)
        if "@" in text or "%40" in text:
            text = self._each(names.EMAIL, "user", text)
        text = self._each(names.TENANT, "tenant", text)
        text = self._each(names.HOME, "name", text)
        text = self._each(names.SITE, "site", text)
        text = self._each(names.SID, "sid", text)
        text = self._each(names.MAC, "mac", text)
        text = self._each(names.IPV4, "ip", text)
        if "::" in text or text.count(":") >= 7:
            text = self._each(names.IPV6, "ip6", text)
        for expression in (names.FQDN, names.FQDN_OF_URL):
            text = self._each(expression, "host", text)
        text = self._without_learned(text)
        for expression in names.COMPUTER:
            text = self._each(expression, "host", text)
        return text

    def _without_learned(self, text: str) -> str:
        lowered = text.lower()
        # Hosts before their domains, long names before those they hold.
        for kind, value in sorted(
            self._learned, key=lambda pair: (pair[0] != "host", -len(pair[1]))
        ):
            if value in lowered:
                rest = _DOMAIN_OF_HOST if kind == "host" else ""
                bare = rf"(?<![A-Za-z0-9_])(?P<whole>(?i:{re.escape(value)}{rest}))(?![A-Za-z0-9_])"
                text = self._each(names.around_masked(bare), kind, text, value)
        return text

    def _each(self, expression: re.Pattern[str], kind: str, text: str, known: str = "") -> str:
        return expression.sub(self._replacer(kind, known), text)

    def _replacer(self, kind: str, known: str) -> Callable[[re.Match[str]], str]:
        def replace(match: re.Match[str]) -> str:
            value = match["whole"]
            if value is None or not self._is_name(kind, match):
                return match[0]
            # After a lone backslash JSON allows some letters only; n is one of them.
            before = match.string[: match.start("whole")]
            odd = (len(before) - len(before.rstrip("\\"))) % 2
            false = self._false_name("name" if odd and kind not in _SAFE else kind, known or value)
            begin = match.start("whole") - match.start()
            return match[0][:begin] + false + match[0][begin + len(value) :]

        return replace

    def _is_name(self, kind: str, match: re.Match[str]) -> bool:
        value: str = match["whole"]
        if names.MASKED.search(value) or names.is_open(value) or names.is_nobody(value):
            return False
        if kind in ("site", "name", "host") and names.GUID.fullmatch(value):
            return False
        if kind == "host" and ("domain", value.lower()) in self._learned:
            return False
        if kind == "name" and "@" in value and " " not in value:
            return False  # an address has a kind of its own
        if kind in ("ip", "ip6"):
            address = names.address(value)
            return address is not None and not (address.is_loopback or address.is_unspecified)
        return True

    def _false_name(self, kind: str, value: str) -> str:
        numbers = self._numbers.setdefault(kind, {})
        alone = value.partition(".")[0]
        if kind == "host" and ("host", alone.lower()) in self._learned:
            value = alone  # a computer is the same with its domain and without
        number = numbers.setdefault(value.lower().replace("%40", "@"), len(numbers) + 1)
        if kind == "ip":
            # Whether it was a private address is worth knowing and tells nothing else.
            address = names.address(value)
            first = 300 if address and address.is_private else 400
            return f"{first}.300.{300 + number // 256 % 256}.{300 + number % 256}"
        if kind == "tenant":
            return f"tenant-{number}-masked"
        return f"{kind}-{number}{'@' if kind == 'user' else '.'}{names.DOMAIN}"


def spans(text: str) -> list[Span]:
    """Every masked place of a finished text: the preview shows what will be written."""
    found = []
    for match in names.MASKED.finditer(text):
        kind = match["secret"] or match["name"] or match["tenant"] or "ip"
        found.append(Span(kind, match.start(), match.end()))
    return found


def counts(text: str) -> dict[str, int]:
    """How many places were masked, by kind."""
    return dict(sorted(Counter(span.kind for span in spans(text)).items()))


def written_forms(secret: str) -> tuple[str, ...]:
    """The ways in which a secret can stand in a text: bare, in JSON, in a URL, in base64."""
    forms = [secret, json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1]]
    forms += [quote(secret, safe=""), quote_plus(secret, safe="")]
    raw = secret.encode()
    for shift in range(3):
        # What surrounds the secret decides its first and last characters; those are left out.
        packed = base64.b64encode(b"\0" * shift + raw).decode().rstrip("=")
        inner = packed[(shift * 8 + 5) // 6 : len(packed) - (1 if (len(raw) + shift) % 3 else 0)]
        forms += [inner, inner.replace("+", "-").replace("/", "_")] if len(inner) >= 8 else []
    return tuple(sorted(dict.fromkeys(forms), key=len, reverse=True))


def _known_secret(match: re.Match[str]) -> str:
    return match[0] if match["known"] is None else "[masked:known-secret]"
