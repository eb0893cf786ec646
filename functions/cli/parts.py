"""The parts of the stack: how each is started, and how one sees that it is healthy. Standard library only."""

import http.client
import os
import signal
import socket
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from functions.cli import cluster as clusters
from functions.cli import data_api, gateway
from functions.cli.cluster import DATABASE, Cluster
from functions.cli.home import ROOT, Home
from functions.cli.production import is_production

CRON = {"cron.database_name": DATABASE, "cron.use_background_workers": "on"}


@dataclass(frozen=True)
class Part:
    """One process of the stack."""

    name: str
    command: list[str | Path]
    is_healthy: Callable[[], bool]
    user: str | None = None
    stop: int = signal.SIGTERM
    cwd: Path = ROOT
    patience: float = 15.0
    """Seconds it may take to end before it is killed."""
    settle: float = 0.0
    """Seconds it has to live before it counts as healthy, where nothing can be asked."""


def own_cluster(home: Home, settings: Mapping[str, str]) -> Cluster | None:
    """The cluster of this home; None where DATABASE_URL names an existing PostgreSQL."""
    if settings["DATABASE_URL"]:
        return None
    near = home.folder / "postgres"
    data = (
        near
        if near.exists() or (not home.distant_cluster.exists() and clusters.reaches(home.folder))
        else home.distant_cluster
    )
    port = urlsplit(settings["STAYBASE_OWNER_URL"]).port or 0
    return Cluster(data, port, settings["STAYBASE_POSTGRES_PASSWORD"])


def database(cluster: Cluster) -> Part:
    """The PostgreSQL server; SIGINT is its fast shutdown."""
    return Part(
        "postgres", cluster.command, lambda: clusters.is_ready(cluster),
        user=clusters.account(), stop=signal.SIGINT, cwd=Path("/"), patience=30,
    )  # fmt: skip


def preparation() -> list[str | Path]:
    """What runs once the database answers and before anything else starts: migrations and seeds."""
    return [sys.executable, "-m", "functions.cli.prepare"]


def others(home: Home, settings: Mapping[str, str]) -> list[Part]:
    """Everything that stands on the database."""
    functions, sandbox = (
        f"http://127.0.0.1:{settings['STAYBASE_FUNCTIONS_PORT']}",
        settings["STAYBASE_SANDBOX_URL"],
    )
    admin = settings["STAYBASE_POSTGREST_ADMIN_URL"]
    parts = [
        Part(
            "postgrest",
            [data_api.binary(), home.run / "postgrest.conf"],
            lambda: answers(f"{admin}/ready", {200}),
        ),
        Part(
            "functions",
            uvicorn("functions.app:app", functions),
            lambda: answers(f"{functions}/functions/v1/health"),
        ),
        Part("worker", [sys.executable, "-m", "functions.notify.worker"], lambda: True, settle=1.0),
    ]
    if sandbox:
        parts.append(
            Part(
                "sandbox",
                uvicorn("functions.sandbox.app:app", sandbox),
                lambda: answers(f"{sandbox}/sandbox"),
            )
        )
    caddy = Path(sys.executable).parent / "caddy"
    command: list[str | Path] = [caddy, "run", "--config", home.run / "Caddyfile", "--adapter", "caddyfile"]
    parts.append(Part("gateway", command, lambda: gateway_answers(settings)))
    return parts


def uvicorn(app: str, url: str) -> list[str | Path]:
    """One uvicorn process on loopback; open event streams do not hold it up when it ends."""
    port = url.rpartition(":")[2]
    return [
        sys.executable, "-m", "uvicorn", app, "--host", "127.0.0.1", "--port", port, "--no-access-log",
        "--log-level", "warning", "--timeout-graceful-shutdown", "2",
        "--proxy-headers", "--forwarded-allow-ips", "127.0.0.1",
    ]  # fmt: skip


def write_configuration(home: Home, settings: Mapping[str, str]) -> None:
    """Generate what the parts read; both files are for their owner's eyes."""
    for name, text in (
        ("Caddyfile", gateway.caddyfile(settings)),
        ("postgrest.conf", data_api.configuration(settings)),
    ):
        path = home.run / name
        path.touch(mode=0o600)
        path.write_text(text)


def environment(home: Home, settings: Mapping[str, str], part: str) -> dict[str, str]:
    """What a part finds in its environment: the settings and little else; PostgreSQL gets no secret."""
    base = {
        "PATH": f"{Path(sys.executable).parent}:{os.environ.get('PATH', '/usr/bin:/bin')}",
        "LC_ALL": "C.UTF-8",
    }
    if part == "postgres":
        return base
    own = {
        "HOME": str(home.run),
        "XDG_DATA_HOME": str(home.run),
        "XDG_CONFIG_HOME": str(home.run),
        "STAYBASE_PART": part,
    }
    if part == "gateway":
        return base | own
    lean = {"PYTHONUNBUFFERED": "1", "PYTHONDONTWRITEBYTECODE": "", "MALLOC_ARENA_MAX": "2"}
    # the store of files is asked for by its maker's own names
    store = {name: value for name, value in os.environ.items() if name.startswith("AWS_")}
    return base | own | lean | (store if settings.get("STAYBASE_FILES_URL") else {}) | dict(settings)


def gateway_answers(settings: Mapping[str, str]) -> bool:
    """Whether the gateway serves the data API; of production's only whether it listens."""
    port = int(settings["STAYBASE_PORT"])
    if not is_production(settings):
        return answers(f"http://127.0.0.1:{port}/rest/v1/", {200})
    try:
        socket.create_connection(("127.0.0.1", port), timeout=2).close()
    except OSError:
        return False
    return True


def answers(url: str, expected: set[int] | None = None) -> bool:
    """Whether something answers at an address; with `expected`, whether with one of these statuses."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "127.0.0.1", parts.port, timeout=2)
    try:
        connection.request("GET", parts.path or "/")
        status = connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return status in expected if expected else status < 500
