"""A hotel begins: the form that makes it, with its first property and its owner; the onboarding follows."""

import secrets

from fastapi import APIRouter, Request, Response
from pydantic import ValidationError
from starlette.datastructures import FormData

from functions.identity.cookies import set_cookies
from functions.identity.register import Registration, register
from functions.pages.admin.choices import countries, currencies, zones
from functions.pages.admin.forms import text
from functions.pages.admin.words import said
from functions.pages.base.rendering import done, language_of, render
from functions.pages.base.routing import PageRoute
from functions.shared.callers import Flow
from functions.shared.errors import Problem

router = APIRouter(route_class=PageRoute)


@router.get("/admin/register")
async def ask(request: Request) -> Response:
    """The form."""
    return form_page(request, FormData())


@router.post("/admin/register")
async def enter(request: Request) -> Response:
    """The hotel is there, and its owner is signed in; or the form again, with what is wrong."""
    form = await request.form()
    try:
        wanted = registration(form, language_of(request))
        opened, _is_replayed = await register(request, wanted, text(form, "key") or secrets.token_urlsafe(16))
    except ValidationError as error:
        field = str(error.errors()[0]["loc"][-1])
        return form_page(request, form, Problem(422, f"{field}_invalid", "This cannot be read."))
    except Problem as problem:
        if problem.status not in (400, 401, 409, 422, 429):
            raise
        return form_page(request, form, problem)
    answer = done(request, "/admin/onboarding")
    set_cookies(answer, request, Flow.ADMIN, opened.secret, opened.access_token)
    return answer


def registration(form: FormData, language: str) -> Registration:
    """What the form says, as the function takes it."""
    place = {name: text(form, name) for name in ("country", "time_zone", "currency")}
    return Registration.model_validate(
        {
            "hotel_name": text(form, "hotel_name"),
            "slug": text(form, "slug") or None,
            "owner": {
                "name": text(form, "name"),
                "email": text(form, "email"),
                "password": str(form.get("password") or ""),
                "language": language,
            },
            "property": {
                **place,
                "code": text(form, "code").upper(),
                "name": text(form, "property_name") or text(form, "hotel_name"),
                "default_language": language,
            },
        }
    )


def form_page(request: Request, typed: FormData, problem: Problem | None = None) -> Response:
    """The form, with what was typed but the password. Its key makes one hotel, however often it is sent."""
    language = language_of(request)
    answer = render(
        request,
        "admin/register.html",
        status=problem.status if problem else 200,
        typed=typed,
        refused=said(problem, language) if problem else None,
        key=text(typed, "key") or secrets.token_urlsafe(16),
        countries=countries(language),
        currencies=currencies(language),
        zones=zones(),
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer
