"""One error shape for everything that answers: {"code", "message", "details", "hint"}, as PostgREST's.

Problem                      what our own code refuses, with the slug in `details`
├── RequestRefused           the request itself: malformed, too large, not from our own pages
└── NotSignedIn              no token, or one that is not (or no longer) valid
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

RETRY_SOON = {"Retry-After": "1"}


class ErrorBody(BaseModel):
    """What every refusal looks like, from the functions and from /rest/v1 alike."""

    code: str = Field(description="PT and the HTTP status, or the SQLSTATE.", examples=["PT409"])
    message: str = Field(description="A sentence for people.")
    details: str | None = Field(description="The stable slug for programs.", examples=["feature_closed"])
    hint: str | None = Field(description="What to do next.")


class Problem(Exception):
    """A refusal: status, slug, a sentence, and a hint where the caller can act."""

    def __init__(
        self,
        status: int,
        slug: str | None,
        message: str,
        hint: str | None = None,
        *,
        code: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.slug = slug
        self.message = message
        self.hint = hint
        self.code = code or f"PT{status}"
        self.headers = dict(headers or {})

    def body(self) -> dict[str, str | None]:
        """The one shape."""
        return {"code": self.code, "message": self.message, "details": self.slug, "hint": self.hint}

    def response(self) -> Response:
        """The shape as an answer that nothing may cache."""
        headers = {"Cache-Control": "no-store", **self.headers}
        return JSONResponse(self.body(), self.status, headers)


class RequestRefused(Problem):
    """The request cannot be taken as it is."""


class NotSignedIn(Problem):
    """401, in the words of `hook.pre_request`."""

    def __init__(self, slug: str = "token_missing") -> None:
        super().__init__(
            401,
            slug,
            "You are not signed in, or no longer.",
            "Sign in again, or open your link again.",
            headers={"WWW-Authenticate": "Bearer"},
        )


def refusals(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """For `responses=` of a route: these statuses answer in the one shape."""
    return {status: {"model": ErrorBody, "description": HTTPStatus(status).phrase} for status in statuses}


def add_error_handlers(app: FastAPI) -> None:
    """Everything the framework refuses by itself answers in the one shape too. The rest is `doorway`'s."""
    app.add_exception_handler(Problem, _answer_problem)
    app.add_exception_handler(HTTPException, _answer_http)
    app.add_exception_handler(RequestValidationError, _answer_validation)


async def _answer_problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)
    return show(request, error)


async def _answer_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    slug, message = _HTTP_WORDS.get(error.status_code, (None, None))
    phrase = f"{HTTPStatus(error.status_code).phrase}."
    return show(request, Problem(error.status_code, slug, message or phrase, headers=error.headers))


async def _answer_validation(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    faults = error.errors()
    if any(fault["type"] == "json_invalid" for fault in faults):
        return show(request, body_not_json())
    hint = "; ".join(
        f"{'.'.join(str(step) for step in fault['loc'])}: {fault['msg']}" for fault in faults[:5]
    )
    told = hint[:500].encode("utf-8", "replace").decode()
    return show(request, RequestRefused(422, "input_invalid", "The request is not complete.", told))


def show(request: Request, problem: Problem) -> Response:
    """The answer to a refusal: JSON, or the pages' own error page for a visitor's browser."""
    page = getattr(request.app.state, "error_page", None)
    if page is not None and not request.url.path.startswith(("/functions/", "/api/")):
        accepts = request.headers.get("accept", "")
        if "text/html" in accepts or "hx-request" in request.headers:
            response: Response = page(request, problem)
            return response
    return problem.response()


def text_not_readable() -> RequestRefused:
    """Text from outside that is no Unicode, such as half a surrogate pair: our own never is."""
    return RequestRefused(400, "text_not_readable", "The request holds text that is none.", "Send UTF-8.")


def body_not_json() -> RequestRefused:
    """The body is no JSON object."""
    return RequestRefused(400, "body_not_json", "The body is not a JSON object.", "Send one, as UTF-8.")


_HTTP_WORDS: Mapping[int, tuple[str, str]] = {
    400: ("request_malformed", "The request cannot be read."),
    404: ("not_found", "There is nothing here."),
    405: ("method_not_allowed", "This address does not take that method."),
    413: ("body_too_large", "The request is too large."),
    415: ("media_type_not_known", "Send JSON, with Content-Type application/json."),
}
