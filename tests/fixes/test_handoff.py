# SPDX-License-Identifier: MIT
"""The steps of the change by hand."""

from __future__ import annotations

import pytest

from tests.fixes.recorded import LINUX_TRANSPORTER, WINDOWS_TRANSPORTER, host, service
from wizard.fixes import handoff, plan
from wizard.fixes.handoff import HandoffStep, Task
from wizard.host.acts import ServiceAction
from wizard.host.recorded import RecordedHost
from wizard.product import Product
from wizard.texts import Texts

UNKNOWN = {
    "no service": host(services=[service("sshd", "sshd", "/usr/sbin/sshd")]),
    "two": host(services=[WINDOWS_TRANSPORTER, {**WINDOWS_TRANSPORTER, "name": "svc-18"}]),
    "cannot be listed": host(),
}


def steps(computer: RecordedHost, product: Product) -> dict[str, HandoffStep]:
    made = plan.make("-Xmx1g", r"D:\Dtmp", product)
    return {step.id: step for step in handoff.steps_of(computer, product, Task(made))}


def test_steps_come_in_the_order_in_which_they_are_done(product: Product) -> None:
    order = ["folder", "stop", "open", "find", "paste", "start", "verify", "watch"]
    assert list(steps(UNKNOWN["no service"], product)) == order


def test_steps_copy_the_new_string_and_the_settings_key(product: Product) -> None:
    made = steps(UNKNOWN["no service"], product)
    assert made["paste"].copy == r"-Xmx1g -DtempPath=D:\Dtmp"
    assert made["find"].copy == "system.transporter.modern.arguments"
    assert made["folder"].copy == r"D:\Dtmp"
    assert made["open"].address == "https://backup01:4443/"


@pytest.mark.parametrize(
    ("computer", "command"),
    [
        (host(services=[WINDOWS_TRANSPORTER]), 'sc.exe {} "svc-17"'),
        (host("linux", services=[LINUX_TRANSPORTER]), "systemctl {} nkv-bhsvc.service"),
    ],
)
def test_steps_name_the_service_as_it_was_found(
    computer: RecordedHost, command: str, product: Product, texts: Texts
) -> None:
    made = steps(computer, product)
    for action in ServiceAction:
        step = made[action.value]
        assert step.copy == command.format(action.value)
        assert step.action is action
        assert f"{step.service}" in command
        assert str(step.values["service"]) in texts(f"{step.text}.summary", step.values)


@pytest.mark.parametrize("computer", UNKNOWN.values(), ids=UNKNOWN)
def test_steps_without_one_certain_service_say_it_in_words(
    computer: RecordedHost, product: Product, texts: Texts
) -> None:
    made = steps(computer, product)
    for action in ("stop", "start"):
        assert made[action].action is None
        assert "Transporter service" in texts(f"{made[action].text}.summary")


@pytest.mark.parametrize("computer", [UNKNOWN["no service"], host(services=[WINDOWS_TRANSPORTER])])
def test_every_step_has_its_sentence(
    computer: RecordedHost, product: Product, texts: Texts
) -> None:
    for step in steps(computer, product).values():
        assert texts(f"{step.text}.summary", step.values)
        assert "{" not in "".join(texts.lines(f"{step.text}.advice", step.values))


def test_the_address_step_says_what_to_add(product: Product, texts: Texts) -> None:
    step = steps(UNKNOWN["no service"], product)["open"]
    assert "expert" in texts(f"{step.text}.summary", step.values)


def test_steps_back_put_the_old_string_in_the_place_of_the_new_one(product: Product) -> None:
    made = plan.make("-Xmx1g", r"D:\Dtmp", product)
    back = {
        step.id: step for step in handoff.steps_of(UNKNOWN["two"], product, Task(made, back=True))
    }
    assert list(back) == ["stop", "open", "find", "paste", "start", "verify"]
    assert back["paste"].copy == "-Xmx1g"


def test_steps_back_to_nothing_say_that_the_setting_is_emptied(
    product: Product, texts: Texts
) -> None:
    made = plan.make("", "/data/tmp", product)
    back = {
        step.id: step for step in handoff.steps_of(UNKNOWN["two"], product, Task(made, back=True))
    }
    assert back["paste"].copy is None
    assert "Empty the setting" in texts(f"{back['paste'].text}.summary", back["paste"].values)


def test_restart_leaves_out_what_is_done_once_the_setting_is_changed(product: Product) -> None:
    made = plan.make("-Xmx1g", "/data/tmp", product)
    told = [
        step.id
        for step in handoff.steps_of(
            UNKNOWN["two"], product, Task(made, is_restart=True, receipt="r")
        )
    ]
    assert told == ["stop", "start", "verify", "watch"]


def test_the_stop_warns_of_running_jobs_before_it_is_done(product: Product, texts: Texts) -> None:
    for computer in (UNKNOWN["two"], host(services=[WINDOWS_TRANSPORTER])):
        step = steps(computer, product)["stop"]
        assert "Jobs that are running now will stop" in texts(f"{step.text}.warning")


def test_a_change_by_hand_that_the_setting_holds_still_needs_its_folder(product: Product) -> None:
    made = plan.make("-Xmx1g", r"D:\Dtmp", product)
    task = Task(made, is_restart=True)
    told = [step.id for step in handoff.steps_of(UNKNOWN["two"], product, task)]
    assert told == ["folder", "stop", "start", "verify", "watch"]


def test_a_stand_in_for_the_settings_page_is_the_only_place_named(product: Product) -> None:
    made = plan.make("-Xmx1g", "/data/tmp", product)
    computer = host("linux", services=[LINUX_TRANSPORTER])
    told = handoff.steps_of(computer, product, Task(made), "/sample/expert.properties")
    assert [step.id for step in told] == [
        "folder",
        "stop",
        "open",
        "paste",
        "start",
        "verify",
        "watch",
    ]
    assert (told[2].address, told[2].copy) == (None, "/sample/expert.properties")


def test_a_step_that_is_not_done_for_certain_holds_the_next_one_back(product: Product) -> None:
    made = plan.make("-Xmx1g", "/data/tmp", product)

    def hindrances(state: str, *, is_there: bool) -> list[str]:
        computer = host(
            "linux",
            services=[{**LINUX_TRANSPORTER, "state": state}],
            files={"/data/tmp": [] if is_there else None},
        )
        told = handoff.steps_of(computer, product, Task(made))
        found = (handoff.hindrance(computer, step) for step in told)
        return [notice.id for notice in found if notice is not None]

    assert hindrances("running", is_there=False) == ["missing", "not_stop"]
    assert hindrances("stopped", is_there=True) == ["not_start"]


def test_what_cannot_be_told_holds_nothing_back(product: Product) -> None:
    made = plan.make("-Xmx1g", "/data/tmp", product)
    for computer in UNKNOWN.values():
        told = handoff.steps_of(computer, product, Task(made))
        assert all(handoff.hindrance(computer, step) is None for step in told)
