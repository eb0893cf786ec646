"""`platform-user add`: who runs the platform. There is no page for it: whoever has the machine decides."""

import sys
from collections.abc import Mapping
from getpass import getpass

import psycopg

from functions.cli.migrate import connect
from functions.cli.refusal import Refusal
from functions.identity.passwords import HASHER, weakness_of


def add(settings: Mapping[str, str], email: str, name: str, password: str) -> None:
    """Makes a platform user, or gives one that is there a new name and password."""
    if "@" not in email or not name.strip():
        raise Refusal("An e-mail address and a name are needed.", "Say EMAIL --name NAME.")
    weakness = weakness_of(password, email, name)
    if weakness is not None:
        raise Refusal("This password is too easy to guess.", weakness)
    with connect(settings["STAYBASE_OWNER_URL"]) as conn:
        try:
            conn.execute("select app.add_platform_user(%s, %s, %s)", (email, name, HASHER.hash(password)))
        except psycopg.Error as error:
            raise Refusal(error.diag.message_primary or str(error), error.diag.message_hint or "") from None


def asked_password() -> str:
    """The new password: asked for twice at a terminal, else the first line of standard input."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    password = getpass("Password: ")
    if getpass("Again: ") != password:
        raise Refusal("The two are not the same.", "Try again.")
    return password
