# SPDX-License-Identifier: MIT
"""The new folder in the text walk: chosen from the list or typed, judged, and made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from wizard.cli.argument_places import Server, lines
from wizard.cli.asking import Ask, agrees
from wizard.cli.terminal import Terminal
from wizard.errors import CannotCheck, Refused
from wizard.fixes import apply, folder_step, place_look
from wizard.fixes.folder_step import FolderStep, Maker
from wizard.fixes.place_look import Needs
from wizard.fixes.place_rules import Place
from wizard.fixes.places import Candidate
from wizard.nakivo import installation
from wizard.session import Session


def choose(session: Session, terminal: Terminal, ask: Ask) -> Place | None:
    """Show the places and take a number or a path, until one can be used; None when it is left."""
    server = _server(session)
    found = _listed(server, terminal)
    while answer := ask(terminal.texts("walk.folder_prompt")).strip():
        if answer.startswith("+"):
            named = (*session.scope.repositories, answer[1:].strip())
            session.scope = replace(session.scope, repositories=named)
            server = _server(session)
            found = _listed(server, terminal)
            continue
        if answer.isdecimal() and 0 < int(answer) <= len(found):
            answer = found[int(answer) - 1].place.folder
        try:
            return _usable(server.judge(answer), terminal)
        except Refused as bad:
            terminal.say_error(bad)
    return None


def _usable(place: Place, terminal: Terminal) -> Place:
    """The place with what makes one doubt it.

    Raises:
        Refused: it is bad.
    """
    folder_step.refuse_bad(place)
    for notice in place.doubts:
        sentence = notice.sentence(terminal.texts)
        terminal.say(terminal.texts("arguments.cli.warning", sentence=sentence))
    return place


def show_step(step: FolderStep | None, terminal: Terminal) -> None:
    """Say what is done before the string is changed."""
    if step is not None:
        told = step.notice.sentence(terminal.texts)
        terminal.say(terminal.texts("arguments.cli.places_step", step=told))


def make(session: Session, step: FolderStep | None, terminal: Terminal, ask: Ask) -> str | None:
    """Make the folder for a change by hand, when the person says yes; the receipt's path."""
    if step is None:
        return None
    texts = terminal.texts
    if not agrees(ask, texts("walk.make_folder_prompt", folder=step.path), texts):
        told = {"folder": step.path, "command": step.command(session.host.facts().system)}
        terminal.say(texts("walk.folder_not_made", told))
        return None
    folder_step.checked(_server(session).judge(step.path), step)
    made = apply.make_folder(Maker(session.host, step))
    terminal.say(folder_step.was_made(made.folder).sentence(texts))
    terminal.say(texts("page.arguments.folder_receipt", receipt=made.path))
    return made.path


def _server(session: Session) -> Server:
    folder = session.scope.install_dir
    found = installation.find_if_any(session.host, session.product, folder)
    in_use = place_look.folder_in_use(session.host, session.product, found)
    return Server(session.host, found, in_use, Needs.of(session.scope))


def _listed(server: Server, terminal: Terminal) -> Sequence[Candidate]:
    try:
        found = server.candidates()
    except CannotCheck as closed:
        terminal.say(terminal.texts.summary(closed))
        return ()
    terminal.say("\n".join(lines(found, server.in_use, terminal.texts, numbered=True)))
    return found
