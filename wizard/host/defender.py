# SPDX-License-Identifier: MIT
"""Does Microsoft Defender Antivirus watch files, and which paths does it leave alone?"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from wizard import codec
from wizard.errors import CannotCheck
from wizard.host.base import Antivirus, ServiceState
from wizard.host.windows_system import WindowsSystem

NAME = "Microsoft Defender Antivirus"

_SECONDS = 7.0
# Each of the two answers or says why not; Windows PowerShell 4 (Server 2012 R2) understands this.
SCRIPT = """
$ErrorActionPreference = 'Stop'
[Console]::OutputEncoding = New-Object Text.UTF8Encoding $false
$answer = @{}
try { $answer.status = Get-MpComputerStatus | Select-Object AMRunningMode, AMServiceEnabled,
  RealTimeProtectionEnabled } catch { $answer.statusError = $_.Exception.Message }
try { $answer.preference = Get-MpPreference | Select-Object ExclusionPath,
  DisableRealtimeMonitoring } catch { $answer.preferenceError = $_.Exception.Message }
ConvertTo-Json -InputObject $answer -Depth 3 -Compress
"""

_SERVICE = "windefend"
_POLICY = r"HKLM\SOFTWARE\Policies\Microsoft\Windows Defender"
_SETTINGS = r"HKLM\SOFTWARE\Microsoft\Windows Defender"


def defender(system: WindowsSystem) -> Antivirus | None:
    """Defender's own answer, else what the registry tells; None when it isn't installed."""
    try:
        told = from_powershell(system.powershell(SCRIPT, _SECONDS))
    except CannotCheck:
        told = None
    return told or from_registry(system)


def from_powershell(text: str) -> Antivirus | None:
    """The answer to SCRIPT; None when neither part answered."""
    try:
        answer = codec.load_json(text)
    except json.JSONDecodeError:
        return None
    status, preference = answer.get("status"), answer.get("preference")
    if status is None and preference is None:
        return None
    active, mode = _active(status or {}, preference or {})
    exclusions, reason = _exclusions(preference, str(answer.get("preferenceError", "")))
    source = "Get-MpComputerStatus, Get-MpPreference" + (f" ({mode})" if mode else "")
    return Antivirus(NAME, active, source, exclusions, reason)


def _active(status: Mapping[str, Any], preference: Mapping[str, Any]) -> tuple[bool | None, str]:
    """In passive mode another product is in charge, and how much Defender does is not known."""
    mode = str(status.get("AMRunningMode") or "")
    enabled = status.get("RealTimeProtectionEnabled")
    if enabled is None:
        return (False if preference.get("DisableRealtimeMonitoring") is True else None), mode
    if enabled and mode not in ("", "Normal"):
        return None, mode
    return bool(enabled and status.get("AMServiceEnabled", True)), mode


def _exclusions(
    preference: Mapping[str, Any] | None, error: str
) -> tuple[tuple[str, ...] | None, str]:
    if preference is None:
        return None, error
    listed = preference.get("ExclusionPath")
    paths = [listed] if isinstance(listed, str) else list(listed or ())
    hidden = next((path for path in paths if _is_message(path)), None)
    return (None, hidden) if hidden else (tuple(paths), "")


def _is_message(entry: str) -> bool:
    """Without the right to see them, the list holds one sentence in place of the paths."""
    return entry.upper().startswith("N/A") or (" " in entry and not set(entry) & set("\\/%*"))


def from_registry(system: WindowsSystem) -> Antivirus | None:
    """What the registry and the service manager tell, for when PowerShell doesn't answer."""
    states = {service.name.lower(): service.state for service in system.services()}
    if _SERVICE not in states:
        return None
    off = any(
        system.values(f"{key}\\Real-Time Protection").get("DisableRealtimeMonitoring") == 1
        for key in (_POLICY, _SETTINGS)
    )
    running = states[_SERVICE] is ServiceState.RUNNING
    # Running and not switched off can still be passive mode; only "no" is certain here.
    active = None if running and not off else False
    try:
        exclusions, reason = _registry_exclusions(system), ""
    except CannotCheck as closed:
        exclusions, reason = None, str(closed.values.get("reason", closed.text))
    return Antivirus(NAME, active, f"{_SETTINGS}, service WinDefend", exclusions, reason)


def _registry_exclusions(system: WindowsSystem) -> tuple[str, ...]:
    """The value names are the paths; a policy's list adds to the computer's own."""
    keys = (f"{_POLICY}\\Exclusions\\Paths", f"{_SETTINGS}\\Exclusions\\Paths")
    return tuple(dict.fromkeys(path for key in keys for path in system.values(key)))
