# SPDX-License-Identifier: MIT
"""The Ansible playbook: linted, and run for real against this computer standing for a fleet."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from installer import archives
from wizard.cli import parser
from wizard.cli.terminal import ExitStatus

ROOT = Path(__file__).resolve().parents[2]
FLEET = ROOT / "installer" / "fleet"
ROLE = FLEET / "roles" / "wizard"
FILES = sorted(FLEET.rglob("*.yml"))
PLAYBOOK = "check_fleet.yml"
COLLECTIONS = "/usr/lib/python3/dist-packages:/usr/share/ansible/collections"
SECRET = "not-a-real-secret-5f1c"

ansible = pytest.mark.skipif(
    not shutil.which("ansible-playbook"),
    reason="ansible isn't installed (Debian: apt-get install ansible)",
)
linter = pytest.mark.skipif(
    not shutil.which("ansible-lint"),
    reason="ansible-lint isn't installed (Debian: apt-get install ansible-lint)",
)


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


def run(command: Sequence[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """A command of Ansible, away from the settings of whoever runs the tests."""
    environment = {
        "PATH": f"{os.environ['PATH']}:/usr/bin",
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "TMPDIR": str(folder),
        "ANSIBLE_LOCAL_TEMP": str(folder / "ansible"),
        "ANSIBLE_REMOTE_TEMP": str(folder / "ansible-remote"),
        "ANSIBLE_NOCOLOR": "1",
        "ANSIBLE_COLLECTIONS_PATH": os.environ.get("ANSIBLE_COLLECTIONS_PATH", COLLECTIONS),
    }
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def windows_modules(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Skip where Ansible has no modules for Windows."""
    folder = tmp_path_factory.mktemp("collections")
    command = ["ansible-galaxy", "collection", "list", "ansible.windows"]
    if "ansible.windows" not in run(command, folder).stdout:
        pytest.skip("the collection ansible.windows isn't installed (Debian: ansible)")


@linter
@pytest.mark.usefixtures("windows_modules")
def test_playbook_when_linted_for_production_then_clean(tmp_path: Path) -> None:
    copy = Path(shutil.copytree(FLEET, tmp_path / "fleet"))
    command = ["ansible-lint", "--offline", "--nocolor", "--profile", "production"]
    result = run([*command, PLAYBOOK, "roles/wizard", "inventory.example.yml"], copy)
    assert result.returncode == 0, result.stdout + result.stderr
    count = re.search(r"(\d+) files", result.stdout + result.stderr)
    assert count
    assert int(count[1]) >= len(FILES)


@ansible
@pytest.mark.usefixtures("windows_modules")
@pytest.mark.parametrize("tasks", ["main", "linux", "windows", "report", "overview"])
def test_tasks_when_ansible_reads_them_then_every_module_is_known(
    tasks: str, tmp_path: Path
) -> None:
    play = f"- hosts: all\n  tasks:\n    - import_role: {{name: wizard, tasks_from: {tasks}.yml}}\n"
    (tmp_path / "play.yml").write_text(play)
    (tmp_path / "roles").symlink_to(FLEET / "roles")
    inventory = str(FLEET / "inventory.example.yml")
    result = run(["ansible-playbook", "-i", inventory, "--syntax-check", "play.yml"], tmp_path)
    assert result.returncode == 0, result.stdout + result.stderr


def in_full(test: Callable[..., None]) -> Callable[..., None]:
    """A run of the whole playbook takes seconds."""
    return ansible(pytest.mark.full(test))  # type: ignore[no-any-return]


@dataclass(frozen=True)
class Fleet:
    """A run of the playbook, and where it left what it gathered."""

    folder: Path
    result: subprocess.CompletedProcess[str]

    @property
    def overview(self) -> list[str]:
        return (self.folder / "findings" / "overview.csv").read_text().splitlines()

    def line_of(self, server: str) -> str:
        recap = self.result.stdout.partition("PLAY RECAP")[2]
        return next(line for line in recap.splitlines() if line.startswith(server))


def script(path: Path, *lines: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(("#!/bin/sh", *lines, "")))
    path.chmod(0o755)
    return path


