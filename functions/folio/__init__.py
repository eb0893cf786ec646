"""The folio's way in from outside, and its way onto paper."""

from fastapi import APIRouter

from functions.folio import folio_pdf, post_charge

router = APIRouter()
router.include_router(post_charge.router)
router.include_router(folio_pdf.router)

__all__ = ["router"]
