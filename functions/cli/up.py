"""`up`: sets a copy up, starts it, waits until every part is healthy, and says where everything is."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping

from rich.console import Console

from functions.cli import cluster as clusters
from functions.cli import data_api, environment, processes
from functions.cli import parts as stack
from functions.cli.follow import ENDING
from functions.cli.home import ROOT, Home, State, is_running, read_state
from functions.cli.production import environment_of_up
from functions.cli.refusal import Refusal
from functions.cli.summary import welcome

PATIENCE = 300.0


def up(console: Console, *, detach: bool, production: bool = False) -> int:
    """Bring this copy up; in the foreground it stays until Ctrl-C and takes everything down with it."""
    told = environment_of_up(production=production)
    home = Home.here()
    if is_running(home):
        return already_up(home, console)
    settings = set_up(home, console, told)
    supervisor = launch(home, attached=not detach)
    try:
        state = wait_until_up(home, supervisor, console)
        if not detach:
            greet(console, settings, state)
    except BaseException:
        supervisor.terminate()
        supervisor.wait()
        raise
    if detach:
        # It is up, whether or not somebody reads on: `up --detach | head -1` ends the reading alone.
        greet(console, settings, state)
        console.print(
            "It runs in the background: [bold]./staybase status[/] shows it, [bold]down[/] ends it."
        )
        return 0
    # The supervisor watches this process: a small one takes its place and number, and hears Ctrl-C then.
    signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
    console.print("[bold]Ctrl-C[/] ends all of it.")
    sys.stdout.flush()
    return os.execv(sys.executable, [sys.executable, "-m", "functions.cli.follow", str(supervisor.pid)])  # noqa: S606


def greet(console: Console, settings: dict[str, str], state: State) -> None:
    """Say where everything is. A database that died just now is for the supervisor, and ends nothing."""
    from psycopg import OperationalError

    try:
        welcome(console, settings, state)
    except (OperationalError, Refusal):
        console.print("The database went away just now and is being started again; then: ./staybase link")


def set_up(home: Home, console: Console, told: Mapping[str, str]) -> dict[str, str]:
    """Everything that has to be there before the first process; refuses with one line, nothing half-made."""
    data_api.binary()
    home.make()
    clusters.check_room(home.folder)
    port = environment.public_port({**told, **environment.choices(environment.load(home), told)})
    if not environment.is_free(port):
        raise Refusal(
            f"Port {port} is taken by another program.",
            f"End that program, or choose another port: STAYBASE_PORT={port + 1} ./staybase up",
        )
    settings = environment.prepare(home, told)
    cluster = stack.own_cluster(home, settings)
    if cluster is None:
        return settings
    if not cluster.data.exists():
        with console.status("making the database cluster"):
            clusters.create(cluster, stack.CRON)
    clusters.configure(cluster, stack.CRON)
    return settings


def launch(home: Home, *, attached: bool) -> "subprocess.Popen[bytes]":
    """Start the supervisor in a session of its own; an attached one ends when this process does."""
    environ = {**os.environ, "STAYBASE_HOME": str(home.folder)}
    if attached:
        environ["STAYBASE_ATTACHED_TO"] = str(os.getpid())
    (home.run / "state.json").unlink(missing_ok=True)
    with (home.logs / "supervisor.log").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "functions.cli.supervisor"],
            cwd=ROOT, env=environ, start_new_session=True,
            stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
        )  # fmt: skip


def wait_until_up(home: Home, supervisor: "subprocess.Popen[bytes]", console: Console) -> State:
    """Follow the start until all is healthy; the reason, when it is not."""
    deadline = time.monotonic() + PATIENCE
    with console.status("starting") as progress:
        while time.monotonic() < deadline:
            state = read_state(home)
            if state is not None and state.phase == "up":
                return state
            if supervisor.poll() is not None:
                state = read_state(home)
                reason = state.message if state is not None and state.message else ""
                raise Refusal(
                    reason or "Staybase did not start.", "" if reason else "See: ./staybase logs supervisor"
                )
            progress.update(told(home, state))
            time.sleep(0.1)
    raise Refusal(f"Staybase was not up after {PATIENCE:.0f} seconds.", "See: ./staybase doctor")


def told(home: Home, state: State | None) -> str:
    """What is happening right now, for the one line of progress."""
    if state is None:
        return "starting"
    if state.phase == "preparing":
        from functions.cli.supervisor import last_line

        return f"{state.message}: {last_line(home.logs / 'prepare.log')}"
    waiting = [name for name, part in state.parts.items() if not part.healthy]
    return f"waiting for {', '.join(waiting)}" if waiting else state.message or "starting"


def already_up(home: Home, console: Console) -> int:
    """Second time asked: say so, refresh the demo, show everything again."""
    state = read_state(home)
    if not processes.wait_until(lambda: (read_state(home) or State()).phase == "up", 60, 0.2):
        raise Refusal(
            "Staybase is being started or ended here by another command.", "Wait for it, then ask again."
        )
    state = read_state(home) or State()
    settings = environment.needed(home)
    asked = os.environ.get("STAYBASE_PORT")
    console.print(f"Staybase is already running at [bold]{settings['STAYBASE_PUBLIC_URL']}[/].")
    if asked and asked != settings["STAYBASE_PORT"]:
        raise Refusal(
            f"It listens on port {settings['STAYBASE_PORT']}, not on {asked}.",
            "End it (./staybase down), or give the second copy a home: STAYBASE_HOME=… ./staybase up",
        )
    if settings["STAYBASE_DEVELOPMENT"] == "1":
        from functions.cli.migrate import connect
        from functions.cli.seed import refresh_demo

        with connect(settings["STAYBASE_OWNER_URL"]) as conn:
            refresh_demo(conn)
    welcome(console, settings, state)
    return 0
