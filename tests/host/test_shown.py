# SPDX-License-Identifier: MIT
"""Does a password stay out of what is shown, and everything else stay in?"""

from __future__ import annotations

from typing import Any

import pytest

from wizard.host import shown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("http://anna:pass1word@proxy:3128", "http://anna:***@proxy:3128"),
        ("anna:pass1word@proxy:3128", "anna:***@proxy:3128"),
        ("http=a:b@one:80;https=c:d@two:81", "http=a:***@one:80;https=c:***@two:81"),
        ("http://u:p@ss@proxy:1", "http://u:***@proxy:1"),
        ("http://proxy:3128", "http://proxy:3128"),
        ("http://anna@proxy:3128", "http://anna@proxy:3128"),
        ("proxy:3128;mail@example.org", "proxy:3128;mail@example.org"),
    ],
)
def test_without_password_when_a_proxy_names_one_then_only_that_is_masked(
    text: str, expected: Any
) -> None:
    assert shown.without_password(text) == expected


def test_arguments_when_options_sound_secret_then_their_values_are_masked() -> None:
    line = [
        "java",
        "-Dhttp.proxyPassword=canary1",
        "-DtempPath=D:\\Dtmp",
        "--db-password",
        "canary2",
        "-Djdbc=postgres://u:canary3@db/x",
        "-javaagent:x.jar=port=1,token=canary4",
        "-Dpassword=",
        "--token",
        "-Xmx2g",
    ]
    told = shown.arguments_without_passwords(line)
    assert "canary" not in " ".join(told)
    assert told == (
        "java",
        "-Dhttp.proxyPassword=***",
        "-DtempPath=D:\\Dtmp",
        "--db-password",
        "***",
        "-Djdbc=postgres://u:***@db/x",
        "-javaagent:x.jar=port=1,token=***",
        "-Dpassword=",
        "--token",
        "-Xmx2g",
    )


@pytest.mark.parametrize(
    "word",
    [
        "-Dhttps.proxyPASS=canary",
        "-Daccess.key=canary",
        "-Dkey=canary",
        "-Daccesskey=canary",
        "-Dx.auth=user:canary",
        "-Dcred=u:canary",
        "-Dpin=1canary",
        "-DclientKey=canary",
        "-DAWS_SECRET=canary",
        "-Dsas=canary",
        "-Durl.sig=canary",
        "-Dkennwort=canary",
        "-Djavax.net.ssl.keyStorePassword=canary",
        "-javaagent:/opt/a.jar=port=1,accessKey=canary",
    ],
)
def test_arguments_when_a_name_means_a_secret_then_its_value_is_masked(word: str) -> None:
    assert shown.arguments_without_passwords([word]) == (word.rpartition("=")[0] + "=***",)


@pytest.mark.parametrize(
    "word",
    [
        "-Djavax.net.ssl.keyStore=/etc/x.jks",
        "-Djavax.net.ssl.keyStoreType=PKCS12",
        "-Djava.security.auth.login.config=/etc/jaas.conf",
        "-Djdk.http.auth.tunneling.disabledSchemes=Basic",
        "-Dhttp.auth.digest.validateProxy=true",
        "-Dpinger.mapping=design",
        "-DtempPath=D:\\Dtmp",
        "-Dtransporter.passes=3",
        "-javaagent:/opt/keys/auth/a.jar=port=1",
    ],
)
def test_arguments_when_a_name_only_sounds_like_it_then_nothing_is_masked(word: str) -> None:
    assert shown.arguments_without_passwords([word, "next"]) == (word, "next")


def test_printable_when_bytes_are_no_utf8_then_the_text_can_be_written() -> None:
    broken = b"/tmp/\xff\xfe".decode("utf-8", "surrogateescape")
    assert shown.printable(broken).encode("utf-8")
