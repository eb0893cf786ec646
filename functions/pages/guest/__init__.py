"""The way in from a QR code in the house: scan, say who you are, and the stay is open for a day."""
