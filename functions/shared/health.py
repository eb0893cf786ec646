"""GET /functions/v1/health: whether this process and the database behind it answer."""

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from functions.shared.db import service_value
from functions.shared.errors import refusals

router = APIRouter(tags=["health"])


@router.get("/functions/v1/health", responses=refusals(503))
async def health(request: Request) -> JSONResponse:
    """200 when a statement runs; 503 while the database is away."""
    await service_value(request, "select 1")
    return JSONResponse({"status": "ok"}, headers={"Cache-Control": "no-store"})
