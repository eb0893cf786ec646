"""Tests mirror sql/ and functions/: real PostgreSQL, real PostgREST, real browser."""
