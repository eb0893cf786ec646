"""Measured beside the house: the same work done the ordinary way, FastAPI with SQLAlchemy, one worker."""
