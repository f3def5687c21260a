# SPDX-License-Identifier: MIT
"""What the manual page tells beside the command line: statuses, variables, files, examples."""

from __future__ import annotations

from collections.abc import Mapping

from installer import contents
from wizard.cli.terminal import ExitStatus
from wizard.fixes import backup
from wizard.graph import proxies

_PROGRAM = contents.CONSOLE_PROGRAM
_FOLDER = f"/usr/lib/{contents.FOLDER}"

_EXIT_STATUS = {
    ExitStatus.OK: "Nothing was found. Of export: the package was written, whatever it holds.",
    ExitStatus.WARNING: "Something may become a problem.",
    ExitStatus.PROBLEM: "A cause was found.",
    ExitStatus.UNKNOWN: "Something could not be checked, or the command line was wrong.",
    ExitStatus.INTERRUPTED: "Interrupted.",
}
_ENVIRONMENT = {
    "AZURE_TENANT_ID, AZURE_CLIENT_ID": "Tenant and application, where no option gives them.",
    "AZURE_CLIENT_SECRET": "The client secret. There is no option for it: command lines are seen "
    "by others. Without it a prompt asks where one is possible.",
    "AZURE_CLIENT_CERTIFICATE_PATH": "The application's certificate, where no option gives it.",
    "AZURE_CLIENT_CERTIFICATE_PASSWORD": "The password of that certificate's file.",
    ", ".join(proxies.VARIABLES): "The proxy to use, where no option gives it.",
    backup.VARIABLE: "The folder for receipts and backups, instead of those under FILES.",
}
_FILES = {
    f"~/.local/share/{contents.FOLDER}": "Backups of changed files, and a receipt for each change, "
    "which undoing it needs. The folder below XDG_DATA_HOME where that is set.",
    f"{backup.PORTABLE[0]}, data/": f"A file named {' or '.join(backup.PORTABLE)} beside the "
    "program keeps receipts and backups in the folder data beside it. This is meant for the "
    "archive unpacked to a folder of one's own.",
    f"{_FOLDER}/licences": "The licences of the parts by others.",
}
_EXAMPLES = {
    f"{_PROGRAM} --demo several": "Look at a sample server, in the window or in text.",
    f"sudo {_PROGRAM} check": "Check this computer as root, who sees the arguments of services.",
    f"{_PROGRAM} check --format json > check.json": "Keep the diagnosis for a script.",
    f"{_PROGRAM} check --cause temp-folder --cause memory": "Look at two causes only; what "
    "was left out on request doesn't count in the exit status.",
    f"{_PROGRAM} export --output findings.zip": "Write the findings package for the vendor.",
}
SECTIONS: Mapping[str, Mapping[str, str]] = {
    "EXIT STATUS": {str(int(status)): told for status, told in _EXIT_STATUS.items()},
    "ENVIRONMENT": _ENVIRONMENT,
    "FILES": _FILES,
    "EXAMPLES": _EXAMPLES,
}
