# SPDX-License-Identifier: MIT
"""Is the folder in use, not just the default, compared with what each product excludes?"""

from __future__ import annotations

from typing import Any

import pytest

from tests.checks.told import judged, values_of
from tests.host.samples import TEMP, closed, java, windows_server
from wizard import product as product_module
from wizard.checks.antivirus import CHECK, AntivirusUse
from wizard.errors import CannotCheck
from wizard.host import defender
from wizard.host.base import Antivirus
from wizard.host.recorded import RecordedHost
from wizard.model import Finding, Outcome

HIDDEN = "N/A: Must be an administrator to view exclusions"
MOVED = [java("-DtempPath=D:\\Dtmp")]


def product(name: str = "Microsoft Defender Antivirus", **more: Any) -> dict[str, Any]:
    return {
        "name": name,
        "active": True,
        "source": "Get-MpComputerStatus",
        "exclusions": [],
        **more,
    }


def other(active: bool | None = True) -> dict[str, Any]:
    return product("SentinelOne", active=active, exclusions=None, reason="no-interface")


def finding(*products: dict[str, Any], **changes: Any) -> Finding:
    return judged(CHECK, windows_server(antivirus=list(products), **changes))


@pytest.mark.parametrize(
    "exclusion",
    [TEMP, TEMP.upper() + "\\", r"%ProgramFiles%\NAKIVO Backup & Replication", r"C:\*\NAKIVO*"],
)
def test_judge_when_an_exclusion_covers_the_folder_then_ok_with_that_exclusion(
    exclusion: str,
) -> None:
    told = finding(product(exclusions=["D:\\x", exclusion]))
    assert (told.outcome, told.text) == (Outcome.OK, "check.antivirus.excluded")
    assert told.values["exclusion"] == exclusion


def test_judge_when_nothing_covers_the_folder_then_problem_names_it() -> None:
    told = finding(product(exclusions=["D:\\x"]))
    assert (told.outcome, told.text) == (Outcome.PROBLEM, "check.antivirus.not_excluded")
    assert told.values["folder"] == TEMP
    assert not told.decisive
    assert values_of(told)["antivirus_exclusion"] == "D:\\x"


def test_judge_when_the_folder_was_moved_then_excluding_the_default_is_not_enough() -> None:
    told = finding(product(exclusions=[TEMP]), processes=MOVED)
    assert (told.outcome, told.values["folder"]) == (Outcome.PROBLEM, "D:\\Dtmp")
    assert finding(product(exclusions=["d:/dtmp"]), processes=MOVED).outcome is Outcome.OK


def test_judge_when_only_files_directly_inside_are_covered_then_warning() -> None:
    told = finding(product(exclusions=[TEMP + r"\*"]))
    assert (told.outcome, told.text) == (Outcome.WARNING, "check.antivirus.partly")


def test_judge_when_exclusions_are_hidden_then_could_not_check_with_its_words() -> None:
    told = finding(product(exclusions=None, reason=HIDDEN))
    assert (told.outcome, told.text) == (Outcome.COULD_NOT_CHECK, "check.antivirus.unreadable")
    assert told.values["reason"] == HIDDEN
    assert told.values["folder"] == TEMP


def test_judge_when_defenders_own_answer_hides_them_then_the_same() -> None:
    answer = (
        '{"status":{"AMRunningMode":"Normal","AMServiceEnabled":true,'
        '"RealTimeProtectionEnabled":true},'
        f'"preference":{{"ExclusionPath":["{HIDDEN}"],"DisableRealtimeMonitoring":false}}}}'
    )
    found = defender.from_powershell(answer)
    assert found is not None
    told = finding(product(active=found.active, exclusions=found.exclusions, reason=found.reason))
    assert told.text == "check.antivirus.unreadable"


def test_judge_when_another_product_is_beside_then_the_worse_answer_counts() -> None:
    good = product(exclusions=[TEMP])
    told = finding(good, other())
    assert (told.outcome, told.text) == (Outcome.COULD_NOT_CHECK, "check.antivirus.no_interface")
    assert told.values["product"] == "SentinelOne"
    assert finding(product(), other()).outcome is Outcome.PROBLEM
    assert finding(good, other(active=False)).outcome is Outcome.OK


def test_judge_when_it_is_unclear_whether_it_watches_then_only_a_warning() -> None:
    told = finding(product(active=None))
    assert (told.outcome, told.text) == (Outcome.WARNING, "check.antivirus.maybe_not_excluded")


def test_judge_when_defender_says_it_is_off_then_ok() -> None:
    told = finding(product(active=False))
    assert (told.outcome, told.text) == (Outcome.OK, "check.antivirus.off")


def test_judge_when_nothing_shows_on_windows_then_that_proves_nothing() -> None:
    told = finding()
    assert (told.outcome, told.text) == (Outcome.COULD_NOT_CHECK, "check.antivirus.none_seen")


def test_judge_when_nothing_known_runs_on_linux_then_ok_in_honest_words() -> None:
    linux = {"system": "linux", "os": "Debian", "name": "b", "is_admin": True, "sample": None}
    root = "/opt/nakivo"
    host = RecordedHost(
        {
            "facts": linux,
            "services": [],
            "programs": [],
            "processes": [],
            "antivirus": [],
            "files": {root: [], f"{root}/transporter": []},
        }
    )
    told = judged(CHECK, host)
    assert (told.outcome, told.text) == (Outcome.OK, "check.antivirus.none_known")


def test_judge_when_the_folder_is_only_assumed_then_an_exclusion_proves_nothing() -> None:
    told = finding(product(exclusions=[TEMP]), processes=[])
    assert (told.outcome, told.text) == (Outcome.COULD_NOT_CHECK, "check.antivirus.assumed")


def test_observe_when_products_cannot_be_listed_then_cannot_check() -> None:
    with pytest.raises(CannotCheck):
        judged(CHECK, windows_server(antivirus=closed()))


@pytest.mark.parametrize(("windows", "source"), [(True, "article"), (False, "wizard")])
@pytest.mark.parametrize(
    "products", [(), (Antivirus("A", active=True, source="x", exclusions=()),)]
)
def test_judge_when_on_linux_then_the_article_is_not_named_as_source(
    windows: bool, source: str, products: tuple[Antivirus, ...]
) -> None:
    seen = AntivirusUse("/t", assumed=False, windows=windows, products=products, variables={})
    assert CHECK.judge(seen, product_module.load()).source == source
