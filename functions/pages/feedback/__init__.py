"""What guests said, for the hotel."""
