# SPDX-License-Identifier: MIT
"""The JVM options of the running Java Transporter, as one string to begin a change from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wizard.errors import CannotCheck
from wizard.host.base import Host
from wizard.nakivo import java
from wizard.nakivo.installation import Installation
from wizard.product import Product

# What follows these is no option that belongs into the setting.
_WITH_VALUE = ("-cp", "-classpath", "--class-path", "-p", "--module-path")
_ENDING = ("-jar", "-m", "--module")


def running_arguments(host: Host, product: Product, installation: Installation | None) -> str:
    """The options before the program's name.

    Raises:
        CannotCheck: there is no such process, or it keeps its arguments from this account.
    """
    found = java.find(host, product, installation)
    shown = [process.arguments for process in found if process.arguments is not None]
    if shown:
        return " ".join(_quoted(word) for word in _options(shown[-1][1:]))
    hidden = bool(found) or java.hidden(host)
    raise CannotCheck("window.process_hidden" if hidden else "window.no_process")


def _options(words: Sequence[str]) -> Iterator[str]:
    skip = False
    for word in words:
        if skip:
            skip = False
        elif word in _WITH_VALUE:
            skip = True
        elif word in _ENDING or not word.startswith("-"):
            return
        else:
            yield word


def _quoted(word: str) -> str:
    """With quotation marks where a blank would part it; the plan then warns of them."""
    return f'"{word}"' if " " in word or "\t" in word else word
