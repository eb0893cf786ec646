"""The command line: sets the house up, starts and stops it, migrates, checks and tests."""
