# SPDX-License-Identifier: MIT
"""What comes of an act on a recorded computer: its own state changes, never this computer's."""

from __future__ import annotations

import os
import threading
from dataclasses import replace
from pathlib import Path

from wizard.errors import Refused
from wizard.host import folders
from wizard.host.acts import FolderMade, ServiceAction, ServiceAnswer
from wizard.host.base import Service, ServiceState
from wizard.host.recorded_answers import Recording, answer

_STATE_AFTER = {ServiceAction.START: ServiceState.RUNNING, ServiceAction.STOP: ServiceState.STOPPED}


class RecordedActs:
    """The acts, with real folders only below `files_root`."""

    def __init__(self, recording: Recording, files_root: Path | None = None) -> None:
        self._recording = recording
        self._files_root = files_root
        self._states: dict[str, ServiceState] = {}

    def services(self) -> tuple[Service, ...]:
        """All recorded services, in the state that the last order left them in."""
        told = answer(self._recording, "services", tuple[Service, ...])
        return tuple(
            replace(service, state=self._states.get(service.name, service.state))
            for service in told
        )

    def control_service(
        self, name: str, action: ServiceAction, cancel: threading.Event
    ) -> ServiceAnswer:
        """As recorded; a service whose order was accepted is in its new state at once."""
        said = answer(self._recording, "control_service", ServiceAnswer, name, action.value)
        if said.accepted:
            self._states[name] = _STATE_AFTER[action]
        return said

    def make_folder(self, path: str, account: str | None) -> FolderMade:
        """A real folder below the recording's own; the account owns it in name only."""
        self._refuse_outside(path)
        folders.make(path)
        rights = f"{folders.MODE:04o}"
        return FolderMade(path, account or "", rights, identity=folders.identity(path))

    def remove_folder(self, made: FolderMade) -> None:
        """A real, empty folder below the recording's own."""
        self._refuse_outside(made.path)
        folders.remove(made.path, made.identity)

    def _is_inside(self, path: str) -> bool:
        """Resolved first: a sample must not lead out of its folder by ".." or a link."""
        root = self._files_root
        return root is not None and Path(os.path.realpath(path)).is_relative_to(
            os.path.realpath(root)
        )

    def _refuse_outside(self, path: str) -> None:
        if not self._is_inside(path):
            raise Refused("error.host_recorded_only", path=path)
