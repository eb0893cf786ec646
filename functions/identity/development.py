"""Tokens for members of the cast, for the command line; only a development database opens such sessions."""

from dataclasses import dataclass

import psycopg
from psycopg.rows import class_row

from functions.shared.settings import Settings, get_settings
from functions.shared.tokens import mint


@dataclass(frozen=True, slots=True)
class CastMember:
    """Someone of the cast who can be signed in as."""

    email: str
    display_name: str
    session_type: str
    roles: list[str] | None
    hotel_name: str


class NobodyByThatName(LookupError):
    """There is no active member with that e-mail."""


class NotADevelopmentBuild(RuntimeError):
    """The settings or the database are those of a production build."""


def mint_development_token(email: str, settings: Settings | None = None) -> str:
    """An access token for a member of the cast, with a session of its own."""
    chosen = settings or get_settings()
    with _service(chosen) as connection:
        row = connection.execute("select app.open_development_session(%s)", (email,)).fetchone()
    if row is None or row[0] is None:
        raise NobodyByThatName(email)
    token, _ = mint(chosen, row[0])
    return token


def development_cast(settings: Settings | None = None) -> list[CastMember]:
    """Everyone who can be signed in as, the hotel's own people first."""
    with _service(settings or get_settings()) as connection:
        cursor = connection.cursor(row_factory=class_row(CastMember))
        return cursor.execute("select * from app.development_cast()").fetchall()


def _service(settings: Settings) -> psycopg.Connection:
    if not settings.development:
        raise NotADevelopmentBuild("STAYBASE_DEVELOPMENT is not set")
    return psycopg.connect(settings.service_url, autocommit=True)
