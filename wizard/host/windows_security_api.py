# SPDX-License-Identifier: MIT
"""The Windows calls for accounts, access lists and quotas; what they mean is decided elsewhere."""

from __future__ import annotations

import sys

if sys.platform == "win32":
    import ctypes
    import os
    import struct
    from collections.abc import Callable, Iterator, Mapping
    from contextlib import contextmanager
    from ctypes import wintypes

    from wizard.errors import CannotCheck
    from wizard.host.windows_system import QuotaEntry, QuotaRules

    _KERNEL = ctypes.WinDLL("kernel32", use_last_error=True)
    _ADVANCED = ctypes.WinDLL("advapi32", use_last_error=True)
    _NETWORK = ctypes.WinDLL("netapi32")
    _NT = ctypes.WinDLL("ntdll")
    _KERNEL.LocalFree.argtypes = [ctypes.c_void_p]
    _NETWORK.NetApiBufferFree.argtypes = [ctypes.c_void_p]
    _KERNEL.CreateFileW.restype = wintypes.HANDLE
    _ADVANCED.ConvertSidToStringSidW.argtypes = [ctypes.c_void_p, ctypes.c_void_p]
    # GetNamedSecurityInfoW, ConvertSecurityDescriptorToStringSecurityDescriptorW.
    _FILE, _OWNER_AND_LIST, _REVISION = 1, 0x1 | 0x4, 1
    # NetLocalGroupEnum, NetLocalGroupGetMembers.
    _ALL = 0xFFFFFFFF
    # CreateFileW: FILE_LIST_DIRECTORY, all sharing, OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS.
    _LIST, _SHARED, _EXISTING, _FOLDERS_TOO = 0x1, 0x7, 3, 0x02000000
    # FILE_FS_CONTROL_INFORMATION and its number; FILE_QUOTA_INFORMATION before the identifier.
    _RULES, _RULES_NUMBER = struct.Struct("<5qI4x"), 6
    _ENTRY = struct.Struct("<II4q")
    _NO_MORE_ENTRIES, _NONE_MAPPED = 0x8000001A, 0xC0000073

    class SecurityApi:
        """Accounts, access lists and quotas of a live Windows computer."""

        def access_list(self, path: str) -> str:
            """Owner and access list of an existing path, in Windows' text form."""
            descriptor, text = ctypes.c_void_p(), ctypes.c_void_p()
            code = _ADVANCED.GetNamedSecurityInfoW(
                path, _FILE, _OWNER_AND_LIST, None, None, None, None, ctypes.byref(descriptor)
            )
            if code:
                raise _unreadable(path, code)
            try:
                done = _ADVANCED.ConvertSecurityDescriptorToStringSecurityDescriptorW(
                    descriptor, _REVISION, _OWNER_AND_LIST, ctypes.byref(text), None
                )
                if not done:
                    raise _unreadable(path, ctypes.get_last_error())
                return _taken(text)
            finally:
                _KERNEL.LocalFree(descriptor)

        def sid(self, account: str) -> tuple[str, bool]:
            """An account's identifier, and whether it is one of this computer's own."""
            found, domain = _looked_up(account)
            own = os.environ.get("COMPUTERNAME", "").casefold()
            return _text(found), domain.casefold() == own

        def account_name(self, sid: str) -> str:
            """The name of an identifier, or the identifier itself where it has none."""
            binary = _binary(sid)
            name, domain = (ctypes.create_unicode_buffer(512) for _ in range(2))
            sizes = [wintypes.DWORD(512), wintypes.DWORD(512)]
            done = _ADVANCED.LookupAccountSidW(
                None, binary, name, ctypes.byref(sizes[0]), domain, ctypes.byref(sizes[1]),
                ctypes.byref(wintypes.DWORD()),
            )  # fmt: skip
            return "\\".join(filter(None, (domain.value, name.value))) if done else sid

        def local_groups(self) -> Mapping[str, tuple[str, ...]]:
            """The identifiers of this computer's groups, with those of their direct members."""
            names = _listed(lambda *more: _NETWORK.NetLocalGroupEnum(None, 0, *more), _text_of_name)
            if not names:  # each Windows has some
                raise CannotCheck("error.host_groups_closed", reason="NetLocalGroupEnum: 0")
            return {
                _text(_looked_up(name)[0]): _listed(
                    lambda *more, name=name: _NETWORK.NetLocalGroupGetMembers(None, name, 0, *more),
                    _text,
                )
                for name in names
            }

        def quota_rules(self, mount: str) -> QuotaRules:
            """How a volume keeps quotas."""
            answer, state = ctypes.create_string_buffer(_RULES.size), (ctypes.c_void_p * 2)()
            with _opened(mount) as handle:
                status = _NT.NtQueryVolumeInformationFile(
                    handle, state, answer, _RULES.size, _RULES_NUMBER
                )
            if status:
                raise _unreadable(mount, _NT.RtlNtStatusToDosError(status))
            *_, limit, flags = _RULES.unpack(answer.raw)
            return QuotaRules(flags, limit)

        def quota_entry(self, mount: str, sid: str) -> QuotaEntry | None:
            """An account's line in a volume's list; None when it has none."""
            binary = _binary(sid)
            wanted = struct.pack("<II", 0, len(binary)) + binary
            answer, state = ctypes.create_string_buffer(256), (ctypes.c_void_p * 2)()
            with _opened(mount) as handle:
                status = _NT.NtQueryQuotaInformationFile(
                    handle, state, answer, 256, True, wanted, len(wanted), None, True
                )
            if status & 0xFFFFFFFF in (_NO_MORE_ENTRIES, _NONE_MAPPED):
                return None
            if status:
                raise _unreadable(mount, _NT.RtlNtStatusToDosError(status))
            _, _, _, used, _, limit = _ENTRY.unpack(answer.raw[: _ENTRY.size])
            return QuotaEntry(used, limit)

    def _looked_up(account: str) -> tuple[ctypes.Array[ctypes.c_char], str]:
        sid, domain = ctypes.create_string_buffer(256), ctypes.create_unicode_buffer(512)
        sizes = [wintypes.DWORD(256), wintypes.DWORD(512)]
        done = _ADVANCED.LookupAccountNameW(
            None, account, sid, ctypes.byref(sizes[0]), domain, ctypes.byref(sizes[1]),
            ctypes.byref(wintypes.DWORD()),
        )  # fmt: skip
        if not done:
            raise CannotCheck("error.host_account_unknown", account=account)
        return sid, domain.value

    def _text(sid: object) -> str:
        text = ctypes.c_void_p()
        if not _ADVANCED.ConvertSidToStringSidW(sid, ctypes.byref(text)):
            raise ctypes.WinError(ctypes.get_last_error())
        return _taken(text)

    def _taken(text: ctypes.c_void_p) -> str:
        """A text that Windows made, which goes back to it."""
        try:
            return ctypes.wstring_at(text.value or 0)
        finally:
            _KERNEL.LocalFree(text)

    def _binary(sid: str) -> bytes:
        found = ctypes.c_void_p()
        if not _ADVANCED.ConvertStringSidToSidW(sid, ctypes.byref(found)):
            raise CannotCheck("error.host_account_unknown", account=sid)
        try:
            return ctypes.string_at(found, _ADVANCED.GetLengthSid(found))
        finally:
            _KERNEL.LocalFree(found)

    def _text_of_name(place: int) -> str:
        return ctypes.wstring_at(place)

    def _listed(ask: Callable[..., int], read: Callable[[int], str]) -> tuple[str, ...]:
        """All entries of a list of pointers, which level 0 of these calls is."""
        found = ctypes.POINTER(ctypes.c_void_p)()
        count, total = wintypes.DWORD(), wintypes.DWORD()
        code = ask(ctypes.byref(found), _ALL, ctypes.byref(count), ctypes.byref(total), None)
        if code:
            raise CannotCheck("error.host_groups_closed", reason=ctypes.FormatError(code).strip())
        try:
            return tuple(read(found[index]) for index in range(count.value))
        finally:
            _NETWORK.NetApiBufferFree(found)

    @contextmanager
    def _opened(mount: str) -> Iterator[wintypes.HANDLE]:
        handle = _KERNEL.CreateFileW(mount, _LIST, _SHARED, None, _EXISTING, _FOLDERS_TOO, None)
        if handle in (None, wintypes.HANDLE(-1).value):
            raise _unreadable(mount, ctypes.get_last_error())
        try:
            yield wintypes.HANDLE(handle)
        finally:
            _KERNEL.CloseHandle(wintypes.HANDLE(handle))

    def _unreadable(path: str, code: int) -> CannotCheck:
        told = ctypes.FormatError(code).strip()
        return CannotCheck("error.host_path_unreadable", path=path, reason=told)
