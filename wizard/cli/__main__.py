# SPDX-License-Identifier: MIT
"""python -m wizard.cli: the text face alone, which never loads the window; the console program."""

from __future__ import annotations

import sys

from wizard.program import main

if __name__ == "__main__":
    sys.exit(main())
