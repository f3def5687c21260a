# SPDX-License-Identifier: MIT
"""How fast is it, as ratios measured side by side in one run? python3 installer/dev.py bench.

Not a test: machines differ and are noisy. Each pair runs in turns, A B A B …, and the median of
the ratios is what may be quoted. With --folder it measures the start of a built program instead.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

from installer import contents
from installer.errors import BuildError
from installer.places import BUILD, ROOT

RUNS = 9
WINDOW = ("selftest", "--window")  # opens the window as ever and ends once it is drawn
SAMPLE = ("--demo", "several")
HEALTHY = ("--demo", "healthy")

EDITOR = """
import time, random
from wizard import product
from wizard.fixes import plan
facts = product.load()
words = ["-Xmx2g", "-Da=b", "-DtempPath=D:/old", '"-Dc=d e"', "-Dx", "--add-opens=a/b=ALL"]
texts = [" ".join(random.choices(words, k=6)) for _ in range(2_000)]
began = time.perf_counter()
for text in texts:
    plan.make(text, "D:/Dtmp", facts)
rate = 2_000 / (time.perf_counter() - began)
print(f"argument editor: {rate:,.0f} whole plans per second")
"""

Command = tuple[str, ...]


def seconds(command: Command) -> float:
    """Wall time of a whole process."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    if sys.platform == "linux":
        environment["QT_QPA_PLATFORM"] = "offscreen"
    began = time.perf_counter()
    subprocess.run(
        command,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    return time.perf_counter() - began


def compare(name: str, ours: Command, other: Command) -> None:
    """Run both in turns and print medians and the median ratio."""
    for command in (ours, other):
        seconds(command)  # warm the disk's cache
    pairs = [(seconds(ours), seconds(other)) for _ in range(RUNS)]
    mine, theirs = (statistics.median(side) for side in zip(*pairs, strict=True))
    ratio = statistics.median(a / b for a, b in pairs)
    print(f"{name}: {mine:.2f} s : {theirs:.2f} s, ratio {ratio:.1f}", flush=True)


def measure_source() -> None:
    """The program as it runs from a clone."""
    python = (sys.executable, "-P")
    wizard, bare = (*python, "-m", "wizard"), (*python, str(ROOT / "installer" / "bare_window.py"))
    compare("first painted window : bare window", (*wizard, *WINDOW), bare)
    compare("the same with a sample server : bare window", (*wizard, *WINDOW, *SAMPLE), bare)
    empty = (*python, "-c", "pass")
    compare("check --help : an empty Python", (*wizard, "check", "--help"), empty)
    compare("whole check of a sample : an empty Python", (*wizard, "check", *HEALTHY), empty)
    subprocess.run([*python, "-c", EDITOR], env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True)


def measure_built(folder: Path) -> None:
    """A built program against a bare window built in the same way."""
    windows = sys.platform == "win32"
    name = f"{contents.WINDOW_PROGRAM}.exe" if windows else contents.CONSOLE_PROGRAM
    ours, bare = str(folder / name), (str(built_bare_window()),)
    compare("built: first painted window : bare window", (ours, *WINDOW), bare)
    compare("built: the same with a sample server : bare window", (ours, *WINDOW, *SAMPLE), bare)
    if not windows:
        compare("built: check --help : from source", (ours, "check", "--help"), _help_from_source())


def _help_from_source() -> Command:
    return (sys.executable, "-P", "-m", "wizard", "check", "--help")


def built_bare_window() -> Path:
    """The bare window's program, built anew: its recipe may have changed."""
    made, spec = BUILD / "bare", ROOT / "installer" / "bare.spec"
    places = ["--distpath", str(made), "--workpath", str(BUILD / "work-bare")]
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", *places, str(spec)]
    result = subprocess.run(command, check=False, capture_output=True, text=True)
    if result.returncode:
        raise BuildError(f"The bare window was not built: {result.stderr.strip().splitlines()[-1]}")
    return made / "bare" / ("bare.exe" if sys.platform == "win32" else "bare")


def main() -> None:
    """All benchmarks, or those of a built folder."""
    parser = argparse.ArgumentParser(prog="dev.py bench", description=__doc__)
    parser.add_argument("--folder", type=Path, help="a built folder, as dist/linux/…")
    folder = parser.parse_args().folder
    if folder is None:
        measure_source()
    else:
        measure_built(folder.resolve())


if __name__ == "__main__":
    main()
