# SPDX-License-Identifier: MIT
"""What the text walk can do besides showing: move the temporary folder, write the package."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from wizard.cli import walk_folder
from wizard.cli.asking import Ask
from wizard.cli.terminal import Terminal
from wizard.cli.walk_handoff import HandoffWalk
from wizard.errors import WizardError
from wizard.findings import session_package, write_package
from wizard.fixes import (
    apply,
    backup,
    folder_step,
    handoff_state,
    plan,
    plan_output,
    resumption,
)
from wizard.fixes.folder_step import FolderStep, Maker
from wizard.fixes.handoff import Task
from wizard.fixes.plan import Plan
from wizard.fixes.resumption import Resumption
from wizard.session import Session

Action = Callable[[Session, Terminal, Ask], None]


def attempt(action: Action, session: Session, terminal: Terminal, ask: Ask) -> None:
    """Do it; what goes wrong is a sentence, and the walk goes on."""
    try:
        action(session, terminal, ask)
    except WizardError as error:
        terminal.say_error(error)
    except EOFError:
        return  # nobody is there any more, as the walk sees at its own question


def move_folder(session: Session, terminal: Terminal, ask: Ask) -> None:
    """Go on with an unfinished change, or plan one; then the settings file or the steps by hand."""
    if offer_unfinished(session, terminal, ask):
        return
    place = walk_folder.choose(session, terminal, ask)
    if place is None:
        return
    made = plan.make(_current(session, terminal, ask), place.folder, session.product)
    terminal.say(plan_output.plan_to_text(made, session.texts, with_digest=False))
    if made.refused:
        return
    session.plan, step = made, folder_step.planned(place)
    walk_folder.show_step(step, terminal)
    if made.changed and session.settings_file:
        prompt = terminal.texts("walk.apply_prompt", file=session.settings_file)
        answer = ask(prompt).strip().lower()
        if answer == terminal.texts("walk.yes"):
            _apply(session, made, step, terminal, ask)
            return
        if answer != terminal.texts("walk.hand"):
            terminal.say(terminal.texts("walk.nothing_changed"))
            return
    folder = walk_folder.make(session, step, terminal, ask)
    task = Task(made, is_restart=not made.changed, folder_receipt=folder)
    HandoffWalk(session, terminal, ask, task).go()


def _current(session: Session, terminal: Terminal, ask: Ask) -> str:
    """The string of the settings file, else as the person pastes it from the settings page."""
    key = session.product.facts.arguments_setting.value
    if session.settings_file:
        return apply.read_setting(session.settings_file, key).value
    return ask(terminal.texts("walk.current_prompt", key=key))


def _apply(
    session: Session, made: Plan, step: FolderStep | None, terminal: Terminal, ask: Ask
) -> None:
    file, texts = session.settings_file or "", terminal.texts
    key = session.product.facts.arguments_setting.value
    receipt = apply.apply(
        file,
        key,
        made.temp_path,
        session.product,
        expected_digest=made.digest,
        folder=Maker(session.host, step) if step else None,
    )
    if receipt:
        session.receipts.append(receipt)
        terminal.say(texts("walk.applied", receipt=receipt.path))
        task = Task(made, is_restart=True, receipt=receipt.path)
        HandoffWalk(session, terminal, ask, task).go()


def begin(session: Session, terminal: Terminal, ask: Ask) -> None:
    """Before the walk: what was left unfinished the last time."""
    offer_unfinished(session, terminal, ask)


def offer_unfinished(session: Session, terminal: Terminal, ask: Ask) -> bool:
    """Tell of a change that was begun before and isn't finished; whether it is gone on with."""
    if session.host.facts().sample is not None:
        return False
    data = backup.data_folder()
    found = resumption.find(data, session.host, session.product, datetime.now(UTC))
    if found is None:
        return False
    texts = terminal.texts
    terminal.say(found.notice.sentence(texts))
    answer = ask(texts("walk.unfinished_prompt")).strip().lower()
    if answer == "f":
        handoff_state.forget(data)
        terminal.say(texts("walk.forgotten"))
    elif answer == "" and found.goes_on:
        _take_up(found, session, terminal, ask)
        return True
    return False


def _take_up(found: Resumption, session: Session, terminal: Terminal, ask: Ask) -> None:
    made, state = found.plan, found.state
    if made is None:
        made = plan.make(_current(session, terminal, ask), state.temp_path, session.product)
    if made.refused:
        terminal.say(plan_output.plan_to_text(made, session.texts))
        return
    session.plan = made
    note = terminal.texts("arguments.resume.runs_again.summary") if found.runs_again else ""
    task = resumption.task_of(found, made, note)
    HandoffWalk(session, terminal, ask, task).go()


def write_findings(session: Session, terminal: Terminal, ask: Ask) -> None:
    """Show the entries, then write them where the person says."""
    name = ask(terminal.texts("walk.package_prompt")).strip()
    if not name or session.diagnosis is None:
        return
    output = Path(name).expanduser()
    write_package.check_place(output, overwrite=False)
    entries = session_package.plan(session, session.diagnosis)
    for entry in entries:
        terminal.say(terminal.texts("export.entry", name=entry.name, bytes=len(entry.data)))
    write_package.write(entries, output, known=session_package.known(session))
    address = session.product.facts.support_address.value
    size = output.stat().st_size
    terminal.say(terminal.texts("export.written", path=str(output), bytes=size, address=address))
