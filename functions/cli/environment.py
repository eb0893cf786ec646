"""The settings of one copy, kept in $STAYBASE_HOME/env: secrets, remembered ports, the owner's choices."""

import json
import os
import secrets
import socket
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit, urlunsplit

from functions.cli import production
from functions.cli.cluster import DATABASE, free_port, new_password
from functions.cli.home import DEFAULT_PORT, Home
from functions.cli.refusal import Refusal

PORTS = ("postgres", "postgrest", "postgrest_admin", "functions", "sandbox", "sandbox_smtp")

# Secrets are made once and kept: a new one would end every session.
SECRETS: dict[str, Callable[[], str]] = {
    "STAYBASE_JWT_SECRET": lambda: secrets.token_hex(32),
    "STAYBASE_PUBLISHABLE_KEY": lambda: "sb_publishable_" + secrets.token_hex(16),
    "STAYBASE_SECRET_KEY": lambda: "sb_secret_" + secrets.token_hex(24),
    "STAYBASE_POSTGRES_PASSWORD": new_password,
    "STAYBASE_AUTHENTICATOR_PASSWORD": new_password,
    "STAYBASE_SERVICE_PASSWORD": new_password,
}
SANDBOX_SECRETS: dict[str, Callable[[], str]] = {
    "STAYBASE_SANDBOX_TWILIO_SID": lambda: "AC" + secrets.token_hex(16),
    "STAYBASE_SANDBOX_TWILIO_TOKEN": lambda: secrets.token_hex(16),
    "STAYBASE_SANDBOX_SLACK_TOKEN": lambda: f"xoxb-sandbox-{secrets.token_hex(16)}",
    "STAYBASE_SANDBOX_SLACK_SECRET": lambda: secrets.token_hex(16),
    "STAYBASE_SANDBOX_SMTP_PASSWORD": lambda: secrets.token_hex(16),
}
# The mail server that a hotel's mail leaves by.
MAIL = ("SMTP_HOST", "SMTP_PORT", "SMTP_USER", "SMTP_PASSWORD", "SMTP_SECURITY", "SMTP_FROM")
# What the owner may configure: from the environment of `up`, remembered until told otherwise.
OWNERS = (
    "DATABASE_URL",
    "STAYBASE_DEVELOPMENT",
    "STAYBASE_PUBLIC_URL",
    "TWILIO_ACCOUNT_SID",
    "TWILIO_AUTH_TOKEN",
    "TWILIO_WHATSAPP_FROM",
    "STAYBASE_FILES_URL",
    "TWILIO_SMS_FROM",
    "SLACK_BOT_TOKEN",
    "SLACK_SIGNING_SECRET",
    "STAYBASE_OPERATOR_EMAIL",
    *MAIL,
)
# Two roles that log in. Where a database keeps their passwords to itself, its owner names whole addresses.
LOGINS = {"STAYBASE_AUTHENTICATOR_URL": "authenticator", "STAYBASE_SERVICE_URL": "service"}
SANDBOX_FOR = {
    "TWILIO_ACCOUNT_SID": "STAYBASE_SANDBOX_TWILIO_SID",
    "TWILIO_AUTH_TOKEN": "STAYBASE_SANDBOX_TWILIO_TOKEN",
    "SLACK_BOT_TOKEN": "STAYBASE_SANDBOX_SLACK_TOKEN",
    "SLACK_SIGNING_SECRET": "STAYBASE_SANDBOX_SLACK_SECRET",
    "SMTP_PASSWORD": "STAYBASE_SANDBOX_SMTP_PASSWORD",
}


def load(home: Home) -> dict[str, str]:
    """The settings as last written; empty before the first `up`."""
    try:
        lines = home.environment_file.read_text().splitlines()
    except FileNotFoundError:
        return {}
    return dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))


def needed(home: Home) -> dict[str, str]:
    """The settings of a copy that has been set up."""
    settings = load(home)
    if not settings:
        raise Refusal("Staybase has not been set up here.", "Set it up with: ./staybase up")
    return settings


