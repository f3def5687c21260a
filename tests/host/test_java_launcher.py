# SPDX-License-Identifier: MIT
"""Are Java's own words told from the program's, and from those that stand in files?"""

from __future__ import annotations

import pytest

from wizard.host import java_launcher


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("java -Da=1 Main -Db=2", "-Da=1"),
        ("java -Da=1 -jar x.jar -Db=2", "-Da=1"),
        ("java -jar -Da=1 x.jar -Db=2", "-Da=1"),
        ("java -cp x:y -Da=1 Main -Db=2", "-cp -Da=1"),
        ("java --module-path p -Da=1 -m app/Main -Db=2", "--module-path -Da=1"),
        ("java -Da=1 --module=app/Main -Db=2", "-Da=1"),
        ("java --add-modules java.sql -Da=1", "--add-modules -Da=1"),
        ("java -Da=1 @more -Db=2 Main @own", "-Da=1 @more -Db=2"),
        ("java -cp @path -Da=1 Main", "-cp @path -Da=1"),
        ("java -XX:VMOptionsFile=f -Da=1 Main", "-XX:VMOptionsFile=f -Da=1"),
        ("java Main @own", ""),
        ("java @ -Da=1", ""),
        ("-Dname=odd -Da=1", "-Da=1"),
        ("", ""),
    ],
)
def test_options_when_the_program_is_named_then_nothing_behind_it(
    command: str, expected: str
) -> None:
    words = [word for word, _ in java_launcher.options(command.split())]
    assert [word for word in words if word != "-jar"] == expected.split()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ()),
        ("  -Da=1\t-Db=2 ", ("-Da=1", "-Db=2")),
        ("-Da='b c'\"d e\"f '' x", ("-Da=b cd ef", "", "x")),
        ('-Da=C:\\x\\ "', None),
        ("-Da=O'Brien", None),
    ],
)
def test_split_variable_when_quoted_then_as_java_reads_it(
    text: str, words: tuple[str, ...] | None
) -> None:
    assert java_launcher.split_variable(text) == words


def test_load_when_read_then_every_source_is_named_and_used() -> None:
    known = java_launcher.load()
    words = known.options_with_value, known.module_options, known.ending_options, known.file_options
    named = [group.source for group in words] + [variable.source for variable in known.variables]
    assert set(named) == set(known.sources)
    assert [variable.name for variable in known.variables] == [
        "JAVA_TOOL_OPTIONS",
        "JDK_JAVA_OPTIONS",
        "_JAVA_OPTIONS",
    ]
