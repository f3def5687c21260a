"""Changes: plan, preview, backup, apply, verify, undo."""
