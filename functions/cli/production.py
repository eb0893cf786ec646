"""`up --production`: what has to be there before a hotel is let in. Each thing that is not is one line."""

import os
import re
from collections.abc import Iterator, Mapping
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from functions.cli.home import ROOT, Home
from functions.cli.refusal import Refusal

DOTENV = ROOT / ".env"
ASSIGNMENT = re.compile(r"(?:export\s+)?([A-Z][A-Z0-9_]*)=(.*)")

LEAST_BYTES = 32
LEAST_CHARACTERS = 10
"""Different ones; even 32 random hexadecimal digits hardly ever have fewer."""
SAID_OFTEN = (
    "change",
    "example",
    "secret-",
    "your-",
    "password",
    "default",
    "placeholder",
    "12345678",
)

# What a provider's credentials look like when they are whole, and where they are found.
PROVIDERS = {
    "TWILIO_ACCOUNT_SID": (r"AC[0-9a-f]{32}", "Twilio's console shows it; it begins with AC"),
    "TWILIO_AUTH_TOKEN": (r"[0-9a-f]{32}", "Twilio's console shows it, beside the account's SID"),
    "SLACK_BOT_TOKEN": (r"xoxb-[0-9A-Za-z-]{20,}", "Slack's app page shows it; it begins with xoxb-"),
    "SLACK_SIGNING_SECRET": (r"[0-9a-f]{32}", "Slack's app page shows it, under App Credentials"),
}
OUR_SECRETS = (
    "STAYBASE_JWT_SECRET",
    "STAYBASE_PUBLISHABLE_KEY",
    "STAYBASE_SECRET_KEY",
    "STAYBASE_POSTGRES_PASSWORD",
    "STAYBASE_AUTHENTICATOR_PASSWORD",
    "STAYBASE_SERVICE_PASSWORD",
)


def given(environ: Mapping[str, str], file: Path = DOTENV) -> dict[str, str]:
    """The environment of `up --production`: what the clone's `.env` says, and the environment over it."""
    return {**_read(file), **environ, "STAYBASE_DEVELOPMENT": "0"}


def _read(file: Path) -> dict[str, str]:
    try:
        lines = file.read_text("utf-8").splitlines()
    except FileNotFoundError:
        return {}
    found = [ASSIGNMENT.fullmatch(line.strip()) for line in lines]
    pairs = {one[1]: one[2].strip().strip("\"'") for one in found if one}
    return {name: value for name, value in pairs.items() if value}


def refuse_unready(
    home: Home, settings: Mapping[str, str], old: Mapping[str, str], chosen: Mapping[str, str]
) -> None:
    """Refuse to start on anything that is missing or weak, all of it at once, a line each."""
    found = [
        *_of_the_home(home, settings, old),
        *_of_the_address(chosen),
        *_of_mail(settings),
        *_of_secrets(settings, old),
    ]
    if found:
        raise Refusal("\nstaybase: ".join(found), "")


def _of_the_home(home: Home, settings: Mapping[str, str], old: Mapping[str, str]) -> Iterator[str]:
    if old.get("STAYBASE_DEVELOPMENT") == "1" and not settings["DATABASE_URL"]:
        yield f"{home.folder} holds the demo. Give production a home of its own: STAYBASE_HOME=/var/lib/hotel"
    for name in OUR_SECRETS if old else ():
        if not old.get(name):
            yield f"{name} is gone from {home.environment_file}. Put it back: a new one ends every session."


def _of_the_address(chosen: Mapping[str, str]) -> Iterator[str]:
    address = chosen.get("STAYBASE_PUBLIC_URL", "")
    if not address:
        yield "STAYBASE_PUBLIC_URL is missing. Set it to what people open, like https://stay.hotel.example"
        return
    try:
        parts = urlsplit(address)
        plain = parts.hostname is not None and (parts.port or 443) > 0
    except ValueError:
        plain = False
    if not plain or address.rstrip("/") != f"https://{parts.netloc}" or "@" in parts.netloc:
        yield f"STAYBASE_PUBLIC_URL is {address}. It has to be https:// and a host, with nothing behind it."


def _of_mail(settings: Mapping[str, str]) -> Iterator[str]:
    """Mail may come later; half a mail server never works."""
    host, security = settings["SMTP_HOST"], settings["SMTP_SECURITY"] or "starttls"
    if host and "@" not in settings["SMTP_FROM"]:
        yield "SMTP_FROM is missing. Set it to the address that the mail server lets us write from."
    if security not in {"starttls", "tls"} and host not in {"", "localhost", "127.0.0.1"}:
        yield f"SMTP_SECURITY is {security}. It has to be starttls or tls, or the password can be read."
    if settings["STAYBASE_OPERATOR_EMAIL"] and "@" not in settings["STAYBASE_OPERATOR_EMAIL"]:
        yield f"STAYBASE_OPERATOR_EMAIL is {settings['STAYBASE_OPERATOR_EMAIL']}, which is no address."
    if not (settings["SMTP_PORT"] or "587").isdecimal():
        yield f"SMTP_PORT is {settings['SMTP_PORT']}, which is no port."


def _of_secrets(settings: Mapping[str, str], old: Mapping[str, str]) -> Iterator[str]:
    for name, (pattern, where) in PROVIDERS.items():
        if not settings[name]:
            yield f"{name} is missing. {where}."
        elif not re.fullmatch(pattern, settings[name]) or is_guessable(settings[name]):
            yield f"{name} is no real one. {where}."
    for name in OUR_SECRETS:
        if not (old and not old.get(name)) and (why := weakness(settings[name])):
            yield f"{name} is weak: it {why}. Leave it out and a good one is made, or: openssl rand -hex 32"


def weakness(secret: str) -> str:
    """Why nobody should trust a secret; empty for a good one."""
    if len(secret.encode()) < LEAST_BYTES:
        return f"has {len(secret.encode())} bytes and needs {LEAST_BYTES}"
    return "can be guessed" if is_guessable(secret) else ""


def is_guessable(secret: str) -> bool:
    """Whether it is one that people write when they mean to put a real one there later."""
    plain = secret.lower()
    return len(set(plain)) < LEAST_CHARACTERS or any(word in plain for word in SAID_OFTEN)


def front(settings: Mapping[str, str]) -> SplitResult:
    """The public address in its parts."""
    return urlsplit(settings["STAYBASE_PUBLIC_URL"])


def is_on_loopback(settings: Mapping[str, str]) -> bool:
    """Whether only this machine can open the address: then Caddy's own authority vouches for it."""
    host = front(settings).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def is_production(settings: Mapping[str, str]) -> bool:
    """Whether this copy has guests."""
    return settings["STAYBASE_DEVELOPMENT"] != "1"


def public_port(environ: Mapping[str, str]) -> int | None:
    """The port that the public address names; None when it is none."""
    try:
        parts = urlsplit(environ.get("STAYBASE_PUBLIC_URL", ""))
        return (parts.port or 443) if parts.scheme == "https" and parts.hostname else None
    except ValueError:
        return None


def environment_of_up(*, production: bool) -> Mapping[str, str]:
    """What `up` was told."""
    return given(os.environ) if production else os.environ
