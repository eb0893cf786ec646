"""Kiosks: the tokens of devices."""

from functions.kiosk.registration import router

__all__ = ["router"]
