"""Menus that guests order from beforehand: what there is, and an order for it."""

from fastapi import APIRouter

from functions.menus import menu_context, menu_order

router = APIRouter()
router.include_router(menu_context.router)
router.include_router(menu_order.router)
