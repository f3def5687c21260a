# SPDX-License-Identifier: MIT
"""A real Java as the judge of which proxy it uses, and of which sign-in at one it takes part in."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.support.real_proxies import LOOPBACK, PASSWORD, USER, RealProxy

_CHOOSES = """
import java.io.*;
import java.net.*;
import java.util.*;

public class Chooses {
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
_SIGNS_IN = f"""
import java.net.*;

public class SignsIn {{
    public static void main(String[] words) throws Exception {{
        Authenticator.setDefault(new Authenticator() {{
            protected PasswordAuthentication getPasswordAuthentication() {{
                return new PasswordAuthentication("{USER}", "{PASSWORD}".toCharArray());
            }}
        }});
        HttpURLConnection asked = (HttpURLConnection) new URL(words[0]).openConnection();
        asked.setReadTimeout(9000);
        try {{
            System.out.println(asked.getResponseCode());
        }} catch (javax.net.ssl.SSLException behind) {{
            System.out.println("passed");
        }}
    }}
}}
"""


class Chooser:
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
def chooser(folder: Path) -> Iterator[Chooser]:
    """Start one."""
    source = folder / "Chooses.java"
    source.write_text(_CHOOSES)
    with subprocess.Popen(
        ["java", str(source)],  # noqa: S607 - whichever Java there is
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        yield Chooser(process)
        assert process.stdin is not None
        process.stdin.close()


def signs_in(folder: Path, proxy: RealProxy, port: int, *options: str) -> str:
    """What comes of asking for a connection to a port, with the right password at hand.

    `passed`, or the status that the proxy said last. Behind the port nobody speaks TLS.
    """
    by = ("-Dhttps.proxyHost=" + LOOPBACK, f"-Dhttps.proxyPort={proxy.port}")
    return _asked(folder, port, *by, *options)


def fails_by(folder: Path, proxy_host: str) -> str:
    """What Java says where it is given this as its proxy's host."""
    return _asked(folder, 1, f"-Dhttps.proxyHost={proxy_host}")


def _asked(folder: Path, port: int, *options: str) -> str:
    source = folder / "SignsIn.java"
    source.write_text(_SIGNS_IN)
    words = ["java", "-Dhttp.nonProxyHosts=", *options, str(source)]
    ran = subprocess.run(
        [*words, f"https://{LOOPBACK}:{port}/"], capture_output=True, text=True, check=False
    )
    return ran.stdout.strip() or ran.stderr
