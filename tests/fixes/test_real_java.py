# SPDX-License-Identifier: MIT
"""The carriers compared with what a real JVM got; left out where there is no JDK."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.fixes.strings import NAME
from wizard.fixes import plan
from wizard.fixes.carriers import Carrier, split
from wizard.fixes.readings import hand_over
from wizard.product import Product

PROBE = """
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;

public class Probe {
    public static void main(String[] names) throws Exception {
        StringBuilder seen = new StringBuilder();
        if (names.length == 0) {
            for (String word : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
                seen.append(word).append('\\0');
            }
        }
        for (String name : names) {
            seen.append(System.getProperty(name, "no such property")).append('\\0');
        }
        System.out.write(seen.toString().getBytes(StandardCharsets.UTF_8));
        System.out.flush();
    }
}
"""
# Windows' command line can't be tried here.
CARRIERS = [carrier for carrier in Carrier if carrier is not Carrier.WINDOWS_COMMAND_LINE]
# The values that show most of the differences, after -DtempPath=.
VALUES = [
    r"D:\Dtmp",
    "D:/Dtmp",
    r'"D:\My Tmp"',
    '"D:\\My Tmp\\"',
    r'"D:\My Tmp\\"',
    r"'D:\My Tmp'",
    r"D:\My Tmp",
    r'"D:\My Tmp',
    r"D:\Dtmp#1",
    r'"D:\new\tmp\fast\readme"',
    "a -DtempPath=b",
    "",
]


class Java:
    """Starts a real JVM with a string handed over by a carrier."""

    def __init__(self, java: str, folder: Path) -> None:
        self.java = java
        self.folder = folder

    def words(self, carrier: Carrier, texts: Sequence[str]) -> list[list[str]] | None:
        """The -D arguments of each string, all in one start; None when it didn't start."""
        ran = self._start(carrier, texts, [])
        return self._seen(ran) if ran.returncode == 0 else None

    def properties(
        self, carrier: Carrier, texts: Sequence[str], variable: str = "JDK_JAVA_OPTIONS"
    ) -> list[str | None]:
        """What System.getProperty says of the property numbered as its string."""
        names = [numbered(number) for number in range(len(texts))]
        ran = self._start(carrier, texts, names, variable)
        assert ran.returncode == 0, ran.stderr.decode()
        told = ran.stdout.decode().split("\0")[:-1]
        return [None if value == "no such property" else value for value in told]

    def _start(
        self,
        carrier: Carrier,
        texts: Sequence[str],
        names: Sequence[str],
        variable: str = "JDK_JAVA_OPTIONS",
    ) -> subprocess.CompletedProcess[bytes]:
        clean = {k: v for k, v in os.environ.items() if "JAVA" not in k}
        marks = [f"-Dmark={number}" for number in range(len(texts))]
        main = ["Probe", *names]
        command = [self.java, "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-cp", str(self.folder)]
        if carrier is Carrier.JAVA_OPTIONS_VARIABLE:
            joined = " ".join(f"{text} {mark}" for text, mark in zip(texts, marks, strict=True))
            return self._run([*command, *main], {**clean, variable: joined})
        if carrier is Carrier.ARGUMENT_FILE:
            files = [self._file(number, text) for number, text in enumerate(texts)]
            pairs = [word for pair in zip(files, marks, strict=True) for word in pair]
            return self._run([*command, *pairs, *main], clean)
        if carrier is Carrier.POSIX_SHELL:
            pairs = [word for pair in zip(texts, marks, strict=True) for word in pair]
            line = " ".join([*command, *pairs, *main])
            return self._run(["/bin/sh", "-c", line], clean)
        words = [
            word for text, mark in zip(texts, marks, strict=True) for word in (*text.split(), mark)
        ]
        return self._run([*command, *words, *main], clean)

    def _file(self, number: int, text: str) -> str:
        path = self.folder / f"{number}.args"
        path.write_text(text + "\n", encoding="ascii")
        return f"@{path}"

    @staticmethod
    def _run(
        command: Sequence[str], environment: dict[str, str]
    ) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(command, env=environment, capture_output=True, check=False)

    @staticmethod
    def _seen(ran: subprocess.CompletedProcess[bytes]) -> list[list[str]]:
        seen: list[list[str]] = [[]]
        for word in ran.stdout.decode().split("\0"):
            if word.startswith("-Dmark="):
                seen.append([])
            elif word.startswith("-D"):
                seen[-1].append(word)
        return seen[:-1]


def numbered(number: int) -> str:
    """A property of its own for each string, so that one start tells of all of them."""
    return f"{NAME}{number}"


@pytest.fixture(scope="session")
def java(tmp_path_factory: pytest.TempPathFactory) -> Java:
    compiler, launcher = shutil.which("javac"), shutil.which("java")
    if compiler is None or launcher is None:
        pytest.skip("no JDK (java and javac) on the PATH")
    folder = tmp_path_factory.mktemp("java")
    (folder / "Probe.java").write_text(PROBE, encoding="ascii")
    subprocess.run([compiler, "-d", folder, folder / "Probe.java"], check=True)
    return Java(launcher, folder)


