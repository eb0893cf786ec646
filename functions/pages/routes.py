"""All pages, in one router; and the page for whatever no route answers."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import APIRouter, FastAPI

from functions.pages.admin.routes import router as admin
from functions.pages.base import assets, pictures, reader
from functions.pages.base.routing import error_page
from functions.pages.feedback.routes import router as marks
from functions.pages.folios.routes import router as folios
from functions.pages.guest import access
from functions.pages.inbox.routes import router as inbox
from functions.pages.platform.routes import router as platform
from functions.pages.portal import (
    charges,
    cleaning,
    entry,
    feedback,
    identity,
    landing,
    menus,
    my_stay,
    ordering,
    requests,
)
from functions.pages.staff.routes import router as staff


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """While the process serves, refusals of the functions find the page for people; then reading ends."""
    app.state.error_page = error_page
    yield
    await reader.close()


router = APIRouter(lifespan=lifespan, include_in_schema=False)
for part in (
    assets,
    pictures,
    entry,
    landing,
    my_stay,
    menus,
    ordering,
    requests,
    identity,
    charges,
    feedback,
    cleaning,
    access,
):
    router.include_router(part.router)
router.include_router(inbox)
router.include_router(folios)
router.include_router(marks)
router.include_router(staff)
router.include_router(admin)
router.include_router(platform)
