# SPDX-License-Identifier: MIT
"""Runs first in the built program: what somebody else set for their Qt must not bend ours.

A server may have QT_PLUGIN_PATH and the like set for everyone by another product, and Qt would load
that product's plug-ins, of another version, and end the process.
"""

import os

# What people set for themselves on purpose, and what no other product sets for all.
_KEPT = ("QT_SCALE_FACTOR", "QT_FONT_DPI", "QT_ACCESSIBILITY", "QT_QPA_FONTDIR")
if os.name != "nt":
    _KEPT += ("QT_QPA_PLATFORM", "QT_IM_MODULE", "QT_SCREEN_SCALE_FACTORS")

for _name in [name for name in os.environ if name.upper().startswith("QT_")]:
    if _name.upper() not in _KEPT:
        del os.environ[_name]
