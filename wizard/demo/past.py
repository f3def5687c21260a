# SPDX-License-Identifier: MIT
"""What went on at a sample server before: earlier diagnoses, and a job that is still writing."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta

from wizard.demo.sample_tree import MB, Tree
from wizard.demo.scenarios import Scenario
from wizard.errors import CannotCheck
from wizard.history import FILE, History, SpaceLook
from wizard.host.base import Host
from wizard.product import Product

WRITING = "item-7.part"


def make(tree: Tree, host: Host, scenario: Scenario, product: Product) -> History:
    """The sample's own history, in its folder, and the file that its last job writes."""
    history = History(tree.root / FILE)
    facts = product.facts
    transporter = tree.product / facts.transporter_subfolder.value
    if scenario.log:
        (transporter / facts.temp_subfolder.value / WRITING).write_bytes(bytes(4 * MB))
    try:
        volume = host.volume(str(transporter))
    except CannotCheck:
        return history
    now = datetime.now(UTC)
    for hours_ago, free_gb in scenario.earlier_free_gb:
        free = math.ceil(product.bytes_of_gb(free_gb))
        when = now - timedelta(hours=hours_ago)
        name = host.facts().name
        history.add(SpaceLook(when, name, volume.mount, volume.total_bytes, free))
    return history
