"""Whole letters, signings, jobs and imports while the network, the disk and the process fail."""
