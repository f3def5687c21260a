# SPDX-License-Identifier: MIT
"""Which folder and proxy does the argument string name, as far as the person showed it to us?

The string itself may hold secrets: only the folders, what was meant to be one, and the proxy are
kept of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from wizard.errors import BadInput, WizardError
from wizard.fixes import arguments, atomic, settings_file
from wizard.model import Scope, Secret
from wizard.nakivo import java_proxy
from wizard.nakivo.java_properties import Told
from wizard.nakivo.java_proxy import JavaProxy
from wizard.nakivo.temp_folder import Origin, Setting
from wizard.product import Product


@dataclass(frozen=True)
class ToldProxy:
    """The proxy that an argument string names for Java, and who holds the string."""

    source: str
    proxy: JavaProxy


@dataclass(frozen=True)
class ToldSettings:
    """One setting by each that holds it; `unread` is the file that should, and why it doesn't."""

    settings: tuple[Setting, ...] = ()
    proxies: tuple[ToldProxy, ...] = ()
    unread: WizardError | None = None


def told(scope: Scope, pasted: Secret | None, product: Product) -> ToldSettings:
    """The pasted string first: it is what the settings page shows now."""
    strings, unread = [], None
    if pasted is not None:
        key = product.facts.arguments_setting.value
        strings.append((Origin.PASTED, key, pasted.reveal()))
    if scope.arguments_file is not None:
        try:
            current = read_file(scope.arguments_file, product)
        except BadInput as error:
            unread = error
        else:
            strings.append((Origin.FILE, scope.arguments_file, current))
    return ToldSettings(
        tuple(_setting(*string, product) for string in strings),
        tuple(_proxy(source, current) for _, source, current in strings),
        unread,
    )


def read_file(file: str, product: Product) -> str:
    """The string in a text file that holds the setting, or the string alone in one line.

    Raises:
        BadInput: the file can't be read, or it isn't clear what it holds.
    """
    key = product.facts.arguments_setting.value
    try:
        text = settings_file.parse(atomic.read(Path(file))).text
        current, is_setting = settings_file.argument_string(text, key)
    except WizardError as error:
        raise BadInput(error.text, **error.values) from None
    if not is_setting and len(current.splitlines()) > 1:
        raise BadInput("error.no_argument_string", path=file, key=key)
    return current


def _setting(origin: Origin, source: str, current: str, product: Product) -> Setting:
    name = product.facts.temp_path_property.value
    return Setting(
        origin=origin,
        source=source,
        folders=tuple(
            arguments.value_of(token.plain) for token in arguments.properties(current, name)
        ),
        lookalikes=tuple(token.plain for token in arguments.lookalikes(current, name)),
    )


def _proxy(source: str, current: str) -> ToldProxy:
    def ask(name: str) -> Told:
        found = arguments.properties(current, name)
        return Told(None, tuple(arguments.value_of(token.plain) for token in found))

    return ToldProxy(source, java_proxy.read(ask, source))
