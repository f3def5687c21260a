# SPDX-License-Identifier: MIT
"""Which local disk has the most room for the temporary folder, and what is the folder called?"""

from __future__ import annotations

from pathlib import Path

from wizard.errors import BadInput, CannotCheck
from wizard.fixes import folder_path
from wizard.host.base import Host, Volume, VolumeKind
from wizard.product import Product

_NAME = {"windows": "Dtmp", "linux": "dtmp"}  # the first as in the vendor's example


def suggest(host: Host, product: Product, in_use: str | None) -> str:
    """A folder on the local disk with the most room, never on the disk of the folder in use.

    Raises:
        CannotCheck: no other local disk has the room the vendor asks for, or none can be seen.
    """
    taken = host.volume(in_use).mount if in_use else None
    needed = product.facts.disk_free_gb.value
    roomy = sorted(
        (v for v in host.volumes() if _is_good(v, product, needed) and v.mount != taken),
        key=lambda volume: volume.free_bytes,
        reverse=True,
    )
    for volume in roomy:
        folder = str(host.path(volume.mount) / _NAME[host.facts().system])
        if folder_path.refusal(folder) is None:
            return folder
    raise CannotCheck("arguments.error.no_place", needed=needed)


def make_folder(path: str) -> None:
    """Make the folder, and only it: a missing parent is more likely a slip than a wish.

    It belongs to the account that this program runs under; the Transporter's account must be let
    in by hand, which is one of the steps of the hand-off.

    Raises:
        BadInput: the path isn't one that the argument string can hold, or can't be made.
    """
    refused = folder_path.refusal(path)
    if refused is not None:
        raise BadInput(refused.text, **refused.values)
    try:
        Path(path).mkdir(mode=0o770, exist_ok=True)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise BadInput("arguments.error.folder_not_made", path=path, reason=reason) from None


def _is_good(volume: Volume, product: Product, needed_gb: float) -> bool:
    local = volume.kind is VolumeKind.LOCAL and not volume.read_only
    return local and product.gigabytes(volume.free_bytes) >= needed_gb
