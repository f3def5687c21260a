"""Sample backup servers and the loopback stand-in for Microsoft 365."""
