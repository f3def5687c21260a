# SPDX-License-Identifier: MIT
"""The JVM options of the running Java Transporter, as one string to begin a change from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wizard.errors import CannotCheck
from wizard.host import java_launcher
from wizard.host.base import Host
from wizard.nakivo import java
from wizard.nakivo.installation import Installation
from wizard.product import Product


def running_arguments(host: Host, product: Product, installation: Installation | None) -> str:
    """The options before the program's name.

    Raises:
        CannotCheck: there is no such process, or it keeps its arguments from this account.
    """
    found = java.find(host, product, installation)
    shown = [process.arguments for process in found if process.arguments is not None]
    if shown:
        return " ".join(_quoted(word) for word in _options(shown[-1]))
    hidden = bool(found) or java.hidden(host)
    raise CannotCheck("window.process_hidden" if hidden else "window.no_process")


def _options(command: Sequence[str]) -> Iterator[str]:
    """The words that may come from the setting; where classes are found never does."""
    with_value = java_launcher.load().options_with_value.names
    return (word for word, _ in java_launcher.options(command) if word not in with_value)


def _quoted(word: str) -> str:
    """With quotation marks where a blank would part it; the plan then warns of them."""
    return f'"{word}"' if " " in word or "\t" in word else word
