# SPDX-License-Identifier: MIT
"""How fast are logs read, beside what only searches them? python3 installer/dev.py bench-logs.

Not a test: machines differ and are noisy. On the same 300 MB, in turns, it measures the evidence as
`wizard logs` makes it, the search for literals alone, GNU grep and ripgrep with the same literals,
and reading the files alone.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from installer.places import BUILD, ROOT

MB = 1_000_000
FILES, FILE_MB, PART_MB = 3, 100, 10
RUNS = 5
# One line of so many holds a literal; in a job that asks Microsoft Graph for each item it is more.
SETS = {"quiet": 2000, "busy": 100}
PLAIN = (
    "INFO  [pool-{a}-thread-{b}] transporter.BackupTask - Item {id} of mailbox user{c}@contoso.com "
    "processed: {d} bytes in {c} ms",
    "DEBUG [pool-{a}-thread-{b}] storage.BlockWriter - Block {d} written to repository {a}, "
    "compressed {c} of 4096 KB",
    "DEBUG [pool-{a}-thread-{b}] net.Session - keep-alive {id}: queue {b}, in flight {a}",
)
GRAPH = "[pool-{a}] graph.Client - GET https://graph.microsoft.com/v1.0/users/{id}/messages "
TELLING = (
    *[f"DEBUG {GRAPH}200 OK"] * 8,
    f"WARN  {GRAPH}HTTP/1.1 429 Too Many Requests",
    "ERROR [pool-{a}] net.Session - java.net.SocketTimeoutException: Read timed out\n"
    "\tat java.base/java.net.SocketInputStream.read(SocketInputStream.java:168)",
)
# Prints wall and processor seconds of the reading itself, and the most memory it took.
OURS = """
import json, resource, sys, threading, time
from wizard import product
from wizard.nakivo import logs
facts, began, used = product.load(), time.perf_counter(), time.process_time()
logs.scan((sys.argv[1],), facts, threading.Event())
wall, cpu = time.perf_counter() - began, time.process_time() - used
kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps([wall, cpu, kib / 1024]))
"""
SEARCH = """
import json, sys, time
from pathlib import Path
from wizard import product
from wizard.nakivo import log_signatures
from wizard.nakivo.log_blocks import Blocks
from wizard.nakivo.log_search import Search
search = Search(log_signatures.load(product.load()).literals)
began, used = time.perf_counter(), time.process_time()
for path in sorted(Path(sys.argv[1]).iterdir()):
    with path.open("rb", buffering=0) as file:
        for block in Blocks(search, 16384).of(file):
            pass
print(json.dumps([time.perf_counter() - began, time.process_time() - used, 0]))
"""
READ = """
import json, sys, time
from pathlib import Path
began, used = time.perf_counter(), time.process_time()
for path in sorted(Path(sys.argv[1]).iterdir()):
    with path.open("rb", buffering=0) as file:
        while file.read(1 << 20):
            pass
print(json.dumps([time.perf_counter() - began, time.process_time() - used, 0]))
"""


@dataclass(frozen=True)
class Taken:
    """What one run took."""

    wall: float
    cpu: float
    mebibytes: float = 0.0


@dataclass(frozen=True)
class Way:
    """One way through the logs; `one_core` keeps it on a single processor."""

    name: str
    command: tuple[str, ...]
    reports: bool = False  # whether it prints what it took, so that its start doesn't count
    one_core: bool = True

    def run(self) -> Taken:
        """Run it once."""
        began, before = time.perf_counter(), os.times()
        command = (["taskset", "-c", "0"] if self.one_core else []) + list(self.command)
        result = subprocess.run(
            command,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
        )
        if self.reports:
            return Taken(*json.loads(result.stdout))
        after = os.times()
        cpu = after.children_user + after.children_system
        used = cpu - before.children_user - before.children_system
        return Taken(time.perf_counter() - began, used)


def ways(folder: Path, literals: Path) -> list[Way]:
    """All of which the tools are there."""
    python = (sys.executable, "-P", "-c")
    files = [str(path) for path in sorted(folder.iterdir())]
    found = [
        Way("reading alone", (*python, READ, str(folder)), reports=True),
        Way("our search alone", (*python, SEARCH, str(folder)), reports=True),
        Way("ours, one core", (*python, OURS, str(folder)), reports=True),
        Way("ours, all cores", (*python, OURS, str(folder)), reports=True, one_core=False),
        Way("grep -F -f", ("grep", "-c", "-F", "-f", str(literals), *files)),
        Way("rg -j1 -F -f", ("rg", "-j1", "-c", "-F", "-f", str(literals), *files)),
    ]
    return [way for way in found if shutil.which(way.command[0])]


def make_logs(folder: Path, one_in: int) -> None:
    """Logs of several days; the lines of each part differ, its days are the same lines moved on."""
    folder.mkdir()
    rng = random.Random(one_in)  # noqa: S311 - the same logs in each run
    part = "".join(_lines(rng, one_in, PART_MB * MB))
    for number in range(FILES):
        with (folder / f"transporter.{number}.log").open("w") as file:
            for day in range(FILE_MB // PART_MB):
                file.write(part.replace("2026-11-01", f"2026-{9 + number:02}-{day + 1:02}"))


def _lines(rng: random.Random, one_in: int, size: int) -> list[str]:
    made: list[str] = []
    number = written = 0
    while written < size:
        number += 1
        words = {name: rng.randrange(10**n) for name, n in zip("abcd", (1, 2, 3, 9), strict=True)}
        form = rng.choice(TELLING if number % one_in == 0 else PLAIN)
        clock = f"{number // 36000 % 24:02}:{number // 600 % 60:02}:{number // 10 % 60:02}"
        text = form.format(**words, id=f"{rng.getrandbits(128):032x}")
        made.append(f"2026-11-01 {clock},{number % 1000:03} {text}\n")
        written += len(made[-1])
    return made


def measure(name: str, folder: Path, literals: Path) -> None:
    """Every way in turns, once to warm up, and a line for each."""
    size = sum(path.stat().st_size for path in folder.iterdir()) / MB
    everything = ways(folder, literals)
    for way in everything:
        way.run()
    rounds = [[way.run() for way in everything] for _ in range(RUNS)]
    best = statistics.median(taken.wall for taken in (row[-1] for row in rounds))
    last = everything[-1].name
    print(f"{name} logs, {size:.0f} MB; medians of {RUNS} runs; ratio of speed to {last}")
    for way, runs in zip(everything, zip(*rounds, strict=True), strict=True):
        wall = statistics.median(taken.wall for taken in runs)
        cpu = statistics.median(taken.cpu for taken in runs)
        most = max(taken.mebibytes for taken in runs)
        memory = f", at most {most:.0f} MiB of memory" if most else ""
        told = f"{size / wall:7.0f} MB/s {cpu:6.2f} s processor, ratio {best / wall:.2f}{memory}"
        print(f"  {way.name:18} {wall:5.2f} s {told}", flush=True)


def main() -> None:
    """Make the logs, measure, and leave nothing behind."""
    from wizard import product  # noqa: PLC0415 - after PYTHONPATH is known to be the project
    from wizard.nakivo import log_signatures  # noqa: PLC0415

    BUILD.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=BUILD) as scratch:
        literals = Path(scratch) / "literals"
        literals.write_bytes(b"\n".join(log_signatures.load(product.load()).literals) + b"\n")
        for name, one_in in SETS.items():
            make_logs(Path(scratch) / name, one_in)
            measure(name, Path(scratch) / name, literals)
            shutil.rmtree(Path(scratch) / name)


if __name__ == "__main__":
    main()
