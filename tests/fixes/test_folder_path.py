# SPDX-License-Identifier: MIT
"""Which paths are refused as the new temporary folder, each for its own reason."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fixes.strings import MANY, NAME, safe_folders
from wizard.fixes import folder_path
from wizard.fixes.carriers import Carrier
from wizard.fixes.readings import hand_over
from wizard.texts import Texts


@pytest.mark.parametrize(
    "path",
    [
        r"D:\Dtmp",
        "D:/Dtmp",
        r"E:\PROGRA~1\tmp",
        "/data/tmp",
        "/opt/nakivo-tmp_2/x.y",
        "z:/a@b+c,d=e",
    ],
)
def test_refusal_of_a_safe_path_is_none(path: str) -> None:
    assert folder_path.refusal(path) is None


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("", "path_empty"),
        ("D:\\a\tb", "path_control"),
        ("D:\\a\n", "path_control"),
        ("D:\\a\x7f", "path_control"),
        ("D:\\Größe", "path_not_ascii"),
        ("D:\\a\u00a0b", "path_not_ascii"),
        (r'"D:\My Tmp"', "path_quote"),
        ("D:\\O'Brien", "path_quote"),
        ("/data/`x`", "path_quote"),
        (r"D:\My Tmp", "path_space"),
        ("D:\\Dtmp ", "path_space"),
        (r"D:\Dtmp#1", "path_comment"),
        (r"D:\%TEMP%", "path_expansion"),
        ("/data/$HOME", "path_expansion"),
        (r"D:\tmp!", "path_expansion"),
        (r"D:\tmp*", "path_wildcard"),
        ("/data/tmp?", "path_wildcard"),
        ("/data/[a]", "path_wildcard"),
        ("/data/a;b", "path_shell"),
        ("D:\\a&b", "path_shell"),
        ("/data/a|b", "path_shell"),
        ("@/data/tmp", "path_at"),
        (r"\\server\share\tmp", "path_network"),
        ("//server/share/tmp", "path_network"),
        (r"\\?\D:\tmp", "path_wildcard"),
        (r"\\.\D:\tmp", "path_network"),
        ("D:\\", "path_root"),
        ("D:/", "path_root"),
        ("D:", "path_root"),
        ("/", "path_root"),
        ("\\", "path_root"),
        ("tmp", "path_relative"),
        (r"tmp\a", "path_relative"),
        ("D:tmp", "path_relative"),
        (r"\tmp", "path_relative"),
        ("./tmp", "path_relative"),
        ("~/tmp", "path_relative"),
        ("/data\\tmp", "path_relative"),
        ("-Dx", "path_relative"),
        ("D:\\Dtmp\\", "path_trailing_separator"),
        ("D:/Dtmp/", "path_trailing_separator"),
        ("/data/tmp/", "path_trailing_separator"),
        (r"D:\\Dtmp", "path_doubled_separator"),
        ("/data//tmp", "path_doubled_separator"),
        (r"D:\a\..\b", "path_dots"),
        ("/data/./tmp", "path_dots"),
        (r"D:\a:b", "path_colon"),
        ("/data/a:b", "path_colon"),
        (r"D:\tmp.", "path_reserved"),
        (r"D:\nul\x", "path_reserved"),
        (r"D:\Com1.txt", "path_reserved"),
    ],
)
def test_refusal_of_an_unsafe_path_has_its_own_reason(path: str, reason: str, texts: Texts) -> None:
    refused = folder_path.refusal(path)
    assert refused is not None
    assert refused.id == reason
    assert refused.sentence(texts)
    assert texts.lines(f"{refused.text}.advice", refused.values)


def test_refusal_of_a_device_name_on_linux_is_none() -> None:
    assert folder_path.refusal("/data/nul/aux.") is None


@MANY
@given(safe_folders)
def test_a_path_that_is_not_refused_reaches_java_unchanged_by_every_carrier(folder: str) -> None:
    assert folder_path.refusal(folder) is None
    values = {hand_over(carrier, f"-Da=1 -D{NAME}={folder}", NAME).values for carrier in Carrier}
    assert values == {(folder,)}


@MANY
@given(st.text(alphabet="aZ:\\/\"'# \t@%!$*?&|<>()é.~,=+-_", max_size=10))
def test_any_path_that_is_not_refused_is_one_argument_for_every_carrier(path: str) -> None:
    if folder_path.refusal(path) is None:
        for carrier in Carrier:
            handed = hand_over(carrier, f"-Da=1 -D{NAME}={path} -Db=2", NAME)
            expected = path if carrier is not Carrier.POSIX_SHELL else path.replace("\\", "")
            assert handed.values == (expected,)
