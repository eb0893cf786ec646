"""The office's routes in one router: those of every module beside this one that has some.

A page shows up in the navigation by its line in `visitor.NAVIGATION`. What none of them answers comes last.
"""

from importlib import import_module
from pkgutil import iter_modules

from fastapi import APIRouter, Response

from functions.pages import admin
from functions.pages.admin import visitor
from functions.pages.admin.visitor import AdminRoute, SignedIn
from functions.pages.base.reader import Refusal

router = APIRouter(include_in_schema=False)
for found in iter_modules(admin.__path__):
    if found.name == "routes":
        continue
    pages: APIRouter | None = getattr(import_module(f"{admin.__name__}.{found.name}"), "router", None)
    if pages:
        router.include_router(pages)
        visitor.PATHS.update(
            str(getattr(route, "path", ""))
            for route in pages.routes
            if "GET" in (getattr(route, "methods", None) or ())
        )

nowhere = APIRouter(route_class=AdminRoute)


@nowhere.get("/admin/{page:path}")
async def elsewhere(office: SignedIn, page: str) -> Response:
    """A page that is not there: for managers only, all the same."""
    raise Refusal(404)


router.include_router(nowhere)
