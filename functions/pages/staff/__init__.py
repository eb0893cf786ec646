"""Staff: in by a personal QR code and a password, and a first page that says what is theirs to do."""
