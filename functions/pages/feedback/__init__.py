"""What guests said, for the house."""
