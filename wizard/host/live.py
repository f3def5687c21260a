# SPDX-License-Identifier: MIT
"""Which host answers for the computer this program runs on?"""

from __future__ import annotations

import sys

from wizard.host.base import Host


def live_host() -> Host:
    """This computer."""
    host: Host
    if sys.platform == "win32":
        from wizard.host.windows import WindowsHost  # noqa: PLC0415
        from wizard.host.windows_api import WindowsApi  # noqa: PLC0415

        host = WindowsHost(WindowsApi())
    else:
        from wizard.host.linux import LinuxHost  # noqa: PLC0415

        host = LinuxHost()
    return host