def play(folder: Path, servers: dict[str, dict[str, object]], *options: str) -> Fleet:
    """Run the playbook against this computer under several names."""
    here = {"ansible_connection": "local", "ansible_python_interpreter": "/usr/bin/python3"}
    hosts = {name: here | settings for name, settings in servers.items()}
    inventory = folder / "inventory.json"
    inventory.write_text(json.dumps({"backup_servers": {"hosts": hosts}}))
    playbook = str(FLEET / PLAYBOOK)
    return Fleet(
        folder, run(["ansible-playbook", "-i", str(inventory), *options, playbook], folder)
    )


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive in the form of the built one, whose program is the one under test."""
    folder = tmp_path_factory.mktemp("dist")
    program = f'exec env PYTHONPATH={ROOT} {sys.executable} -P -m wizard.cli "$@"'
    script(folder / "m365-backup-wizard" / "m365-backup-wizard", program)
    target = folder / "m365-backup-wizard-1-linux-amd64.tar.xz"
    with tarfile.open(target, "w:xz") as packed:
        packed.add(folder / "m365-backup-wizard", "m365-backup-wizard")
    archives.write_sums(folder)
    return target


@pytest.fixture(scope="module")
def fleet(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Fleet:
    """One run over servers that answer 0, 2 and 3, and one with a wrong option."""
    asked = {
        "well": ["--demo", "healthy"],
        "ill": ["--demo", "several"],
        "dark": ["--demo", "no-access"],
        "wrong": ["--cause", "nonsense"],
    }
    common: dict[str, object] = {"wizard_archive_linux": str(archive)}
    servers = {name: common | {"wizard_arguments": words} for name, words in asked.items()}
    return play(tmp_path_factory.mktemp("fleet"), servers)


@in_full
def test_diagnosis_when_it_names_a_problem_then_the_task_has_not_failed(fleet: Fleet) -> None:
    for server in ("well", "ill", "dark"):
        assert "failed=0" in fleet.line_of(server), fleet.result.stdout
    assert "failed=1" in fleet.line_of("wrong")
    assert "nonsense" in fleet.result.stdout  # the program's own sentence


@in_full
def test_answers_when_gathered_then_one_folder_per_server(fleet: Fleet) -> None:
    for server, status in (("well", "ok"), ("ill", "problem"), ("dark", "unknown")):
        folder = fleet.folder / "findings" / server
        assert json.loads((folder / "check.json").read_text())["verdict"]["status"] == status
        opened = parser.build().parse_args(["open", str(folder / "findings.zip")])
        assert Path(opened.file).stat().st_size > 1000
        assert folder.stat().st_mode & 0o077 == 0
    assert not (fleet.folder / "findings" / "wrong" / "check.json").exists()


@in_full
def test_overview_when_written_then_has_every_server(fleet: Fleet) -> None:
    assert fleet.overview == [
        "server,status,exit_status,likely_cause,package",
        "dark,unknown,3,,yes",
        "ill,problem,2,temp-folder,yes",
        "well,ok,0,,yes",
        "wrong,no answer,,,no",
    ]


@in_full
def test_unknown_when_reported_then_says_what_was_not_checked(fleet: Fleet) -> None:
    assert "Not checked: " in fleet.result.stdout


@in_full
def test_servers_when_done_then_nothing_is_left_on_them(fleet: Fleet) -> None:
    assert not list(fleet.folder.glob("m365-*"))


@in_full
def test_check_mode_when_asked_then_nothing_is_run_or_written(
    archive: Path, tmp_path: Path
) -> None:
    run_ = play(tmp_path, {"here": {"wizard_archive_linux": str(archive)}}, "--check", "--diff")
    assert run_.result.returncode == 0, run_.result.stdout
    assert "Would copy" in run_.result.stdout
    assert "changed=0" in run_.line_of("here")
    assert not (tmp_path / "findings").exists()


@in_full
def test_archive_when_altered_then_refused_before_anything_is_copied(
    archive: Path, tmp_path: Path
) -> None:
    shutil.copy(archive.parent / archives.SUMS, tmp_path)
    altered = tmp_path / archive.name
    altered.write_bytes(archive.read_bytes() + b"\0")
    refused = play(tmp_path, {"here": {"wizard_archive_linux": str(altered)}})
    assert "is not the file that" in refused.result.stdout
    assert not (tmp_path / "findings").exists()


@in_full
def test_secret_when_given_then_reaches_the_program_alone(tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    seen.mkdir()
    answer = '{"verdict":{"status":"ok","summary":"Ok.","likely_cause":null},"not_checked":[]}'
    program = script(
        tmp_path / "program",
        f"env >{seen}/environment",
        f"cat /proc/[0-9]*/cmdline | tr '\\0' ' ' >>{seen}/command-lines",
        f"[ $1 = check ] && echo '{answer}' || : >\"$3\"",
    )
    settings = tmp_path / "secrets.json"
    settings.write_text(
        json.dumps({"wizard_client_secret": SECRET, "wizard_tenant_id": "tenant-1"})
    )
    servers: dict[str, dict[str, object]] = {"here": {"wizard_program_linux": str(program)}}
    done = play(tmp_path, servers, "-vvv", "--diff", "-e", f"@{settings}")
    assert "failed=0" in done.line_of("here"), done.result.stdout
    environment = (seen / "environment").read_text()
    assert f"AZURE_CLIENT_SECRET={SECRET}\n" in environment
    assert "AZURE_TENANT_ID=tenant-1\n" in environment
    assert "AZURE_CLIENT_CERTIFICATE" not in environment
    assert "program check" in (seen / "command-lines").read_text()
    settings.unlink()
    (seen / "environment").unlink()
    assert SECRET not in done.result.stdout + done.result.stderr
    written = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert not [file for file in written if SECRET.encode() in file.read_bytes()]