def prepare(home: Home, environ: Mapping[str, str] | None = None) -> dict[str, str]:
    """Make or renew the settings before a start: secrets stay, ports that others took are picked anew.

    In production what is missing or weak is refused, before anything is written.
    """
    given = os.environ if environ is None else environ
    old = load(home)
    chosen = choices(old, given)
    development = (chosen["STAYBASE_DEVELOPMENT"] or "1") in {"1", "true"}
    makers = SECRETS | (SANDBOX_SECRETS if development else {})
    kept = {name: _brought(name, given) or old.get(name) or make() for name, make in makers.items()}
    own_sandbox = {name: kept.get(own, "") for name, own in SANDBOX_FOR.items()}
    real = {name: value for name in SANDBOX_FOR if (value := chosen[name]) and value != own_sandbox[name]}
    sandboxed = development and not real
    port = public_port({**given, **chosen})
    ports = _ports(home)
    sandbox_url = f"http://127.0.0.1:{ports['sandbox']}" if sandboxed else ""
    address = (
        chosen["DATABASE_URL"]
        or f"postgresql://postgres:{kept['STAYBASE_POSTGRES_PASSWORD']}@127.0.0.1:{ports['postgres']}/{DATABASE}"
    )
    settings = {
        "STAYBASE_HOME": str(home.folder),
        "STAYBASE_PORT": str(port),
        "STAYBASE_PUBLIC_URL": _public_url(chosen["STAYBASE_PUBLIC_URL"], old.get("STAYBASE_PORT"), port),
        "STAYBASE_DEVELOPMENT": "1" if development else "0",
        "DATABASE_URL": chosen["DATABASE_URL"],
        "STAYBASE_OWNER_URL": address,
        **{name: given.get(name) or _login(name, address, old, kept) for name in LOGINS},
        "STAYBASE_POSTGREST_URL": f"http://127.0.0.1:{ports['postgrest']}",
        "STAYBASE_POSTGREST_ADMIN_URL": f"http://127.0.0.1:{ports['postgrest_admin']}",
        "STAYBASE_FUNCTIONS_PORT": str(ports["functions"]),
        "STAYBASE_SANDBOX_URL": sandbox_url,
        "STAYBASE_JWT_AUDIENCE": "staybase",
        "STAYBASE_JWT_ISSUER": "staybase",
        "TWILIO_API_URL": sandbox_url,
        "SLACK_API_URL": f"{sandbox_url}/api/" if sandboxed else "",
        "BEDS24_API_URL": f"{sandbox_url}/beds24/v2" if sandboxed else "",
        "TWILIO_WHATSAPP_FROM": chosen["TWILIO_WHATSAPP_FROM"],
        "STAYBASE_FILES_URL": chosen["STAYBASE_FILES_URL"],
        "TWILIO_SMS_FROM": chosen["TWILIO_SMS_FROM"],
        "STAYBASE_OPERATOR_EMAIL": chosen["STAYBASE_OPERATOR_EMAIL"],
        **kept,
        **(sandbox_mail(ports) if sandboxed else own_mail(old, given)),
        **(own_sandbox if sandboxed else {name: real.get(name, "") for name in SANDBOX_FOR}),
    }
    if development and old.get("STAYBASE_DEVELOPMENT") == "0":
        raise Refusal(
            f"{home.folder} is production's.", "Give the demo a home: STAYBASE_HOME=… ./staybase up"
        )
    if not development:
        production.refuse_unready(home, settings, old, chosen)
    _remember(home, ports)
    write(home, settings)
    return settings


def sandbox_mail(ports: Mapping[str, int]) -> dict[str, str]:
    """The sandbox's mail server, and where it listens."""
    return {
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": str(ports["sandbox_smtp"]),
        "SMTP_USER": "sandbox",
        "SMTP_SECURITY": "none",
        "SMTP_FROM": "stay@staybase.example",
        "STAYBASE_SANDBOX_SMTP_PORT": str(ports["sandbox_smtp"]),
    }


def own_mail(old: Mapping[str, str], given: Mapping[str, str]) -> dict[str, str]:
    """The hotel's own mail server; what the sandbox's was is not remembered for it."""
    before = {} if old.get("STAYBASE_SANDBOX_SMTP_PORT") else old
    return {name: given.get(name, before.get(name, "")) for name in MAIL}


def choices(old: Mapping[str, str], given: Mapping[str, str]) -> dict[str, str]:
    """What the owner configured: now, or before."""
    return {name: given.get(name, old.get(name, "")) for name in OWNERS}


def _brought(name: str, given: Mapping[str, str]) -> str:
    """A secret that the owner brings along; the cluster's own password was set when it was made."""
    return "" if name == "STAYBASE_POSTGRES_PASSWORD" else given.get(name, "")


def write(home: Home, settings: Mapping[str, str]) -> None:
    """Replace the file in one step; nobody but its owner may ever read it."""
    beside = home.environment_file.with_suffix(".new")
    text = "".join(f"{name}={value}\n" for name, value in settings.items())
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(
            "# Written by ./staybase up; run it with TWILIO_…, SLACK_…, DATABASE_URL set to change those.\n"
            + text
        )
    beside.replace(home.environment_file)


def as_role(address: str, role: str, password: str) -> str:
    """The same database, entered by another role."""
    parts = urlsplit(address)
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{role}:{password}@{host}"))


def _login(name: str, address: str, old: Mapping[str, str], kept: Mapping[str, str]) -> str:
    """How a login role comes in: as its owner once said, else with the password that we keep."""
    role = LOGINS[name]
    secret = f"STAYBASE_{role.upper()}_PASSWORD"
    if old.get(name) and old.get(secret, "") not in old[name]:
        return old[name]
    return as_role(address, role, kept[secret])


def public_port(given: Mapping[str, str]) -> int:
    """The one port that people open: the one named, else production's address's, else 8080."""
    development = (given.get("STAYBASE_DEVELOPMENT") or "1") in {"1", "true"}
    derived = None if development else production.public_port(given)
    text = given.get("STAYBASE_PORT") or str(derived or DEFAULT_PORT)
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise Refusal(f"STAYBASE_PORT is {text!r}, which is no port.", "Set it to a number from 1 to 65535.")
    return int(text)


def is_free(port: int) -> bool:
    """Whether nobody listens on a loopback port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _public_url(chosen: str, old_port: str | None, port: int) -> str:
    derived = {f"http://127.0.0.1:{old}" for old in (old_port, DEFAULT_PORT)}
    return chosen.rstrip("/") if chosen and chosen not in derived else f"http://127.0.0.1:{port}"


def _ports(home: Home) -> dict[str, int]:
    try:
        remembered: dict[str, int] = json.loads(home.ports_file.read_text())
    except (OSError, ValueError):
        remembered = {}
    ports: dict[str, int] = {}
    for name in PORTS:
        port = remembered.get(name, 0)
        while port in ports.values() or port == 0 or not is_free(port):
            port = free_port()
        ports[name] = port
    return ports


def _remember(home: Home, ports: Mapping[str, int]) -> None:
    home.ports_file.write_text(json.dumps(ports, indent=1) + "\n")
