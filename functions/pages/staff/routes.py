"""The staff's routes in one router."""

from fastapi import APIRouter

from functions.pages.staff import access, console

router = APIRouter(include_in_schema=False)
for part in (access.router, access.signed_in, console.router):
    router.include_router(part)
