"""From what PostgreSQL refuses to what HTTP answers: PostgREST's table, mended where that is wrong."""

import secrets

import psycopg
from psycopg_pool import PoolTimeout, TooManyRequests

from functions.shared.errors import RETRY_SOON, Problem
from functions.shared.logs import get_log

RETRIED = (psycopg.errors.SerializationFailure, psycopg.errors.DeadlockDetected)
"""Rolled back through no fault of the caller: tried once more before anyone hears of it."""

_UNREADABLE = "A value in the request cannot be read."
_CONFLICT = "This does not fit what is already there."
_BUSY = "Someone else is at the same thing just now."
_AWAY = "The hotel's records cannot be reached just now."


def problem_from(error: psycopg.Error | UnicodeEncodeError, *, is_signed_in: bool) -> Problem:
    """The refusal for an error of psycopg. What is not the caller's doing is logged and told plainly.

    Half a character, which JSON can hold and PostgreSQL cannot, is met before anything is sent there.
    """
    if isinstance(error, UnicodeEncodeError):
        return Problem(400, "value_not_readable", _UNREADABLE, code="22021")
    state = error.sqlstate or ""
    diag = error.diag
    if isinstance(error, PoolTimeout | TooManyRequests):
        return Problem(503, "too_busy", _AWAY, "Try again in a moment.", headers=RETRY_SOON)
    if state.startswith("PT") and state[2:].isdigit() and 400 <= int(state[2:]) <= 599:
        return Problem(
            int(state[2:]),
            diag.message_detail,
            diag.message_primary or "",
            diag.message_hint,
            headers=RETRY_SOON
            if state in ("PT429", "PT503") or diag.message_detail == "twin_in_flight"
            else None,
        )
    if state == "P0001":
        return Problem(400, diag.message_detail, diag.message_primary or "", diag.message_hint, code=state)
    if state in ("23505", "23503", "23P01"):
        return Problem(409, diag.constraint_name, _CONFLICT, "Look again and change it.", code=state)
    if state in ("23514", "23502"):
        return Problem(400, diag.constraint_name, _UNREADABLE, code=state)
    if state == "55P03" or isinstance(error, RETRIED):
        return Problem(
            409, "twin_in_flight", _BUSY, "Send it again as it is.", code=state, headers=RETRY_SOON
        )
    if state == "42501":
        if not is_signed_in:
            return Problem(401, "token_missing", "You are not signed in.", "Sign in first.", code=state)
        return Problem(403, "permission_missing", "You may not do this.", code=state)
    if state.startswith("22") or (not state and isinstance(error, psycopg.DataError)):
        return Problem(400, "value_not_readable", _UNREADABLE, code=state or "22000")
    if state.startswith("54"):
        return Problem(413, "body_too_complex", "The request is too large or too deep.", code=state)
    if state == "25006":
        return Problem(405, "method_not_allowed", "This address does not take that method.", code=state)
    return _not_the_callers_doing(error, state)


def _not_the_callers_doing(error: psycopg.Error, state: str) -> Problem:
    incident = secrets.token_hex(6)
    get_log().error(
        "database_error",
        incident=incident,
        sqlstate=state or None,
        kind=type(error).__name__,
        said=error.diag.message_primary,
        constraint=error.diag.constraint_name,
    )
    hint = f"If it stays, tell us the id {incident}."
    is_away = (not state and isinstance(error, psycopg.OperationalError)) or state[:2] in ("08", "53", "57")
    if is_away:
        return Problem(503, "records_not_reachable", _AWAY, hint, code=state or "08006", headers=RETRY_SOON)
    return Problem(500, "not_your_fault", "Something went wrong on our side.", hint, code="XX000")
