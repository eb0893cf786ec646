"""The command line: sets an installation up, starts and stops it, migrates, checks and tests."""
