"""The build of the programs, packages and installers; dev.py is its entry."""
