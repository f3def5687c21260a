# SPDX-License-Identifier: MIT
"""What the computer may be made to do, and only when the person has asked for it."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class ServiceAction(StrEnum):
    """What a service manager may be asked for, in the words of systemctl and sc.exe."""

    START = "start"
    STOP = "stop"


@dataclass(frozen=True)
class ServiceAnswer:
    """What the service manager said to an order. An accepted one may still be on its way.

    `said` holds the system's own words, empty where it had none; `code` its number for them.
    """

    accepted: bool
    said: str
    code: int | None = None


@dataclass(frozen=True)
class WriteSpeed:
    """How fast a file was written to a folder, up to the moment when the disk had it."""

    bytes_per_second: float
    size_bytes: int
    seconds: float


@dataclass(frozen=True)
class FolderMade:
    """A new folder: whose it is, and what was given to the account it was made for.

    `rights` is a mode ("0770") on Linux and "Modify" on Windows; "inherited" where the rights that
    come from above were enough. `said` holds the words of the system's program that gave them.
    `identity` tells it from another folder that is made in its place later; empty: unknown.
    """

    path: str
    owner: str
    rights: str
    said: str = ""
    identity: str = ""


class Acts(Protocol):
    """The only questions whose asking changes something. Nothing else in `host/` does."""

    def write_speed(
        self, folder: str, size_bytes: int, cancel: threading.Event, *, keep_free_bytes: int
    ) -> WriteSpeed:
        """Write a file, wait until the disk has it, remove it whatever happens.

        Raises:
            CannotCheck: the file can't be written, or `cancel` was set.
            Refused: less than `keep_free_bytes` would be left free meanwhile.
        """

    def control_service(
        self, name: str, action: ServiceAction, cancel: threading.Event
    ) -> ServiceAnswer:
        """Order a service's start or stop, with an administrator's rights for that alone.

        Raises:
            CannotCheck: the order can't be given from here (with the command to give it), the
                answer took too long, or `cancel` was set meanwhile.
            Refused: the person declined the rights.
        """

    def make_folder(self, path: str, account: str | None) -> FolderMade:
        """Make this one folder and let the account, when one is named, make files in it.

        Raises:
            Refused: it is there already, or can't be made, or the account can't be given the
                rights; no folder is left behind then.
        """

    def remove_folder(self, made: FolderMade) -> None:
        """Remove a folder that was made, when it is empty.

        Raises:
            Refused: it isn't empty, isn't there, isn't that one, or can't be removed.
        """
