"""The office's routes in one router. A new page is a part here and a line in `visitor.NAVIGATION`."""

from fastapi import APIRouter

from functions.pages.admin import entry, home, onboarding, registration, rooms, staff, visitor

router = APIRouter(include_in_schema=False)
for part in (registration, entry, home, staff, rooms, onboarding, visitor):
    router.include_router(part.router)
    visitor.PATHS.update(str(getattr(route, "path", "")) for route in part.router.routes)