def generated(carrier: Carrier, count: int, seed: int) -> list[str]:
    """Strings that the carrier would start a JVM with, by our reading."""
    dice = random.Random(seed)  # noqa: S311 - the same strings every time
    pieces = ["a", "D:", "\\", "/", '"', "'", "#", " ", "\t", "n", "t", "=", "-D", "\\\\", '\\"']
    texts: list[str] = []
    while len(texts) < count:
        words = [
            f"-D{dice.choice('kmx')}=" + "".join(dice.choices(pieces, k=dice.randrange(7)))
            for _ in range(dice.randrange(1, 4))
        ]
        gap = "" if carrier is Carrier.BLANK_SPLIT else " "
        temp_path = f'-D{NAME}="D:\\a{gap}b"'
        words.insert(dice.randrange(len(words) + 1), temp_path)
        text = " ".join(words)
        read = split(carrier, text)
        is_acted_upon = carrier is Carrier.POSIX_SHELL and read.problem is not None
        starts = all(word.startswith("-D") for word in read.arguments or ("",))
        if starts and not is_acted_upon:
            texts.append(text)
    return texts


def compare(java: Java, carrier: Carrier, count: int, seed: int) -> None:
    texts = generated(carrier, count, seed)
    expected = [list(split(carrier, text).arguments or ()) for text in texts]
    seen = java.words(carrier, texts)
    assert seen is not None
    assert dict(zip(texts, seen, strict=True)) == dict(zip(texts, expected, strict=True))


@pytest.mark.parametrize("carrier", CARRIERS)
def test_a_real_jvm_gets_the_arguments_that_split_says(java: Java, carrier: Carrier) -> None:
    compare(java, carrier, count=100, seed=1)


@pytest.mark.full
@pytest.mark.parametrize("seed", range(2, 42))
@pytest.mark.parametrize("carrier", CARRIERS)
def test_a_real_jvm_gets_the_arguments_that_split_says_many(
    java: Java, carrier: Carrier, seed: int
) -> None:
    compare(java, carrier, count=400, seed=seed)


STRINGS = 250


@pytest.mark.parametrize(
    ("carrier", "variable"),
    [
        *((carrier, "JDK_JAVA_OPTIONS") for carrier in CARRIERS),
        (Carrier.JAVA_OPTIONS_VARIABLE, "JAVA_TOOL_OPTIONS"),
        (Carrier.JAVA_OPTIONS_VARIABLE, "_JAVA_OPTIONS"),
    ],
)
def test_get_property_of_a_real_jvm_says_the_reading_before_and_the_wanted_folder_after(
    java: Java, product: Product, carrier: Carrier, variable: str
) -> None:
    given = [
        text.replace(r'"D:\a', rf'"D:\a{number}')
        for number, text in enumerate(generated(carrier, STRINGS, seed=7))
    ]
    before = [own(number, text) for number, text in enumerate(given)]
    read = [hand_over(carrier, text, numbered(n)).value for n, text in enumerate(before)]
    assert java.properties(carrier, before, variable) == read
    assert len({*read}) >= 200
    planned = [plan.make(text, f"/data/tmp{n}", product) for n, text in enumerate(given)]
    after = [
        own(number, made.current if made.refused else made.proposed)
        for number, made in enumerate(planned)
    ]
    got = java.properties(carrier, after, variable)
    wanted = [
        read[number] if made.refused else made.temp_path for number, made in enumerate(planned)
    ]
    assert got == wanted
    assert sum(made.refused is None for made in planned) > 50


def own(number: int, text: str) -> str:
    """The string with the property numbered as it is."""
    return text.replace(f"-D{NAME}=", f"-D{numbered(number)}=")


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize("carrier", CARRIERS)
def test_a_real_jvm_gets_the_value_that_the_reading_says_or_does_not_start(
    java: Java, carrier: Carrier, value: str
) -> None:
    text = f"-Dk=1 -D{NAME}={value}"
    seen = java.words(carrier, [text])
    got = [word.partition("=")[2] for word in (seen or [[]])[0] if word.startswith(f"-D{NAME}")]
    assert (got[-1] if got else None) == hand_over(carrier, text, NAME).value


@pytest.mark.parametrize(
    ("carrier", "text"),
    [
        (Carrier.JAVA_OPTIONS_VARIABLE, "-version"),
        (Carrier.JAVA_OPTIONS_VARIABLE, "-Da 'b"),
        (Carrier.JAVA_OPTIONS_VARIABLE, "-Da @missing"),
        (Carrier.ARGUMENT_FILE, "-Da b"),
        (Carrier.ARGUMENT_FILE, "-Da @missing"),
        (Carrier.BLANK_SPLIT, "-Da @missing"),
        (Carrier.BLANK_SPLIT, '-Da="b c"'),
        (Carrier.POSIX_SHELL, "-Da b"),
        (Carrier.POSIX_SHELL, "-Da '"),
    ],
)
def test_a_real_jvm_does_not_start_when_the_reading_says_so(
    java: Java, carrier: Carrier, text: str
) -> None:
    assert hand_over(carrier, text, NAME).problem is not None
    assert java.words(carrier, [text]) is None


@pytest.mark.parametrize("carrier", CARRIERS)
def test_a_real_jvm_starts_with_options_that_take_the_next_word(
    java: Java, carrier: Carrier
) -> None:
    text = f"--add-opens java.base/java.lang=ALL-UNNAMED -D{NAME}=/x --add-modules java.sql"
    assert hand_over(carrier, text, NAME).value == "/x"
    assert java.words(carrier, [text]) == [[f"-D{NAME}=/x"]]
