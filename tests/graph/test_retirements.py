# SPDX-License-Identifier: MIT
"""The dates of what ends, and the words in which Exchange says that its settings forbid it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from wizard.graph import retirements
from wizard.graph.retirements import Setting, Stage

RULES = retirements.load().exchange_web_services
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("moment", "stage"),
    [
        (RULES.blocked - SECOND, Stage.OPEN),
        (RULES.blocked, Stage.BLOCKED),
        (RULES.gone - SECOND, Stage.BLOCKED),
        (RULES.gone, Stage.GONE),
    ],
)
def test_stage_when_a_date_passes_then_the_next(moment: datetime, stage: Stage) -> None:
    assert RULES.stage(moment) is stage


@pytest.mark.parametrize(
    ("words", "setting"),
    [
        ("EWS is disabled for this user or tenant", Setting.DISABLED),
        ("EWS is blocked by policy for this user or tenant", Setting.LIST),
        ("ews IS disabled", Setting.DISABLED),
        ("Access to OData is disabled", Setting.OTHER),
        ("NEWS is disabled", Setting.OTHER),
        ("", Setting.OTHER),
    ],
)
def test_setting_when_words_are_read_then_named_and_nothing_near(
    words: str, setting: Setting
) -> None:
    assert RULES.setting(words) is setting


def test_load_when_read_then_the_end_comes_after_the_block() -> None:
    assert RULES.blocked < RULES.gone
    assert retirements.load().sharepoint_interface.old_sign_in_gone < RULES.blocked
