"""M365 Backup Wizard: why does a Microsoft 365 backup job of NAKIVO fail, and what mends it?"""

NAME = "M365 Backup Wizard"
__version__ = "0.1.0"
