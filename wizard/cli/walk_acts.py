# SPDX-License-Identifier: MIT
"""What the text walk does at a step: order the service, look at the process, watch the folders.

Each says how it ended, and answers whether the change isn't what was wanted.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from wizard.cli import waiting
from wizard.cli.asking import Ask, agrees
from wizard.cli.terminal import Terminal
from wizard.fixes import folder_watch, handoff, verification
from wizard.fixes.folder_watch import Rhythm, Sight, Use, Watch
from wizard.fixes.handoff import HandoffStep, Task
from wizard.fixes.notice import Notice
from wizard.fixes.plan import Plan
from wizard.fixes.service import Order, Outcome, Patience, Waiting
from wizard.nakivo import installation
from wizard.session import Session


def order(session: Session, terminal: Terminal, ask: Ask, step: HandoffStep) -> Outcome | None:
    """Show the command, ask, order it and wait; None when nothing was ordered."""
    if step.action is None or step.service is None:
        return None
    texts, text = terminal.texts, f"arguments.service_ask.{step.action.value}"
    values = {**step.values, "command": step.copy or ""}
    problem = handoff.folder_problem(session.host, step)
    if problem is not None:
        say(problem, terminal)
    terminal.say(texts(f"{text}.summary", values))
    terminal.say(texts(f"{text}.detail", values))
    if not agrees(ask, texts("walk.yes_prompt"), texts):
        terminal.say(texts("walk.nothing_changed"))
        return None
    patience = Patience(longest_s=session.product.facts.service_wait_s.value)
    given = Order(session.host, step.service, step.action, patience)
    name = f"page.arguments.waiting_{step.action.value}"

    def tell(seen: Waiting) -> None:
        told = {"seconds": int(seen.seconds), "longest": int(seen.longest_s)}
        waiting.progress(terminal, texts(name, told))

    ended = waiting.until_answered(lambda cancel: given.give(tell, cancel), terminal)
    say(ended.notice, terminal)
    return ended.outcome


def look(session: Session, terminal: Terminal, task: Task) -> bool:
    """Whether the running process has what is wanted."""
    host, product = session.host, session.product
    found = installation.find_if_any(host, product, session.scope.install_dir)
    if task.back:
        seen = verification.verify_back(host, product, task.plan.current, found)
    else:
        seen = verification.verify(host, product, task.plan.temp_path, found)
    for notice in filter(None, (seen.notice, seen.folder.problem, *seen.doubts)):
        say(notice, terminal)
    return not seen.is_good


def watch(session: Session, terminal: Terminal, plan: Plan) -> bool:
    """Whether files appear in the new folder, until Ctrl-C at most."""
    product = session.product
    found = installation.find_if_any(session.host, product, session.scope.install_dir)
    old = folder_watch.old_folder(plan, found, product)
    watched = Watch(session.host, product, plan.temp_path, old, found)
    rhythm = Rhythm(longest_s=product.facts.watch_s.value)
    tell = sight_teller(terminal, plan.temp_path)

    def work(cancel: threading.Event) -> folder_watch.Watched:
        return watched.run(rhythm, tell, cancel)

    seen = waiting.until_answered(work, terminal)
    say(seen.notice, terminal)
    return seen.use is not Use.NEW


def sight_teller(terminal: Terminal, folder: str) -> Callable[[Sight], None]:
    """Tells what is known while the folders are watched."""

    def tell(sight: Sight) -> None:
        told = {"seconds": int(sight.seconds), "longest": int(sight.longest_s)}
        name = "looking" if sight.is_verified else "looking_no_process"
        text = terminal.texts(f"page.arguments.{name}", told, folder=folder)
        waiting.progress(terminal, text)

    return tell


def say(notice: Notice, terminal: Terminal) -> None:
    """A sentence with what to do about it."""
    terminal.say(notice.sentence(terminal.texts))
    for line in terminal.texts.lines(f"{notice.text}.advice", notice.values):
        terminal.say(line)
