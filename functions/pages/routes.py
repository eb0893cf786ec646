"""All pages, in one router. Included last: what no other route answers is a page that says so."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import APIRouter, FastAPI, Request, Response

from functions.pages.base import assets, reader
from functions.pages.base.reader import Refusal
from functions.pages.base.routing import error_page, problem
from functions.pages.inbox.routes import router as inbox
from functions.pages.portal import charges, entry, identity, landing, ordering, requests
from functions.shared.errors import Problem


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """While the process serves, refusals of the functions find the page for people; then reading ends."""
    app.state.error_page = error_page
    yield
    await reader.close()


router = APIRouter(lifespan=lifespan, include_in_schema=False)
for part in (assets, entry, landing, ordering, requests, identity, charges):
    router.include_router(part.router)
nowhere = APIRouter(include_in_schema=False)


@nowhere.api_route("/{path:path}", methods=["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"])
async def page_not_found(request: Request, path: str) -> Response:
    """Programs are told in their own shape, people on a page."""
    if path.startswith(("functions/", "api/")):
        return Problem(404, "not_found", "There is nothing here.").response()
    return problem(request, Refusal(404))


router.include_router(inbox)
router.include_router(nowhere)
