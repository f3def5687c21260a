# SPDX-License-Identifier: MIT
"""Which colours, spaces and type sizes the window has: resources/theme/tokens.toml as objects."""

from __future__ import annotations

from dataclasses import dataclass

from wizard import codec, resources


@dataclass(frozen=True)
class Colors:
    """One colour scheme, as #rrggbb."""

    window: str
    surface: str
    rail: str
    hover: str
    selected: str
    on_selected: str
    border: str
    strong_border: str
    text: str
    muted: str
    disabled: str
    accent: str
    accent_hover: str
    on_accent: str
    ok: str
    ok_ground: str
    warning: str
    warning_ground: str
    problem: str
    problem_ground: str
    unknown: str
    unknown_ground: str
    quiet: str
    quiet_ground: str
    banner: str
    on_banner: str
    removed: str
    added: str


@dataclass(frozen=True)
class Schemes:
    """Both colour schemes."""

    light: Colors
    dark: Colors


@dataclass(frozen=True)
class Space:
    """Distances in device-independent pixels."""

    hair: int
    tight: int
    small: int
    medium: int
    large: int
    wide: int


@dataclass(frozen=True)
class Type:
    """Type sizes as factors: base of the system's font, the others of base."""

    base: float
    title: float
    heading: float
    small: float


@dataclass(frozen=True)
class Sizes:
    """Fixed measures in device-independent pixels."""

    rail_width: int
    radius: int
    icon: int
    aside: int


@dataclass(frozen=True)
class Pair:
    """A text colour and the grounds that it stands on; a test demands 4.5 : 1."""

    text: str
    on: tuple[str, ...]


@dataclass(frozen=True)
class Tokens:
    """All that the window's look is made of."""

    pairs: tuple[Pair, ...]
    colors: Schemes
    space: Space
    type: Type
    sizes: Sizes


def load() -> Tokens:
    """Read the tokens; BadInput names what is wrong with the file."""
    return codec.from_plain(resources.read_toml("theme", "tokens.toml"), Tokens)
