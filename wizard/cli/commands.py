# SPDX-License-Identifier: MIT
"""The commands and their options. What a command does is loaded when it is chosen.

So `--help` and the window don't wait for libraries that only a diagnosis needs.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable

from wizard.cli import argument_options
from wizard.cli.terminal import Commands, Terminal

Command = Callable[[argparse.Namespace, Terminal], int]


def add_all(commands: Commands, common: argparse.ArgumentParser) -> None:
    """Register every command."""

    def add(
        name: str, command: Command, about: str, status: str | None = None
    ) -> argparse.ArgumentParser:
        parser = commands.add_parser(
            name, parents=[common], help=about, description=about, epilog=status
        )
        parser.set_defaults(command=command)
        return parser

    checking = add("check", _check, "run the checks and print the diagnosis")
    checking.add_argument(
        "--network-text",
        metavar="FILE",
        help="also write the text for whoever runs the network, to a new file; "
        "one that is there already is never overwritten, so name another for a second run",
    )
    checking.add_argument(
        "--admin-text",
        metavar="FILE",
        help="also write the text for whoever administers the Microsoft 365 tenant, likewise",
    )
    _add_packages(add)
    _add_logs(add)
    argument_options.add(commands, common)
    add("list", _list, "checks, causes and sample servers")
    testing = add(
        "selftest", _selftest, "look whether all parts of this program are there and work"
    )
    testing.add_argument(
        "--window", action="store_true", help="only open the window, and close it once it is drawn"
    )


Add = Callable[..., argparse.ArgumentParser]


def _add_packages(add: Add) -> None:
    export = add(
        "export",
        _export,
        "run the checks and write the findings package",
        "Exit status: 0 written (or previewed), 2 refused because something secret was "
        "still in it, 3 not written. The state of the backup is in the package.",
    )
    export.add_argument("--output", metavar="FILE.zip", help="where to write the package")
    export.add_argument(
        "--preview", action="store_true", help="list entries and masked places, write nothing"
    )
    export.add_argument("--overwrite", action="store_true", help="replace an existing file")
    export.add_argument("--keep-names", action="store_true", help="do not mask names")
    export.add_argument("--mask-ids", action="store_true", help="mask tenant and request ids too")
    opening = add(
        "open",
        _open,
        "check a findings package's integrity and show its diagnosis",
        "Exit status: 0 whole, 3 not a package, altered or damaged.",
    )
    opening.add_argument("file", metavar="FILE.zip", help="the package")
    opening.add_argument("--rejudge", action="store_true", help="judge by today's rules")
    comparing = add(
        "compare",
        _compare,
        "show what changed between two findings packages",
        "Exit status: 0 nothing but numbers changed, 1 a finding is new, gone or changed "
        "(also where findings are only gone), 3 one is not a package.",
    )
    comparing.add_argument("old", metavar="OLD.zip", help="the earlier package")
    comparing.add_argument("new", metavar="NEW.zip", help="the later package")


def _add_logs(add: Add) -> None:
    searching = add(
        "logs",
        _logs,
        "find known errors in log files, folders, .gz files or a support-bundle .zip",
        "Exit status: 0 nothing found, 1 only earlier, undated or harmless lines, 2 lines of "
        "the run that decides that explain a failed job, 3 something could not be read, or "
        "nothing was logged at the time given, and nothing worse was found.",
    )
    searching.add_argument("paths", metavar="PATH", nargs="+", help="file, folder, .gz or .zip")


def _check(options: argparse.Namespace, terminal: Terminal) -> int:
    from wizard.cli import check  # noqa: PLC0415 - loads what only a command needs

    return check.check(options, terminal)


def _export(options: argparse.Namespace, terminal: Terminal) -> int:
    from wizard.cli import package  # noqa: PLC0415 - loads what only a command needs

    return package.export_command(options, terminal)


def _open(options: argparse.Namespace, terminal: Terminal) -> int:
    from wizard.cli import package  # noqa: PLC0415 - loads what only a command needs

    return package.open_command(options, terminal)


def _compare(options: argparse.Namespace, terminal: Terminal) -> int:
    from wizard.cli import package  # noqa: PLC0415 - loads what only a command needs

    return package.compare_command(options, terminal)


def _logs(options: argparse.Namespace, terminal: Terminal) -> int:
    from wizard.cli import waiting  # noqa: PLC0415 - loads what only a command needs

    with waiting.interrupts():  # from here on Ctrl-C leaves an answer
        from wizard.cli import logs  # noqa: PLC0415 - loads what only a command needs

        return logs.search_logs(options, terminal)


def _list(options: argparse.Namespace, terminal: Terminal) -> int:
    from wizard.cli import inspect  # noqa: PLC0415 - loads what only a command needs

    return inspect.list_all(options, terminal)


def _selftest(options: argparse.Namespace, terminal: Terminal) -> int:
    if options.window:
        from wizard.cli import window_test  # noqa: PLC0415 - loads what only a command needs

        return window_test.run(options, terminal)
    from wizard.cli import inspect  # noqa: PLC0415 - loads what only a command needs

    return inspect.run_selftest(options, terminal)
