# SPDX-License-Identifier: MIT
"""Argument strings and paths for property tests, and how often they are tried."""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st

NAME = "tempPath"

# No example database in the working tree, the same examples on every run, no clock.
settings.register_profile("fixes", database=None, derandomize=True, deadline=None)
MANY = settings(settings.get_profile("fixes"), max_examples=200)

_AWKWARD = st.text(alphabet="aDZ9=:\\/\"'# \t@-.$|é", max_size=12)
_KEYS = ("Da", "Dfile.encoding", "Xmx", "XX:+UseG1GC", "DoneDriveDirectSend")

options = st.builds(lambda key, value: f"-{key}={value}", st.sampled_from(_KEYS), _AWKWARD)
temp_paths = st.builds(
    lambda form, value: form.replace("@", value),
    st.sampled_from(("-DtempPath=@", '"-DtempPath=@"', '-DtempPath="@"', "'-DtempPath=@'")),
    st.text(alphabet="aD:\\/ ", max_size=8),
)
awkward_strings = st.lists(st.one_of(options, temp_paths, _AWKWARD), max_size=5).map(" ".join)


def closed(text: str) -> str:
    """The string with its last open quotation mark closed."""
    quote = ""
    for char in text:
        if char == quote:
            quote = ""
        elif char in "\"'" and not quote:
            quote = char
    return text + quote


closed_strings = awkward_strings.map(closed)

_words = st.text(alphabet="abcXYZ019.:/_", min_size=1, max_size=8)
plain_options = st.builds(lambda key, value: f"-D{key}={value}", _words, _words)
plain_temp_paths = st.builds(lambda value: f"-DtempPath={value}", _words)
plain_strings = st.lists(st.one_of(plain_options, plain_temp_paths), max_size=6).map("  ".join)

safe_folders = st.builds(
    lambda drive, parts, separator: drive + separator.join(("", *parts)),
    st.sampled_from(("D:", "e:", "")),
    st.lists(st.text(alphabet="abcXYZ019_~-", min_size=1, max_size=8), min_size=1, max_size=3),
    st.sampled_from("/"),
).filter(lambda path: not any(part[:3].lower() in ("con", "prn") for part in path.split("/")))
