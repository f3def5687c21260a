# SPDX-License-Identifier: MIT
"""The change step by step in text: the same steps in the same words as the window's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from wizard.cli import walk_acts
from wizard.cli.asking import Ask, agrees
from wizard.cli.terminal import Terminal
from wizard.errors import WizardError
from wizard.fixes import backup, handoff, handoff_state, receipt, undo
from wizard.fixes.handoff import HandoffStep, Task
from wizard.fixes.service import Outcome
from wizard.session import Session


class HandoffWalk:
    """One change, from its first step or the one to go on at, to its end or until it is left."""

    def __init__(self, session: Session, terminal: Terminal, ask: Ask, task: Task) -> None:
        self.session = session
        self.terminal = terminal
        self.ask = ask
        self.is_kept = False
        self._take(task)

    def go(self) -> None:
        """Show a step, ask, act; ends when the change is finished, given up or left for later."""
        if self.task.note:
            self.terminal.say(self.task.note)
        is_open, shown = True, None
        while is_open:
            if shown != (self.task, self.at):
                self._keep()
                self._show()
                shown = (self.task, self.at)
            is_open = self._act(self._answer())

    def _answer(self) -> str:
        """The person's letter; the end of the input means that nobody is there any more."""
        try:
            return self.ask(self._prompt()).strip().lower()
        except EOFError:
            return "q"

    def _take(self, task: Task) -> None:
        self.task = replace(task, begun=task.begun or datetime.now(UTC))
        session = self.session
        self.steps = handoff.steps_of(session.host, session.product, task, session.settings_file)
        self.at = next((n for n, step in enumerate(self.steps) if step.id == task.step), 0)
        self.has_failed = self.is_proven = False

    @property
    def _step(self) -> HandoffStep:
        return self.steps[self.at]

    def _show(self) -> None:
        step, texts = self._step, self.terminal.texts
        place = {"number": self.at + 1, "total": len(self.steps)}
        self.terminal.say()
        head = "step_of_back" if self.task.back else "step_of"
        self.terminal.say(texts(f"page.arguments.{head}", place))
        self.terminal.say(texts(f"{step.text}.summary", step.values))
        if texts.has(f"{step.text}.warning"):
            sentence = texts(f"{step.text}.warning", step.values)
            self.terminal.say(texts("arguments.cli.warning", sentence=sentence))
        for line in texts.lines(f"{step.text}.advice", step.values):
            self.terminal.say(line)
        if step.copy is not None:
            self.terminal.say(f"   {step.copy}")

    def _prompt(self) -> str:
        texts = self.terminal.texts
        keys = [texts("walk.on_key", what=self._word(self._what_enter_does()))]
        if what := self._what_d_does():
            keys.append(texts("walk.do_key", what=self._word(what)))
        if self._may_put_back:
            keys.append(texts("walk.put_back_key", what=self._word("put_back")))
        if self.at:
            keys.append(texts("walk.back_key", what=self._word("step_back")))
        return "  ".join((*keys, texts("walk.step_keys", give_up=self._word("give_up"))))

    def _what_enter_does(self) -> str:
        """As the window's button says it: what this program didn't do, the person has done."""
        if self.at + 1 == len(self.steps):
            return "step_finish"
        if self._step.action is not None:
            return "step_on_by_hand"
        if self._step.id == handoff.VERIFY:
            if self.is_proven:
                return "step_on_reached"
            return "step_on_anyway" if self.has_failed else "step_on_unlooked"
        return "step_on"

    def _word(self, name: str) -> str:
        """What the window's button says, without its letter for Alt."""
        return self.terminal.texts(f"page.arguments.{name}").replace("&", "")

    def _what_d_does(self) -> str:
        step = self._step
        if step.action is not None:
            return f"order_{step.action.value}"
        return {handoff.VERIFY: "verify", handoff.WATCH: "look_files"}.get(step.id, "")

    @property
    def _may_put_back(self) -> bool:
        task, is_saved = self.task, self._step.id in (handoff.START, handoff.VERIFY, handoff.WATCH)
        return task.plan.changed and not task.back and (is_saved or self.has_failed)

    def _act(self, answer: str) -> bool:
        """Do what a letter stands for; whether the change goes on here."""
        if answer == "q":
            return self._leave()
        if answer == "g":
            return self._give_up()
        if answer == "d" and self._what_d_does():
            self._try(self._do)
        elif answer == "u" and self._may_put_back:
            self._try(self._put_back)
        elif answer == "b" and self.at:
            self.at -= 1
        elif answer == "":
            return self._go_on()
        else:
            self.terminal.say(self.terminal.texts("walk.unknown_key", given=answer))
        return True

    def _go_on(self) -> bool:
        hindrance = handoff.hindrance(self.session.host, self._step)
        if hindrance is not None:
            walk_acts.say(hindrance, self.terminal)
            texts = self.terminal.texts
            if not agrees(self.ask, texts("walk.on_anyway"), texts):
                return True
        if self.at + 1 < len(self.steps):
            self.at += 1
            return True
        self._forget()
        name = "finished"
        if self.task.back:
            name = "finished_back" if self.is_proven else "finished_back_unseen"
        self.terminal.say(self._word(name))
        self._try(self._remove_folder)
        return False

    def _remove_folder(self) -> None:
        """The folder made for a change by hand goes once the old string is back."""
        task, session = self.task, self.session
        if task.back and task.folder_receipt is not None:
            given = receipt.read_any(Path(task.folder_receipt))
            told = undo.undo(given, session.host, session.product).folder
            if told is not None:
                self.terminal.say(told.sentence(self.terminal.texts))

    def _do(self) -> None:
        """What this program can do at this step."""
        if self._step.action is not None:
            self._order()
        elif self._step.id == handoff.VERIFY:
            self.has_failed = walk_acts.look(self.session, self.terminal, self.task)
            self.is_proven = not self.has_failed
        else:
            self.has_failed = walk_acts.watch(self.session, self.terminal, self.task.plan)

    def _order(self) -> None:
        """An order that was carried out leads on by itself."""
        self.is_proven = False
        outcome = walk_acts.order(self.session, self.terminal, self.ask, self._step)
        self.has_failed = outcome is Outcome.FAILED
        if outcome in (Outcome.DONE, Outcome.ALREADY):
            self.at += 1

    def _put_back(self) -> None:
        """By the steps, or at once where the change was made in a file."""
        plan, path = self.task.plan, self.task.receipt
        if path is None:
            self._take(Task(plan, back=True, folder_receipt=self.task.folder_receipt))
            return
        undone = undo.undo(receipt.read(Path(path)), self.session.host, self.session.product)
        self.terminal.say(self._word("undone"))
        if undone.folder is not None:
            self.terminal.say(undone.folder.sentence(self.terminal.texts))
        made = path if undone.folder is not None else None  # may still be there, while it is in use
        receipt_path = undone.receipt.path if undone.receipt else None
        self._take(Task(plan, None, True, True, receipt_path, folder_receipt=made))

    def _leave(self) -> bool:
        place = {"number": self.at + 1, "total": len(self.steps)}
        name = "left_for_later" if self.is_kept else "left_for_now"
        self.terminal.say(self.terminal.texts(f"walk.{name}", place))
        if handoff.may_be_stopped(self._step.id):
            self.terminal.say(self.terminal.texts("walk.may_be_stopped"))
        return False

    def _give_up(self) -> bool:
        texts = self.terminal.texts
        self.terminal.say(self._word("give_up_ask"))
        self.terminal.say(self._word("give_up_detail"))
        if not agrees(self.ask, texts("walk.yes_prompt"), texts):
            return True
        self._forget()
        self.terminal.say(self._word("given_up"))
        return False

    def _keep(self) -> None:
        """Note the step that is shown; a sample server's change is never kept."""
        facts, task = self.session.host.facts(), self.task
        if facts.sample is not None or (self.at == 0 and not (task.back or task.receipt)):
            return

        def save() -> None:
            state = handoff_state.make(task, self._step.id, facts.name, datetime.now(UTC))
            handoff_state.save(state, backup.data_folder())
            self.is_kept = True

        self.is_kept = False
        self._try(save)

    def _forget(self) -> None:
        if self.session.host.facts().sample is None:
            self._try(lambda: handoff_state.forget(backup.data_folder()))

    def _try(self, act: Callable[[], None]) -> None:
        """What goes wrong is a sentence, and the steps go on."""
        try:
            act()
        except WizardError as error:
            self.terminal.say_error(error)
