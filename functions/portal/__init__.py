"""The guest's side: opening a session with a code, and submitting requests."""

from fastapi import APIRouter

from functions.portal import session, submit_request

router = APIRouter(tags=["portal"])
router.include_router(session.router)
router.include_router(submit_request.router)
