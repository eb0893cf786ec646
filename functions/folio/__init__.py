"""The folio's way in from outside."""

from functions.folio.post_charge import router

__all__ = ["router"]
