# SPDX-License-Identifier: MIT
"""What was seen of the room for temporary files, and what follows from several limits at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from wizard.checks import space_trend
from wizard.history import SpaceLook
from wizard.host.acts import WriteSpeed
from wizard.host.base import Quota, Volume
from wizard.nakivo.leftovers import Leftovers


@dataclass(frozen=True)
class TempSpace:
    """The two volumes, what limits the Transporter's account there, and what lies in the folder."""

    folder: str
    assumed: bool  # nobody could see that it is in use
    product_folder: str
    temp_volume: Volume
    product_volume: Volume
    leftovers: Leftovers | None
    observed: datetime
    account: str | None = None
    account_seen: bool = True  # as a running process; else it is only set, or usual
    quota: Quota | None = None
    quota_unread: bool = False  # whether there is one couldn't be told
    largest_items_gb: tuple[float, ...] = ()
    computer: str = ""
    earlier: tuple[SpaceLook, ...] = ()
    history_file: str = ""
    history_unread: bool = False
    history_unread_lines: int = 0
    second: SpaceLook | None = None
    second_unread: str | None = None  # why there was none, in the system's words, or empty
    leftovers_unread: str | None = None  # as above: the folder's content
    speed: WriteSpeed | None = None
    speed_refused: bool = False  # too little room for the attempt
    speed_unmeasured: str | None = None  # why, in the system's words, or empty

    @property
    def one_volume(self) -> bool:
        """Whether both numbers apply to the same volume."""
        return self.temp_volume.mount == self.product_volume.mount

    @property
    def by_quota(self) -> bool:
        """Whether a quota leaves less than the volume has."""
        left = self.quota.free_bytes if self.quota else None
        return left is not None and left < self.temp_volume.free_bytes

    @property
    def free_bytes(self) -> int:
        """What the Transporter's account may still write for temporary files."""
        left = self.quota.free_bytes if self.quota else None
        return (
            self.temp_volume.free_bytes if left is None else min(left, self.temp_volume.free_bytes)
        )

    @property
    def by_assumed_account(self) -> bool:
        """Whether what counts is a quota of an account that nobody saw the Transporter run as."""
        return self.by_quota and not self.account_seen

    @property
    def free_files(self) -> int | None:
        """How many files it may still make; None where there is no such limit."""
        limits = (self.temp_volume.free_inodes, self.quota.free_files if self.quota else None)
        return min((limit for limit in limits if limit is not None), default=None)

    @property
    def first(self) -> SpaceLook:
        """The volume of the temporary folder, as a look of this moment."""
        return space_trend.look_at(self.temp_volume, self.observed, self.computer)
