# SPDX-License-Identifier: MIT
"""Which cloud is meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from wizard.errors import BadInput
from wizard.graph import clouds
from wizard.texts import Texts

OWN = """
name = "Test"
authority = "https://login.test:8443/"
graph = "https://graph.test"
exchange = "https://mail.test"
sharepoint = "https://share.test"
"""


@pytest.mark.parametrize(
    ("name", "graph"),
    [
        (None, "https://graph.microsoft.com"),
        ("GLOBAL", "https://graph.microsoft.com"),
        ("gcc", "https://graph.microsoft.com"),
        ("usgov", "https://graph.microsoft.us"),
        ("dod", "https://dod-graph.microsoft.us"),
        ("china", "https://microsoftgraph.chinacloudapi.cn"),
        ("france", "https://graph.svc.sovcloud.fr"),
        ("germany", "https://graph.svc.sovcloud.de"),
    ],
)
def test_choose_when_known_then_its_hosts(name: str | None, graph: str) -> None:
    assert clouds.choose(name).graph == graph


def test_known_when_read_then_each_is_reached_by_its_id_over_https() -> None:
    for cloud in clouds.known():
        assert clouds.choose(cloud.id) == cloud
        assert all(clouds.is_https(url) for url in (cloud.authority, cloud.graph, cloud.exchange))


def test_choose_when_file_then_urls_without_trailing_slash(tmp_path: Path) -> None:
    file = tmp_path / "cloud.toml"
    file.write_text(OWN)
    cloud = clouds.choose(str(file))
    assert (cloud.id, cloud.name, cloud.authority) == ("own", "Test", "https://login.test:8443")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            lambda text: text.replace('graph = "https://graph.test"\n', ""),
            "lacks a key that it needs: graph.",
        ),
        (lambda text: text + 'colour = "blue"\n', "has a key that no cloud file has: colour."),
        (lambda text: text + "portal = 5\n", "portal is not written as text."),
        (lambda text: text.replace("https://graph", "http://graph"), "http://graph.test"),
        (lambda text: text.replace("https://graph.test", "https://u:p@graph.test"), "u:p"),
        (lambda text: text.replace("https://graph.test", "https://graph.test:99999"), "99999"),
        (lambda text: text + "name =", "TOML"),
    ],
)
def test_choose_when_file_is_wrong_then_says_what(
    tmp_path: Path, texts: Texts, change: object, told: str
) -> None:
    file = tmp_path / "cloud.toml"
    file.write_text(change(OWN))  # type: ignore[operator]
    with pytest.raises(BadInput) as caught:
        clouds.choose(str(file))
    sentence = texts.summary(caught.value)
    assert told in sentence or told == "TOML"
    assert str(file) in sentence


def test_choose_when_file_is_missing_then_the_systems_words(tmp_path: Path, texts: Texts) -> None:
    with pytest.raises(BadInput) as caught:
        clouds.choose(str(tmp_path / "none.toml"))
    assert texts.summary(caught.value).endswith("could not be used: No such file or directory")


def test_choose_when_only_the_sign_in_host_is_published_then_says_so(texts: Texts) -> None:
    with pytest.raises(BadInput) as caught:
        clouds.choose("Singapore")
    assert "only the sign-in host, login.sovcloud-identity.sg, is published" in texts.summary(
        caught.value
    )


def test_choose_when_unknown_then_names_the_known(texts: Texts) -> None:
    with pytest.raises(BadInput) as caught:
        clouds.choose("mars")
    assert "usgov" in texts.summary(caught.value)


def test_choose_when_file_is_missing_then_says_so(tmp_path: Path, texts: Texts) -> None:
    with pytest.raises(BadInput) as caught:
        clouds.choose(str(tmp_path / "none.toml"))
    assert "No such file" in texts.summary(caught.value)
