# SPDX-License-Identifier: MIT
"""The programs and packages for Windows: their Python, Wine, the origin of files, setup."""
