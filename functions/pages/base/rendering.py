"""Turning a template and what was read into a page, and a finished form into the next page."""

from functools import cache, partial
from pathlib import Path
from typing import Any

from fastapi import Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from functions.pages.base import assets
from functions.pages.base.formats import FILTERS
from functions.pages.base.icons import icon
from functions.pages.base.languages import NAMES, direction, known, preferred, translations
from functions.shared.page_headers import PAGE_HEADERS

TEMPLATES = Path(__file__).parent.parent / "templates"
LANGUAGE_COOKIE = "staybase_language"
HEADERS = PAGE_HEADERS


@cache
def environment(language: str) -> Environment:
    """The templates in one language: gettext, formats and icons bound to it."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
    )
    made.install_gettext_translations(translations(language), newstyle=True)  # type: ignore[attr-defined]
    made.filters.update({name: partial(format_, language) for name, format_ in FILTERS.items()})
    made.globals.update(
        asset=assets.address,
        direction=direction(language),
        icon=icon,
        language=language,
        language_names=NAMES,
    )
    return made


def gettext(language: str, message: str, **values: Any) -> str:
    """A sentence from Python code, in a language."""
    translated: str = translations(language).ugettext(message)
    return translated % values if values else translated


def language_of(request: Request) -> str:
    """The language of a visitor who is not signed in: chosen here before, else what the browser prefers."""
    return known(request.cookies.get(LANGUAGE_COOKIE)) or preferred(
        request.headers.get("accept-language", "")
    )


def is_partial(request: Request) -> bool:
    """Whether htmx asks for a part of a page."""
    return request.headers.get("hx-request") == "true"


def render(
    request: Request, template: str, *, language: str | None = None, status: int = 200, **context: Any
) -> HTMLResponse:
    """A page, or a part of one, in the visitor's language and with the headers that every page has."""
    spoken = known(language) or language_of(request)
    text = environment(spoken).get_template(template).render(request=request, **context)
    return HTMLResponse(text, status_code=status, headers=HEADERS | {"Content-Language": spoken})


def done(request: Request, address: str) -> Response:
    """On to the next page after a form: a redirect that works with scripts and without."""
    redirect = RedirectResponse(address, status_code=303, headers=HEADERS)
    if is_partial(request):
        return Response(status_code=200, headers=HEADERS | {"HX-Redirect": redirect.headers["location"]})
    return redirect
