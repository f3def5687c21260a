# SPDX-License-Identifier: MIT
"""What the text walk can do besides showing: move the temporary folder, write the package."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from wizard.cli.terminal import Terminal
from wizard.errors import WizardError
from wizard.findings import session_package, write_package
from wizard.fixes import apply, handoff, plan, plan_output
from wizard.fixes.plan import Plan
from wizard.fixes.verification import verify
from wizard.session import Session

Ask = Callable[[str], str]
Action = Callable[[Session, Terminal, Ask], None]


def attempt(action: Action, session: Session, terminal: Terminal, ask: Ask) -> None:
    """Do it; what goes wrong is a sentence, and the walk goes on."""
    try:
        action(session, terminal, ask)
    except WizardError as error:
        terminal.say(terminal.texts.summary(error))
        for line in terminal.texts.advice(error):
            terminal.say(line)


def move_folder(session: Session, terminal: Terminal, ask: Ask) -> None:
    """Plan and show the change; then either the settings file or the steps by hand."""
    folder = ask(terminal.texts("walk.folder_prompt")).strip()
    if not folder:
        return
    made = plan.make(_current(session, terminal, ask), folder, session.product)
    terminal.say(plan_output.plan_to_text(made, session.texts))
    if made.refused or not made.changed:
        return
    session.plan = made
    if session.settings_file:
        _apply(session, made, terminal, ask)
    else:
        _hand_over(session, made, terminal, ask)


def _current(session: Session, terminal: Terminal, ask: Ask) -> str:
    """The string of the settings file, else as the person pastes it from the settings page."""
    key = session.product.facts.arguments_setting.value
    if session.settings_file:
        return apply.read_setting(session.settings_file, key).value
    return ask(terminal.texts("walk.current_prompt", key=key))


def _apply(session: Session, made: Plan, terminal: Terminal, ask: Ask) -> None:
    file, texts = session.settings_file or "", terminal.texts
    if ask(texts("walk.apply_prompt", file=file)).strip().lower() != texts("walk.yes"):
        terminal.say(texts("walk.nothing_changed"))
        return
    key = session.product.facts.arguments_setting.value
    receipt = apply.apply(file, key, made.temp_path, session.product, expected_digest=made.digest)
    if receipt:
        session.receipts.append(receipt)
        terminal.say(texts("walk.applied", receipt=receipt.path))


def _hand_over(session: Session, made: Plan, terminal: Terminal, ask: Ask) -> None:
    """The steps one after the other, then a look at the running process."""
    for number, step in enumerate(handoff.steps(session.host, session.product, made), start=1):
        terminal.say(f"{number}. {session.texts(f'{step.text}.summary', step.values)}")
        for line in session.texts.lines(f"{step.text}.advice", step.values):
            terminal.say(f"   {line}")
        if step.copy:
            terminal.say(f"   {step.copy}")
    ask(terminal.texts("walk.verify_prompt"))
    seen = verify(session.host, session.product, made.temp_path)
    terminal.say(seen.notice.sentence(session.texts))


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
