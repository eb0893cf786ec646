"""Beds24: its webhook, and what the worker asks of it. What a booking comes to is SQL's to say."""
