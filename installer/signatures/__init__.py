# SPDX-License-Identifier: MIT
"""Signatures of Windows files: whose are they, and how ours is made."""
