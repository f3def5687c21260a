# SPDX-License-Identifier: MIT
"""Runs first in the built program: what others set for their programs must not bend ours, nor back.

A server may have QT_PLUGIN_PATH and the like set for everyone by another product, and Qt would load
that product's plug-ins, of another version, and end the process. The other way round, browser and
file manager, which this program opens, need their own libraries and not those that its starter
points at.
"""

from __future__ import annotations

import os

# What people set for themselves on purpose, and what no other product sets for all.
_KEPT: tuple[str, ...] = ("QT_SCALE_FACTOR", "QT_FONT_DPI", "QT_ACCESSIBILITY", "QT_QPA_FONTDIR")
if os.name != "nt":
    _KEPT += ("QT_QPA_PLATFORM", "QT_IM_MODULE", "QT_SCREEN_SCALE_FACTORS")

for _name in [name for name in os.environ if name.upper().startswith("QT_")]:
    if _name.upper() not in _KEPT:
        del os.environ[_name]

if os.name == "nt":
    if not os.environ.get("PATH"):  # PySide6 puts something before it and fails where there is none
        os.environ["PATH"] = os.path.join(os.environ.get("SYSTEMROOT", r"C:\Windows"), "System32")  # noqa: PTH118 - pathlib isn't loaded yet
else:  # the linker has read it when the process began
    os.environ.pop("LD_LIBRARY_PATH", None)
    _own = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
    if _own:
        os.environ["LD_LIBRARY_PATH"] = _own
