# SPDX-License-Identifier: MIT
"""The packages for Linux: which libraries they carry, the archive, the Debian package."""
