# SPDX-License-Identifier: MIT
"""Which local disk has the most room for the temporary folder, and what is the folder called?"""

from __future__ import annotations

from wizard.errors import CannotCheck
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


def _is_good(volume: Volume, product: Product, needed_gb: float) -> bool:
    local = volume.kind is VolumeKind.LOCAL and not volume.read_only
    return local and product.gigabytes(volume.free_bytes) >= needed_gb
