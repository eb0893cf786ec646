"""The way in from a QR code on the wall: scan, say who you are, and the stay is open for a day."""
