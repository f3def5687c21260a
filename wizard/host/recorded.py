# SPDX-License-Identifier: MIT
"""What did a computer answer when it was recorded? A record in the place of the computer."""

from __future__ import annotations

import base64
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath
from typing import Any, TypeVar

from wizard import codec
from wizard.errors import BadInput, CannotCheck
from wizard.host import files, folders
from wizard.host.acts import WriteSpeed
from wizard.host.base import (
    Antivirus,
    FileEntry,
    Gateway,
    Listener,
    Memory,
    NameServer,
    Process,
    Program,
    ProxySetting,
    Quota,
    Service,
    ServiceVariable,
    Volume,
)
from wizard.host.recorded_acts import RecordedActs
from wizard.host.recorded_answers import NOTHING, Recording, answer, raise_recorded, raw
from wizard.host.system_log_lines import SystemLog
from wizard.model import HostFacts

T = TypeVar("T")


class RecordedHost(RecordedActs):
    """Answers from a recording, a dict of the questions' names.

    An answer {"error": text id, "values": {...}} raises that CannotCheck, and so does a question
    that wasn't recorded. `files` holds by path: a text, {"base64": …} for other content, a list of
    entries (a folder), null (there is no such thing), or an error. Answers about one account lie
    below its name, those about a folder below its path; quotas and speeds below the mount of the
    volume.
    """

    def __init__(self, recording: Recording, files_root: Path | None = None) -> None:
        super().__init__(recording, files_root)
        self._facts = codec.from_plain(recording.get("facts"), HostFacts)
        self._files = {self.path(path): found for path, found in recording.get("files", {}).items()}

    @classmethod
    def from_file(cls, path: Path) -> RecordedHost:
        """A recording that was stored as JSON; BadInput when it isn't one."""
        try:
            recording = codec.load_json(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise BadInput("error.recording", path=str(path), reason=str(error)) from error
        if not isinstance(recording, dict):
            raise BadInput("error.recording", path=str(path), reason="no JSON object")
        return cls(recording)

    def with_files(self, root: Path) -> RecordedHost:
        """The same answers, with the real files below a folder beside the recorded ones."""
        return RecordedHost(self._recording, root)

    def facts(self) -> HostFacts:
        """System, name, rights."""
        return self._facts

    def path(self, text: str) -> PurePath:
        """A path of the recorded computer's flavour."""
        windows = self._facts.system == "windows"
        return PureWindowsPath(text) if windows else PurePosixPath(text)

    def processes(self) -> tuple[Process, ...]:
        """All running processes."""
        return self._answer("processes", tuple[Process, ...])

    def memory(self) -> Memory:
        """Installed and available memory."""
        return self._answer("memory", Memory)

    def volumes(self) -> tuple[Volume, ...]:
        """All mounted volumes."""
        return self._answer("volumes", tuple[Volume, ...])

    def volume(self, path: str) -> Volume:
        """The recorded volume with the deepest mount above a path."""
        asked = self.path(path)
        if not asked.is_absolute():
            raise CannotCheck("error.host_relative_path", path=path)
        around = [v for v in self.volumes() if asked.is_relative_to(self.path(v.mount))]
        if not around:
            raise CannotCheck("error.host_no_volume", path=path)
        return max(around, key=lambda volume: len(self.path(volume.mount).parts))

    def programs(self) -> tuple[Program, ...]:
        """Installed programs."""
        return self._answer("programs", tuple[Program, ...])

    def proxies(self) -> tuple[ProxySetting, ...]:
        """Every place that names a proxy."""
        return self._answer("proxies", tuple[ProxySetting, ...])

    def name_servers(self) -> tuple[NameServer, ...]:
        """The name servers that it was set to ask."""
        return self._answer("name_servers", tuple[NameServer, ...])

    def gateways(self) -> tuple[Gateway, ...]:
        """The gateways that it had."""
        return self._answer("gateways", tuple[Gateway, ...])

    def service_proxies(self, service: Service) -> tuple[ProxySetting, ...]:
        """As it was recorded, by the service's name."""
        return answer(self._recording, "service_proxies", tuple[ProxySetting, ...], service.name)

    def service_variables(
        self, service: Service, names: Sequence[str]
    ) -> tuple[ServiceVariable, ...]:
        """As they were recorded, by the service's name."""
        kind = tuple[ServiceVariable, ...]
        found = answer(self._recording, "service_variables", kind, service.name)
        return tuple(one for one in found if one.name in names)

    def listening(self) -> tuple[Listener, ...]:
        """The ports at which somebody waited."""
        return self._answer("listening", tuple[Listener, ...])

    def antivirus(self) -> tuple[Antivirus, ...]:
        """Antivirus products."""
        return self._answer("antivirus", tuple[Antivirus, ...])

    def system_logs(self, marks: Sequence[str]) -> tuple[SystemLog, ...]:
        """As they were recorded, whatever the marks are."""
        return self._answer("system_logs", tuple[SystemLog, ...])

    def environment(self) -> Mapping[str, str]:
        """The environment variables that were recorded."""
        return self._answer("environment", dict[str, str])

    def is_folder(self, path: str) -> bool:
        """Whether there was such a folder."""
        told = self._file(path)
        return files.is_folder(path) if told is NOTHING else isinstance(told, list)

    def same_folder(self, path: str, pid: int) -> bool:
        """As it was recorded, by process and path."""
        return answer(self._recording, "same_folder", bool, str(pid), path)

    def seen_path(self, path: str, pid: int) -> str:
        """As it was recorded, by process and path."""
        return answer(self._recording, "seen_path", str, str(pid), path)

    def may_write(self, path: str, account: str) -> bool:
        """As it was recorded, by account and path."""
        return answer(self._recording, "may_write", bool, account, path)

    def real_path(self, path: str) -> str:
        """As it was recorded, or as the real file system has it."""
        if self._is_inside(path):
            return files.real_path(path)
        return answer(self._recording, "real_path", str, path)

    def quota(self, path: str, account: str) -> Quota | None:
        """As it was recorded, by account and mount."""
        found = raw(self._recording, "quota", account, self.volume(path).mount)
        return None if found is None else codec.from_plain(found, Quota)

    def list_folder(self, path: str) -> tuple[FileEntry, ...]:
        """The recorded content of a folder."""
        told = self._file(path)
        if told is NOTHING:
            return files.list_folder(path)
        if not isinstance(told, list):
            raise CannotCheck("error.host_not_a_folder", path=path)
        return codec.from_plain(told, tuple[FileEntry, ...])

    def read_bytes(self, path: str, limit_bytes: int) -> bytes:
        """The beginning of a recorded file that isn't text."""
        told = self._file(path)
        if told is NOTHING:
            return files.read_bytes(path, limit_bytes)
        if not isinstance(told, dict) or "base64" not in told:
            raise CannotCheck("error.host_not_a_file", path=path)
        return base64.b64decode(told["base64"])[:limit_bytes]

    def read_text(self, path: str, limit_bytes: int = 1_000_000) -> str:
        """The beginning of a recorded text file."""
        told = self._file(path)
        if told is NOTHING:
            return files.read_text(path, limit_bytes)
        if not isinstance(told, str):
            raise CannotCheck("error.host_not_a_file", path=path)
        return files.decoded(told.encode()[:limit_bytes])

    def write_speed(
        self, folder: str, size_bytes: int, cancel: threading.Event, *, keep_free_bytes: int
    ) -> WriteSpeed:
        """As recorded for the folder's volume; nothing is written."""
        volume = self.volume(folder)
        folders.refuse_without_room(folder, volume.free_bytes, size_bytes + keep_free_bytes)
        return answer(self._recording, "write_speed", WriteSpeed, volume.mount)

    def _answer(self, question: str, kind: type[T]) -> T:
        return answer(self._recording, question, kind)

    def _file(self, path: str) -> Any:
        """What was recorded for a path; NOTHING where the real file system answers."""
        told = self._files.get(self.path(path), NOTHING)
        raise_recorded(told)
        if told is not NOTHING:
            return told
        return NOTHING if self._is_inside(path) else self._implied(path)

    def _implied(self, path: str) -> Any:
        """A listing of the folder above tells what isn't there."""
        asked = self.path(path)
        above = self._files.get(asked.parent)
        if not isinstance(above, list):
            raise CannotCheck("error.not_recorded", what=path)
        entry = next((told for told in above if self.path(told["path"]) == asked), None)
        if entry is None:
            return None
        raise CannotCheck("error.not_recorded", what=path)
