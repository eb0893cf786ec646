"""The office's routes in one router: those of every module beside this one that has some.

A page shows up in the navigation by its line in `visitor.NAVIGATION`.
"""

from importlib import import_module
from pkgutil import iter_modules

from fastapi import APIRouter

from functions.pages import admin
from functions.pages.admin import visitor

router = APIRouter(include_in_schema=False)
for found in iter_modules(admin.__path__):
    if found.name == "routes":
        continue
    pages: APIRouter | None = getattr(import_module(f"{admin.__name__}.{found.name}"), "router", None)
    if pages:
        router.include_router(pages)
        visitor.PATHS.update(str(getattr(route, "path", "")) for route in pages.routes)
