# SPDX-License-Identifier: MIT
"""Secrets, tokens and passwords are planted, and looked for in all that a run leaves behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.support.certificates import pair
from tests.support.entra import CLIENT, TENANT, Entra, entra, error
from tests.support.microsoft365 import running
from wizard.demo.behaviour import Challenge
from wizard.demo.loopback import Request, Response
from wizard.demo.microsoft365 import Behaviour, TokenAnswer
from wizard.graph import echoes

WIZARD = (sys.executable, "-P", "-m", "wizard")
SECRET, PASSWORD = "PLANTED+s3cret/~ =&x", "PLANTED-pass word"
CAUSES = ("--cause", "permissions", "--cause", "graph-forbidden")
# The beginning of any JSON that is base64 coded, as tokens and assertions are; then the sample's.
MARKS = ("PLANTED", "eyJ", "opaque-sample", "PRIVATE KEY")


def run(folder: Path, cloud: str, ca_file: str, *arguments: str, **variables: str) -> str:
    """All that a run says, and all that stands in the files it wrote below the folder."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("AZURE_", "SSL_CERT"))}
    places = ("--cloud", cloud, "--ca-file", ca_file, "--tenant-id", TENANT, "--client-id", CLIENT)
    home = folder / "home"
    home.mkdir(exist_ok=True)
    result = subprocess.run(
        [*WIZARD, *arguments, *places, *CAUSES],
        env={**clean, "HOME": str(home), "XDG_DATA_HOME": str(home), **variables},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
    )
    assert "This program itself failed" not in result.stderr
    return result.stdout + result.stderr + "".join(_written(home))


def _written(folder: Path) -> Iterable[str]:
    for path in folder.rglob("*"):
        if path.is_file():
            yield path.read_text(encoding="utf-8", errors="replace")


def exported(folder: Path, cloud: str, ca_file: str, **variables: str) -> str:
    """What a run with a package says, with every entry of the package."""
    package = folder / "found.zip"
    said = run(folder, cloud, ca_file, "export", "--output", str(package), **variables)
    assert package.exists(), said
    with zipfile.ZipFile(package) as entries:
        texts = [entries.read(name).decode() for name in entries.namelist()]
    assert any("sign_in" in text for text in texts)
    return said + "".join(texts)


def seen_of(text: str, *more: str) -> list[str]:
    """What of the planted is in a text, with what stands before it."""
    found = [text.find(mark) for mark in (*MARKS, *more)]
    return [text[max(0, at - 60) : at + 100] for at in found if at >= 0]


@pytest.mark.parametrize(
    "behaviour",
    [
        Behaviour(),
        Behaviour(token_error=999999),
        Behaviour(token_answer=TokenAnswer.UNREADABLE),
        Behaviour(challenge=Challenge.BLOCKED),
    ],
    ids=["granted", "refused", "unreadable", "challenged"],
)
def test_export_when_signed_in_then_secret_and_token_are_nowhere(
    tmp_path: Path, behaviour: Behaviour
) -> None:
    with running(behaviour, tmp_path) as m365:
        made = m365.stand_in
        text = exported(tmp_path, made.cloud_file, made.ca_file, AZURE_CLIENT_SECRET=made.secret)
    assert seen_of(text, made.secret) == []


def echo(server: Entra) -> None:
    """Let the host send all back that was sent to it, in every field that is shown."""

    def refused(request: Request) -> Response:
        sent = f"{request.headers.get('authorization', '')} {request.body.decode()}"
        body = {"error": {"code": "Blocked", "message": f"blocked: Authorization: {sent}"}}
        return Response(403, json.dumps(body), headers={"request-id": "r"})

    def token(form: dict[str, str]) -> Response:
        sent = f"{server.asked[-1].body.decode()} and {form.get('client_secret', '')}"
        told = json.loads(error(999999, f"invalid {sent}", sent).body)
        told |= {"trace_id": sent, "correlation_id": sent, "timestamp": sent}
        return Response(400, json.dumps(told))

    server.token, server.graph = token, refused


@pytest.mark.parametrize("format_name", ["text", "json", "junit"])
def test_check_when_all_that_is_sent_comes_back_then_the_secret_is_nowhere(
    tmp_path: Path, format_name: str
) -> None:
    with entra(tmp_path) as server:
        echo(server)
        asked = ("check", "--format", format_name)
        text = run(tmp_path, server.cloud_file, server.ca_file, *asked, AZURE_CLIENT_SECRET=SECRET)
    assert "999999" in text
    assert seen_of(text) == []


def test_export_when_the_token_comes_back_then_it_is_nowhere(tmp_path: Path) -> None:
    with entra(tmp_path) as server:
        echo(server)
        server.token = None
        text = exported(tmp_path, server.cloud_file, server.ca_file, AZURE_CLIENT_SECRET=SECRET)
    assert echoes.MASK in text
    assert seen_of(text) == []


@pytest.mark.parametrize("right", [True, False])
def test_export_when_a_certificate_signs_in_then_password_and_assertion_are_nowhere(
    tmp_path: Path, right: bool
) -> None:
    file = pair().written(tmp_path / "app.pfx", PASSWORD if right else "another")
    given = {"AZURE_CLIENT_CERTIFICATE_PATH": file, "AZURE_CLIENT_CERTIFICATE_PASSWORD": PASSWORD}
    with entra(tmp_path) as server:
        echo(server)
        text = exported(tmp_path, server.cloud_file, server.ca_file, **given)
    assert ("AADSTS999999" in text) is right
    assert ("does not unlock the certificate file" in text) is not right
    assert seen_of(text) == []
