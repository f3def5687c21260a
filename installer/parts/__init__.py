# SPDX-License-Identifier: MIT
"""The parts of a built folder: by whom, under which licence, and the list of them."""
