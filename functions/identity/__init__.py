"""Signing in and out: by password, by secret, and, at a development machine, in one tap."""

from fastapi import APIRouter

from functions.identity import auth, password, register, sign_in

router = APIRouter()
for part in (auth, register, password, sign_in):
    router.include_router(part.router)
