"""Thin Python around the rules in PostgreSQL: it touches the outside world and holds no rules."""
