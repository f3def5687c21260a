# SPDX-License-Identifier: MIT
"""The built Debian package: by Debian's own judges, installed, used and removed."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from installer import elf
from installer.linux import deb, linux_libraries
from tests.support import linux_program
from tests.support.linux_program import in_mounts, needs_root, needs_screen

SCREENS = "/tmp/.X11-unix"  # noqa: S108 - where X servers listen
PROGRAM = "/usr/bin/m365-backup-wizard"
HEALTHY = (PROGRAM, "check", "--demo", "healthy", "--offline", "--format", "json")


def needs(*programs: str) -> pytest.MarkDecorator:
    missing = [program for program in programs if not shutil.which(program)]
    return pytest.mark.skipif(bool(missing), reason=f"missing here: {', '.join(missing)}")


pytestmark = needs("dpkg", "dpkg-deb")


def output(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.fixture(scope="module")
def tree(deb_package: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("package") / "tree"
    output("dpkg-deb", "--extract", str(deb_package), str(target))
    return target


@pytest.mark.full
@needs("lintian")
def test_package_when_lintian_judges_then_it_finds_no_error_and_no_warning(
    deb_package: Path,
) -> None:
    command = ["lintian", "--allow-root", "--fail-on", "error,warning", str(deb_package)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout
    assert not result.stdout


@needs("desktop-file-validate", "appstreamcli")
def test_desktop_data_when_judged_then_is_valid(tree: Path) -> None:
    share = tree / "usr/share"
    desktop = share / "applications/m365-backup-wizard.desktop"
    assert output("desktop-file-validate", str(desktop)) == ""
    # The project owns no domain, so its name can't be made of one.
    allowed = "cid-desktopapp-is-not-rdns=info,cid-contains-hyphen=info"
    data = share / "metainfo/m365-backup-wizard.metainfo.xml"
    told = output("appstreamcli", "validate", "--no-net", f"--override={allowed}", str(data))
    assert "Validation was successful" in told


def test_control_when_read_then_asks_for_the_c_library_that_the_folder_needs(
    deb_package: Path, tree: Path
) -> None:
    folder = tree / "usr/lib" / deb.PACKAGE
    needed = output("dpkg-deb", "--field", str(deb_package), "Depends")
    assert f"libc6 (>= {linux_libraries.oldest_glibc(folder)})," in needed


def test_copyright_when_read_then_claims_no_library_of_others(tree: Path) -> None:
    told = (tree / "usr/share/doc" / deb.PACKAGE / "copyright").read_text(encoding="utf-8")
    stanzas = re.findall(r"^Files: (.+(?:\n .+)*)", told, re.MULTILINE)
    named = [pattern for stanza in stanzas for pattern in stanza.split() if pattern != "*"]
    names = [file.relative_to(tree).as_posix() for file in elf.elf_files(tree)]
    assert len(names) > 50
    assert [name for name in names if not any(fnmatchcase(name, each) for each in named)] == []


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An empty system that dpkg can install into."""
    for folder in ("updates", "info"):
        (tmp_path / "var/lib/dpkg" / folder).mkdir(parents=True)
    (tmp_path / "var/lib/dpkg/status").touch()
    return tmp_path


def dpkg(root: Path, *arguments: str) -> None:
    output("dpkg", f"--root={root}", "--force-depends", "--log=/dev/null", *arguments)


def installed(root: Path) -> list[str]:
    found = (path.relative_to(root).as_posix() for path in root.rglob("*"))
    return sorted(name for name in found if not f"{name}/".startswith("var/"))


@needs_root
def test_package_when_installed_then_runs_and_when_removed_then_leaves_nothing(
    deb_package: Path, root: Path
) -> None:
    dpkg(root, "--install", str(deb_package))
    answer = linux_program.run(root / "usr/bin", *HEALTHY[1:])
    assert answer.returncode == 0, answer.stderr
    assert json.loads(answer.stdout)["verdict"]["status"] == "ok"
    dpkg(root, "--remove", deb.PACKAGE)
    assert installed(root) == []
    dpkg(root, "--install", str(deb_package))
    dpkg(root, "--purge", deb.PACKAGE)
    assert installed(root) == []


