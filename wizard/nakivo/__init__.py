"""NAKIVO Backup & Replication on this computer: installation, services, Java process, logs."""
