"""The inbox's routes in one router."""

from fastapi import APIRouter

from functions.pages.inbox import attachments, cleaning, guests, kitchen, lists, menus, requests, tasks

router = APIRouter(include_in_schema=False)
router.include_router(lists.router)
router.include_router(tasks.router)
router.include_router(guests.router)
router.include_router(menus.router)
router.include_router(kitchen.router)
router.include_router(cleaning.router)
router.include_router(requests.router)
router.include_router(attachments.router)
