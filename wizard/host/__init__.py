"""The computer behind one Protocol: live on Linux and Windows, or recorded."""
