"""The guest's side: opening a session with a code, and submitting requests."""

from fastapi import APIRouter

from functions.portal import session, submit_request, turns

router = APIRouter(tags=["portal"])
router.include_router(session.router)
router.include_router(submit_request.router)
router.include_router(turns.router)