@needs_root
@needs_screen
@needs("xdotool")
def test_desktop_entry_when_its_command_is_run_then_the_window_opens(
    deb_package: Path, root: Path, display: str
) -> None:
    dpkg(root, "--install", str(deb_package))
    entry = (root / "usr/share/applications/m365-backup-wizard.desktop").read_text()
    command = re.search(r"^Exec=(\S+)$", entry, re.MULTILINE)
    assert command
    started = shutil.which(command.group(1), path=str(root / "usr/bin"))
    assert started
    environment = {**linux_program.LOCALE, "DISPLAY": display, "HOME": str(root)}
    with subprocess.Popen([started], env=environment) as program:
        try:
            # The class by which a desktop knows that the window belongs to the entry.
            named = re.search(r"^StartupWMClass=(\S+)$", entry, re.MULTILINE)
            assert named
            search = ["xdotool", "search", "--sync", "--onlyvisible", "--class", f"^{named[1]}$"]
            found = subprocess.run(
                search, env={**os.environ, "DISPLAY": display}, timeout=20, check=False
            )
            assert found.returncode == 0
        finally:
            program.terminate()


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The smallest system of this computer's own release, without any library of the window."""
    told = Path("/etc/os-release").read_text(encoding="utf-8")
    release = re.search(r"^VERSION_CODENAME=(\w+)$", told, re.MULTILINE)
    if not release:
        pytest.skip("this system names no release for debootstrap")
    root = tmp_path_factory.mktemp("bare") / "root"
    output("debootstrap", "--variant=minbase", release[1], str(root))
    (root / "etc/hosts").write_text("127.0.0.1 localhost\n")
    yield root
    shutil.rmtree(root)


def inside(root: Path, *command: str, display: str = "") -> subprocess.CompletedProcess[str]:
    """Run a command in a bare system, with this computer's screens and network."""
    places = [f"mount -t proc proc '{root}/proc'", f"mount --bind /dev '{root}/dev'"]
    if display:
        places += [f"mkdir -p '{root}{SCREENS}'", f"mount --bind {SCREENS} '{root}{SCREENS}'"]
    environment = {**linux_program.LOCALE, "PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root"}
    environment |= {"DEBIAN_FRONTEND": "noninteractive"}
    environment |= {"DISPLAY": display} if display else {}
    return subprocess.run(
        [*in_mounts(*places), "/usr/sbin/chroot", str(root), *command],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.full
@pytest.mark.timeout(400)
@needs_root
@needs_screen
@needs("debootstrap", "unshare")
def test_bare_system_when_used_then_text_works_and_the_advice_brings_the_window(
    deb_package: Path, bare: Path, display: str
) -> None:
    shutil.copy(deb_package, bare / "wizard.deb")
    assert inside(bare, "dpkg", "--install", "/wizard.deb").returncode == 0
    answer = inside(bare, *HEALTHY)
    assert answer.returncode == 0, answer.stderr
    assert json.loads(answer.stdout)["verdict"]["status"] == "ok"
    assert inside(bare, PROGRAM, "selftest").returncode == 0

    walked = inside(bare, PROGRAM, "--demo", "several", display=display)
    assert "cannot open shared object file" in walked.stderr
    assert "several" in walked.stdout

    install = re.search(r"apt-get install ([a-z0-9 .+-]+)", walked.stderr)
    assert install
    assert inside(bare, "apt-get", "update").returncode == 0
    options = ("install", "--yes", "--no-install-recommends")
    brought = inside(bare, "apt-get", *options, *install[1].split())
    assert brought.returncode == 0, brought.stderr
    opened = inside(bare, PROGRAM, "selftest", "--window", display=display)
    assert opened.returncode == 0, opened.stdout
    assert opened.stderr == ""

    removed = inside(bare, "dpkg", "--purge", deb.PACKAGE)
    assert removed.returncode == 0
    assert "not empty" not in removed.stderr
    assert not list((bare / "usr").rglob(f"*{deb.PACKAGE}*"))
