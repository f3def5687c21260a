# SPDX-License-Identifier: MIT
"""The Ansible playbook as it is written; tests/built runs it."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from tests.support.fleet import FLEET, PLAYBOOK, needs_ansible, needs_linter, run
from wizard.cli import parser
from wizard.cli.terminal import ExitStatus

ROLE = FLEET / "roles" / "wizard"
FILES = sorted(FLEET.rglob("*.yml"))


def text_of(*names: str) -> str:
    return "\n".join((ROLE / name).read_text(encoding="utf-8") for name in names)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_file_when_read_then_has_licence_and_full_module_names(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.startswith("# SPDX-License-Identifier: MIT\n#")
    modules = re.findall(r"^ +([a-z_]+\.[a-z_]+\.[a-z_]+):", text, re.MULTILINE)
    assert all(module.startswith(("ansible.builtin.", "ansible.windows.")) for module in modules)


def test_setting_when_a_task_uses_it_then_it_is_defined() -> None:
    tasks = [str(file.relative_to(ROLE)) for file in (ROLE / "tasks").iterdir()]
    text = text_of(*tasks, "templates/overview.csv.j2", "vars/main.yml")
    given = text_of("defaults/main.yml") + text
    used = set(re.findall(r"\bwizard_\w+", text)) - {"wizard_archive_"}
    defined = set(re.findall(r"^[# ]*(?:register: )?(wizard_\w+)(?::|$)", given, re.MULTILINE))
    assert used <= defined


@pytest.mark.parametrize("system", ["linux", "windows"])
def test_commands_when_read_then_the_program_knows_them(system: str) -> None:
    text = text_of(f"tasks/{system}.yml")
    lists = re.findall(r"\['((?:check|export)'[^\]]*)\]|, '((?:check|export)'[^\]]*)\]", text)
    commands = [re.findall(r"'?([\w-]+)'?(?:, |$)", a or b) for a, b in lists]
    assert [words[0] for words in commands] == ["check", "export"]
    for words in commands:
        assert parser.build().parse_args(words).command


@pytest.mark.parametrize("system", ["linux", "windows"])
def test_exit_status_when_a_diagnosis_was_made_then_is_no_failure(system: str) -> None:
    allowed = re.search(r"wizard_check\.rc not in (\[.*?\])", text_of(f"tasks/{system}.yml"))
    assert allowed
    assert json.loads(allowed[1]) == [
        ExitStatus.OK, ExitStatus.WARNING, ExitStatus.PROBLEM, ExitStatus.UNKNOWN,
    ]  # fmt: skip


@pytest.fixture(scope="module")
def windows_modules(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Skip where Ansible has no modules for Windows."""
    folder = tmp_path_factory.mktemp("collections")
    command = ["ansible-galaxy", "collection", "list", "ansible.windows"]
    if "ansible.windows" not in run(command, folder).stdout:
        pytest.skip("the collection ansible.windows isn't installed (Debian: ansible)")


@needs_linter
@pytest.mark.usefixtures("windows_modules")
def test_playbook_when_linted_for_production_then_clean(tmp_path: Path) -> None:
    copy = Path(shutil.copytree(FLEET, tmp_path / "fleet"))
    command = ["ansible-lint", "--offline", "--nocolor", "--profile", "production"]
    result = run([*command, PLAYBOOK, "roles/wizard", "inventory.example.yml"], copy)
    assert result.returncode == 0, result.stdout + result.stderr
    count = re.search(r"(\d+) files", result.stdout + result.stderr)
    assert count
    assert int(count[1]) >= len(FILES)


@needs_ansible
@pytest.mark.usefixtures("windows_modules")
@pytest.mark.parametrize(
    "tasks",
    ["begin", "main", "installed", "linux", "windows", "report", "timed_out", "overview"],
)
def test_tasks_when_ansible_reads_them_then_every_module_is_known(
    tasks: str, tmp_path: Path
) -> None:
    play = f"- hosts: all\n  tasks:\n    - import_role: {{name: wizard, tasks_from: {tasks}.yml}}\n"
    (tmp_path / "play.yml").write_text(play)
    (tmp_path / "roles").symlink_to(FLEET / "roles")
    inventory = str(FLEET / "inventory.example.yml")
    result = run(["ansible-playbook", "-i", inventory, "--syntax-check", "play.yml"], tmp_path)
    assert result.returncode == 0, result.stdout + result.stderr
