# SPDX-License-Identifier: MIT
"""Which value has a system property of a running Java, and who sets it: arguments or variables?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wizard.host import java_launcher
from wizard.host.base import JavaOptions
from wizard.host.java_launcher import Kind, OptionsPlace, OptionsVariable


def is_property(word: str, name: str) -> bool:
    """Whether an argument sets the system property, with a value or to an empty one."""
    return word == f"-D{name}" or word.startswith(f"-D{name}=")


@dataclass(frozen=True)
class Told:
    """What one place says of a property. `variable` is None for the command line.

    `unseen` names what may set it too, and later than `values`: where there is any, the value in
    use can't be told.
    """

    variable: str | None
    values: tuple[str, ...]
    unseen: tuple[str, ...] = ()


def told(
    command: Sequence[str], variables: Sequence[JavaOptions] | None, name: str
) -> tuple[Told, ...]:
    """Every place that says something of the property, in the order in which Java reads them."""
    known = java_launcher.load().variables
    given = {one.variable: one.value for one in variables or ()}
    before = [v for v in known if v.place is not OptionsPlace.BEHIND and v.name in given]
    behind = [v for v in known if v.place is OptionsPlace.BEHIND and v.name in given]
    places = (
        *(_in_variable(variable, given[variable.name], name) for variable in before),
        _in_words(None, java_launcher.options(command), name),
        *(_in_variable(variable, given[variable.name], name) for variable in behind),
    )
    return tuple(place for place in places if place.values or place.unseen)


def in_use(places: Sequence[Told]) -> Told:
    """The one that counts: the last that says anything."""
    return places[-1] if places else Told(None, ())


def _in_variable(variable: OptionsVariable, text: str, name: str) -> Told:
    words = java_launcher.split_variable(text)
    if words is None:
        return Told(variable.name, (), (variable.name,))
    if variable.place is not OptionsPlace.LAUNCHER:
        return _in_words(variable.name, tuple(_of_virtual_machine(words)), name)
    found = _in_words(variable.name, java_launcher.options(("java", *words)), name)
    # Whether this Java is old enough to leave the variable out isn't known.
    unseen = (variable.name, *found.unseen) if found.values else found.unseen
    return Told(variable.name, found.values, unseen)


def _of_virtual_machine(words: Sequence[str]) -> Iterator[tuple[str, Kind]]:
    """The JVM itself knows no @FILE and no program's name."""
    files = java_launcher.load().file_options.names
    return ((word, Kind.FILE if word.startswith(files) else Kind.OPTION) for word in words)


def _in_words(variable: str | None, words: Sequence[tuple[str, Kind]], name: str) -> Told:
    values: list[str] = []
    unseen: list[str] = []
    for word, kind in words:
        if kind is Kind.FILE:
            unseen.append(word)
        elif is_property(word, name):
            values.append(word.partition("=")[2])
            # Only an @FILE can hold the program's name, and make this the program's own word.
            unseen = [file for file in unseen if file.startswith("@")]
    return Told(variable, tuple(values), tuple(unseen))
