"""The office's routes in one router. A new page is a part here and a line in `visitor.NAVIGATION`."""

from fastapi import APIRouter

from functions.pages.admin import home, visitor

router = APIRouter(include_in_schema=False)
for part in (home, visitor):
    router.include_router(part.router)
    visitor.PATHS.update(str(getattr(route, "path", "")) for route in part.router.routes)
