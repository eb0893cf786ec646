"""Signing in. For now the development sign-in alone."""

from functions.identity.sign_in import router

__all__ = ["router"]
