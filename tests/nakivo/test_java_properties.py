# SPDX-License-Identifier: MIT
"""Is the value in use told as a real JVM has it, and left open where only a file could tell?"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from wizard.host.base import JavaOptions
from wizard.nakivo import java_properties

NAME = "tempPath"
MAIN = """
public class Shown {
    public static void main(String[] arguments) {
        System.out.print(System.getProperty("tempPath"));
    }
}
"""

# A command line behind `java -cp FOLDER`, the variables, and the value in use; None: none is set.
CERTAIN = [
    ("-DtempPath=/a Shown", {}, "/a"),
    ("Shown -DtempPath=/a", {}, None),
    ("-jar shown.jar -DtempPath=/a", {}, None),
    ("-jar -DtempPath=/a shown.jar", {}, "/a"),
    ("-DtempPath Shown", {}, ""),
    ("-DtempPath= Shown", {}, ""),
    ("-DtempPath=/a -DtempPath=/b Shown -DtempPath=/c", {}, "/b"),
    ("--add-modules java.base -DtempPath=/a Shown", {}, "/a"),
    ("-DtempPathOld=/a -Dtemppath=/b Shown", {}, None),
    ("Shown", {"JAVA_TOOL_OPTIONS": "-DtempPath=/v"}, "/v"),
    ("Shown", {"JAVA_TOOL_OPTIONS": "-Da=1"}, None),
    ("-DtempPath=/a Shown", {"JAVA_TOOL_OPTIONS": "-DtempPath=/v"}, "/a"),
    ("-DtempPath=/a Shown", {"JDK_JAVA_OPTIONS": "-DtempPath=/v"}, "/a"),
    ("-DtempPath=/a Shown", {"_JAVA_OPTIONS": "'-DtempPath=/v w'"}, "/v w"),
    ("Shown", {"_JAVA_OPTIONS": "-DtempPath=/v", "JAVA_TOOL_OPTIONS": "-DtempPath=/w"}, "/v"),
    ("-XX:VMOptionsFile=args.txt -DtempPath=/a Shown", {}, "/a"),
    ("-DtempPath=/a Shown", {"JAVA_TOOL_OPTIONS": "-XX:VMOptionsFile=args.txt"}, "/a"),
    ("-DtempPath=/a Shown", {"JDK_JAVA_OPTIONS": "@args.txt"}, "/a"),
]
# Here args.txt says -DtempPath=/file, or the variable says so to some Javas only.
OPEN = [
    ("@args.txt Shown", {}, "@args.txt"),
    ("-DtempPath=/a @args.txt Shown", {}, "@args.txt"),
    ("@args.txt -DtempPath=/a Shown", {}, "@args.txt"),
    ("-jar @args.txt shown.jar", {}, "@args.txt"),
    ("-DtempPath=/a -XX:VMOptionsFile=args.txt Shown", {}, "-XX:VMOptionsFile=args.txt"),
    ("Shown", {"JDK_JAVA_OPTIONS": "-DtempPath=/v"}, "JDK_JAVA_OPTIONS"),
    ("Shown", {"JDK_JAVA_OPTIONS": "@args.txt"}, "@args.txt"),
    ("Shown", {"JDK_JAVA_OPTIONS": "-Da='"}, "JDK_JAVA_OPTIONS"),
    ("-DtempPath=/a Shown", {"_JAVA_OPTIONS": "-XX:VMOptionsFile=f"}, "-XX:VMOptionsFile=f"),
]


def counting(line: str, variables: dict[str, str]) -> java_properties.Told:
    given = [JavaOptions(*pair) for pair in variables.items()]
    command = ["java", "-cp", "x", *line.split()]
    return java_properties.in_use(java_properties.told(command, given, NAME))


@pytest.mark.parametrize(("line", "variables", "value"), CERTAIN)
def test_in_use_when_it_can_be_told_then_the_last_that_java_reads(
    line: str, variables: dict[str, str], value: str | None
) -> None:
    found = counting(line, variables)
    assert (found.values[-1] if found.values else None) == value
    assert found.unseen == ()


@pytest.mark.parametrize(("line", "variables", "unseen"), OPEN)
def test_in_use_when_a_file_or_an_old_java_decides_then_it_is_left_open(
    line: str, variables: dict[str, str], unseen: str
) -> None:
    assert unseen in counting(line, variables).unseen


def test_in_use_when_variables_were_not_read_then_the_arguments_tell() -> None:
    told = java_properties.told(["java", "-DtempPath=/a", "Main"], None, NAME)
    assert java_properties.in_use(told).values == ("/a",)


def test_told_when_two_places_say_something_then_each_with_its_name() -> None:
    variables = [JavaOptions("_JAVA_OPTIONS", "-DtempPath=/v")]
    told = java_properties.told(["java", "-DtempPath=/a", "Main"], variables, NAME)
    assert [(place.variable, place.values) for place in told] == [
        (None, ("/a",)),
        ("_JAVA_OPTIONS", ("/v",)),
    ]


@pytest.fixture(scope="session")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    compiler, archiver = shutil.which("javac"), shutil.which("jar")
    if compiler is None or archiver is None or shutil.which("java") is None:
        pytest.skip("no JDK (java, javac and jar) on the PATH")
    folder = tmp_path_factory.mktemp("shown")
    (folder / "Shown.java").write_text(MAIN, encoding="ascii")
    (folder / "args.txt").write_text("-DtempPath=/file\n", encoding="ascii")
    subprocess.run([compiler, "Shown.java"], cwd=folder, check=True)
    made = [archiver, "--create", "--file", "shown.jar", "--main-class", "Shown", "Shown.class"]
    subprocess.run(made, cwd=folder, check=True)
    return folder


@pytest.mark.parametrize(("line", "variables", "value"), CERTAIN)
def test_a_real_jvm_has_the_value_that_is_told(
    program: Path, line: str, variables: dict[str, str], value: str | None
) -> None:
    clean = {name: told for name, told in os.environ.items() if "JAVA" not in name}
    command = ["java", "-XX:TieredStopAtLevel=1", "-cp", str(program), *line.split()]
    ran = subprocess.run(
        command, cwd=program, env={**clean, **variables}, capture_output=True, check=True
    )
    assert ran.stdout.decode() == ("null" if value is None else value)
