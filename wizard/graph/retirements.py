# SPDX-License-Identifier: MIT
"""What Microsoft ended or will end, and when: resources/graph/retirements.toml."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache

from wizard import codec, resources


class Setting(StrEnum):
    """Which setting of Exchange keeps an app from Exchange Web Services."""

    DISABLED = "disabled"  # they are off for the organisation or the mailbox
    LIST = "list"  # the app isn't on a list, by its id or by how it names itself
    OTHER = "other"  # words that aren't known


class Stage(StrEnum):
    """How far the end of Exchange Web Services has come."""

    OPEN = "open"
    BLOCKED = "blocked"
    GONE = "gone"


@dataclass(frozen=True)
class _Policy:
    setting: Setting
    pattern: str


@dataclass(frozen=True)
class ExchangeWebServices:
    """The end of Exchange Web Services; its source is the file's."""

    blocked: datetime
    gone: datetime
    settings_hours: int
    permission: str
    policy_header: str
    policies: tuple[_Policy, ...]

    def stage(self, moment: datetime) -> Stage:
        """How far it had come at a moment."""
        if moment >= self.gone:
            return Stage.GONE
        return Stage.BLOCKED if moment >= self.blocked else Stage.OPEN

    def setting(self, words: str) -> Setting:
        """Which setting the words of Exchange's header mean."""
        found = (policy.setting for policy in self.policies if re.search(policy.pattern, words))
        return next(found, Setting.OTHER)


@dataclass(frozen=True)
class SharePointInterface:
    """What SharePoint's own interface takes."""

    source: str
    old_sign_in_gone: datetime
    path: str


@dataclass(frozen=True)
class Retirements:
    """All of the file."""

    source: str
    date: str
    exchange_web_services: ExchangeWebServices
    sharepoint_interface: SharePointInterface


@cache
def load() -> Retirements:
    """Read and check the shipped file."""
    return codec.from_plain(resources.read_toml("graph", "retirements.toml"), Retirements)
