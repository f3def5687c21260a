"""Microsoft 365: clouds, network path, sign-in, permissions and error meanings."""
