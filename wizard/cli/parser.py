# SPDX-License-Identifier: MIT
"""The command line: commands, options, and usage errors that end with exit status 3."""

from __future__ import annotations

import argparse
import os
import sys
from typing import Any, NoReturn, TypeAlias

import wizard
from wizard.cli import commands
from wizard.cli.terminal import ExitStatus

Group: TypeAlias = "argparse._ArgumentGroup"

PROGRAM = "m365-backup-wizard"
PURPOSE = "Finds out why a Microsoft 365 backup job of NAKIVO Backup & Replication fails."
WITH_WINDOW = (
    "Without a command it opens the window; where no window can be shown, it walks the same "
    "causes in text."
)
IN_TEXT = "Without a command it walks the causes in text, the likeliest first."
EPILOG = (
    "Secrets come only from the environment (AZURE_CLIENT_SECRET, "
    "AZURE_CLIENT_CERTIFICATE_PASSWORD) or from a prompt. AZURE_TENANT_ID, AZURE_CLIENT_ID and "
    "AZURE_CLIENT_CERTIFICATE_PATH are read too. Exit status: 0 ok, 1 warning, 2 problem, "
    "3 something could not be checked or the command line was wrong, 130 interrupted."
)


class Parser(argparse.ArgumentParser):
    """argparse with this program's exit status for a wrong command line."""

    def error(self, message: str) -> NoReturn:
        """Say what was wrong on stderr and end with 3."""
        self.print_usage(sys.stderr)
        self.exit(ExitStatus.UNKNOWN, f"{self.prog}: {message}\n")


def common_options() -> argparse.ArgumentParser:
    """Options that may stand before or after any command."""
    common = Parser(add_help=False, argument_default=argparse.SUPPRESS)
    what = common.add_argument_group("what to look at")
    _add_places(what)
    _add_questions(what)
    _add_cloud(common.add_argument_group("Microsoft 365"))
    shown = common.add_argument_group("output")
    shown.add_argument("--format", choices=("text", "json", "junit"), help="text unless given")
    shown.add_argument(
        "--lang", metavar="LANGUAGE", help="language of the sentences, en unless given"
    )
    return common


def _add_places(what: Group) -> None:
    what.add_argument(
        "--demo", metavar="SCENARIO", help=f"use a sample server (see: {PROGRAM} list)"
    )
    what.add_argument("--install-dir", metavar="DIR", type=_full, help="folder of the installation")
    what.add_argument(
        "--log",
        metavar="PATH",
        action="append",
        help="log file, folder or .zip, instead of this computer's own logs",
    )
    what.add_argument(
        "--failed-at",
        metavar="WHEN",
        help="when the job failed, as 2026-11-23 or '2026-11-23 02:14', local time: the log lines "
        "of that run decide; by itself those of the newest run that shows a job at work or failing",
    )
    what.add_argument("--cause", metavar="ID", action="append", help="only this cause")
    what.add_argument(
        "--services", metavar="LIST", help="exchange,groups,onedrive,sharepoint,teams"
    )
    what.add_argument("--offline", action="store_true", help="leave the network out")


def _full(folder: str) -> str:
    """What is typed counts from where the person is; the Transporter is somewhere else."""
    try:
        return os.path.abspath(folder) if folder else folder  # noqa: PTH100 - Path keeps ".."
    except OSError:  # the working directory itself was removed
        return folder


def _add_questions(what: Group) -> None:
    what.add_argument(
        "--arguments-file",
        metavar="FILE",
        help="file with the argument string, or with the setting",
    )
    what.add_argument(
        "--largest-items", metavar="GB,GB,GB", help="sizes of the largest mailboxes, drives, sites"
    )
    what.add_argument(
        "--measure-disk",
        action="store_true",
        help="write a file to the temporary folder, time it and remove it",
    )
    what.add_argument(
        "--repository",
        metavar="DIR",
        action="append",
        help="folder of a backup repository, never a place for temporary files",
    )
    what.add_argument("--timeout", metavar="SECONDS", type=float, help="longest wait per check")


def _add_cloud(cloud: Group) -> None:
    cloud.add_argument(
        "--cloud",
        metavar="NAME",
        help="global, usgov, dod, china, france, germany or FILE.toml; by itself the one that the"
        " tenant names",
    )
    cloud.add_argument("--tenant-id", metavar="ID", help="tenant id or domain")
    cloud.add_argument(
        "--sharepoint-host", metavar="HOST", help="the tenant's SharePoint: contoso.sharepoint.com"
    )
    cloud.add_argument("--client-id", metavar="ID", help="application id")
    cloud.add_argument("--certificate", metavar="FILE", help="PEM or PFX file of the app")
    cloud.add_argument("--proxy", metavar="URL", help="proxy to use instead of the found one")
    cloud.add_argument("--ca-file", metavar="FILE", help="further authorities to trust, PEM")


def build(*, has_window: bool = True) -> Parser:
    """The whole command line of the program with a window, or of the one in text alone."""
    common = common_options()
    about = f"{PURPOSE} {WITH_WINDOW if has_window else IN_TEXT}"
    parser = Parser(prog=PROGRAM, description=about, epilog=EPILOG, parents=[common])
    parser.add_argument("--version", action="version", version=f"%(prog)s {wizard.__version__}")
    chosen: Any = parser.add_subparsers(title="commands", metavar="COMMAND", parser_class=Parser)
    commands.add_all(chosen, common)
    return parser
