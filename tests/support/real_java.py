# SPDX-License-Identifier: MIT
"""A real Java, where there is one, as the judge of what we say that Java does with its proxies."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

_SOURCE = """
import java.io.*;
import java.net.*;
import java.util.*;

public class Judge {
    public static void main(String[] words) throws Exception {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] parts = line.split("\\t", -1);
            Properties before = (Properties) System.getProperties().clone();
            for (int i = 1; i + 1 < parts.length; i += 2)
                System.setProperty(parts[i], parts[i + 1]);
            System.out.println(ProxySelector.getDefault().select(new URI(parts[0])).get(0));
            System.setProperties(before);
        }
    }
}
"""


class Judge:
    """A running Java that is asked which proxy it would use."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def proxy(self, url: str, properties: Mapping[str, str]) -> str:
        """As Java writes it: DIRECT, or HTTP @ host:port."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        words = [url, *(word for pair in properties.items() for word in pair)]
        self._process.stdin.write("\t".join(words) + "\n")
        self._process.stdin.flush()
        return self._process.stdout.readline().strip().replace("/<unresolved>", "")


@contextmanager
def judge(folder: Path) -> Iterator[Judge]:
    """Start it; a test without a JDK is skipped."""
    java = shutil.which("java")
    if java is None or not shutil.which("javac"):
        pytest.skip("there is no JDK here")
    source = folder / "Judge.java"
    source.write_text(_SOURCE)
    with subprocess.Popen(
        [java, str(source)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield Judge(process)
        assert process.stdin is not None
        process.stdin.close()
