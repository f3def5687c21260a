# SPDX-License-Identifier: MIT
"""CHANGELOG.md as Debian's changelog."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from installer.errors import BuildError
from installer.linux import changelog

TEXT = """# Changelog

What this is.

## [Unreleased]

### Added

- The option `--so`, which is told in a sentence that is long enough to be wrapped onto the
  next line, and goes on here.
- Another.

## [0.2.0] - 2026-10-01

## [0.1.0] - 2026-09-30

### Fixed

- A first fault.
"""


def converted(text: str = TEXT) -> str:
    found = changelog.releases(text, "0.3.0", 1700000000)
    return changelog.debian("wizard", found, "Erika Beispiel <erika@example.org>")


def test_changelog_when_converted_then_reads_as_debians() -> None:
    assert (
        converted()
        == """wizard (0.3.0) unstable; urgency=medium

  [ Added ]
  * The option --so, which is told in a sentence that is long enough to be
    wrapped onto the next line, and goes on here.
  * Another.

 -- Erika Beispiel <erika@example.org>  Tue, 14 Nov 2023 22:13:20 +0000

wizard (0.1.0) unstable; urgency=medium

  [ Fixed ]
  * A first fault.

 -- Erika Beispiel <erika@example.org>  Wed, 30 Sep 2026 12:00:00 +0000
"""
    )


@pytest.mark.skipif(not shutil.which("dpkg-parsechangelog"), reason="dpkg-dev is missing")
def test_changelog_when_converted_then_debians_own_reader_takes_it(tmp_path: Path) -> None:
    (tmp_path / "changelog").write_text(converted())
    command = ["dpkg-parsechangelog", "--all", "-l", str(tmp_path / "changelog")]
    told = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "Version: 0.3.0" in told.stdout
    assert not told.stderr


def test_changelog_when_a_release_has_no_date_then_says_which() -> None:
    with pytest.raises(BuildError, match=r"\[0\.1\.0\]"):
        converted("## [0.1.0]\n\n- A change.\n")


@pytest.mark.parametrize("text", ["# Changelog\n\n## [Unreleased]\n", "# Changelog\n", ""])
def test_changelog_when_nothing_is_told_then_says_so(text: str) -> None:
    with pytest.raises(BuildError, match="tells of no change"):
        converted(text)


def test_changelog_when_it_is_the_projects_own_then_can_be_converted() -> None:
    text = (Path(__file__).parents[3] / "CHANGELOG.md").read_text(encoding="utf-8")
    assert changelog.releases(text, "9.9.9", 0)
