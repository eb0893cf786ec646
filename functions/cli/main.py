"""The commands. Each imports what it needs when it is asked for, so that `--help` is quick."""

import json
import sys
from typing import Annotated

import typer
from rich.console import Console

from functions.cli.home import Home
from functions.cli.refusal import Refusal

app = typer.Typer(
    name="staybase",
    help="The backend that a small hotel group runs its guest services on.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
platform_user = typer.Typer(help="The platform's own people, who see tenants and never a guest.")
app.add_typer(platform_user, name="platform-user")
notifications = typer.Typer(help="Messages to guests and teams.")
app.add_typer(notifications, name="notifications")
console = Console(highlight=False)
PASSED_ON = {"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []}


@app.command()
def up(
    detach: Annotated[bool, typer.Option("--detach", "-d", help="Run in the background.")] = False,
    production: Annotated[
        bool,
        typer.Option("--production", help="For guests: TLS at STAYBASE_PUBLIC_URL, no demo, no sandbox."),
    ] = False,
) -> None:
    """Set everything up, start it, and say where it is. Ctrl-C ends it."""
    from functions.cli.up import up as bring_up

    raise typer.Exit(bring_up(console, detach=detach, production=production))


@app.command()
def down() -> None:
    """End everything that runs for this home."""
    from functions.cli.down import down as end

    with console.status("ending"):
        found = end(Home.here())
    console.print("Staybase is down." if found else "Staybase was not running.")


@app.command()
def status() -> None:
    """Show what runs, where, and how it is doing."""
    from functions.cli.status import status as show

    raise typer.Exit(show(console))


@app.command()
def logs(
    part: Annotated[str | None, typer.Argument(help="One part; all when left out.")] = None,
    lines: Annotated[int, typer.Option("--lines", "-n", help="How many lines of each.")] = 40,
    follow: Annotated[bool, typer.Option("--follow", "-f", help="Go on printing.")] = False,
) -> None:
    """Print what the parts said."""
    from functions.cli.status import logs as read

    for line in read(part, lines=lines, follow=follow):
        print(line, flush=follow)


@app.command()
def doctor() -> None:
    """Say what is wrong, and the command that mends it."""
    from functions.cli.doctor import doctor as examine

    raise typer.Exit(examine(console))


@app.command()
def reset(yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False) -> None:
    """End everything and forget all data, secrets and ports of this home."""
    from functions.cli.down import reset as forget

    home = Home.here()
    if not yes and not typer.confirm(f"Delete all data of {home.folder}?", default=False):
        console.print("Nothing was changed.")
        raise typer.Exit(1)
    with console.status("forgetting"):
        forget(home)
    console.print("All data is gone. Start anew with: ./staybase up")


@app.command()
def migrate(
    url: Annotated[str | None, typer.Option(help="Another database than this home's.")] = None,
) -> None:
    """Bring a database up to db/ and sql/."""
    import os

    from functions.cli.environment import load, needed
    from functions.cli.migrate import migrate as bring_up_to_date

    settings = load(Home.here()) if url else needed(Home.here())
    development = (
        os.environ.get("STAYBASE_DEVELOPMENT", "0" if url else settings["STAYBASE_DEVELOPMENT"]) == "1"
    )
    address = url or settings["STAYBASE_OWNER_URL"]
    with console.status("migrating"):
        outcome = bring_up_to_date(address, development=development, report=console.print)
        if outcome.changed and not url:
            from functions.cli.schema_cache import wait_until_seen

            wait_until_seen(settings)
    console.print("Everything was up to date." if not outcome.changed else outcome.summary)


@app.command()
def seed(
    url: Annotated[
        str | None, typer.Option(help="Another database than this home's; never the demo.")
    ] = None,
) -> None:
    """Load the reference data and, in a development build, the demo. Safe to repeat."""
    from functions.cli.environment import needed
    from functions.cli.migrate import connect
    from functions.cli.prepare import seed as lay

    settings = {} if url else needed(Home.here())
    with connect(url or settings["STAYBASE_OWNER_URL"]) as conn:
        lay(conn, development=settings.get("STAYBASE_DEVELOPMENT") == "1")
    console.print("The seeds are in.")


@app.command()
def link(as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False) -> None:
    """List the demo guests' portal links."""
    from functions.cli.environment import needed
    from functions.cli.links import links

    found = links(needed(Home.here()))
    if as_json:
        print(json.dumps([one.as_json() for one in found], indent=2, ensure_ascii=False))
        return
    from functions.cli.summary import portal_table

    console.print(portal_table(found), soft_wrap=True)


@app.command()
def token(
    name: Annotated[str | None, typer.Option("--as", help="Whose: reception@hamsun.example, …")] = None,
    everyone: Annotated[bool, typer.Option("--list", help="Name the cast, one a line.")] = False,
) -> None:
    """Print an access token for a member of the demo's cast."""
    from functions.cli.environment import needed
    from functions.cli.links import members
    from functions.cli.links import token as mint

    settings = needed(Home.here())
    if everyone:
        print("\n".join(members(settings)))
        return
    if name is None:
        raise Refusal("Whose token?", "Say --as reception@hamsun.example, or --list to see the cast.")
    print(mint(settings, name))


@platform_user.command("add")
def add_platform_user(
    email: Annotated[str, typer.Argument(help="What they sign in with at /platform/login.")],
    name: Annotated[str, typer.Option("--name", help="Their name.")],
) -> None:
    """Make a platform user, or give one a new password. It is asked for, or read from standard input."""
    from functions.cli.environment import needed
    from functions.cli.platform_user import add, asked_password

    add(needed(Home.here()), email, name, asked_password())
    console.print(f"{email} may sign in at /platform/login.")


@app.command()
def sender(tenant: str, channel: str, address: str) -> None:
    """Say what a hotel writes from, as in casa-verde whatsapp +12025550100: it is found by it, too."""
    from functions.cli.environment import needed
    from functions.cli.sender import set_sender

    console.print(f"{tenant} writes from {set_sender(needed(Home.here()), tenant, channel, address)}.")


@notifications.command("retry")
def retry_notifications(
    everything: Annotated[bool, typer.Option("--all", help="All that are dead.")] = False,
    channel: Annotated[str | None, typer.Option("--channel", help="whatsapp, sms, email or slack.")] = None,
    message: Annotated[str | None, typer.Option("--id", help="One of them, failed or unknown too.")] = None,
    tenant: Annotated[str | None, typer.Option("--tenant", help="One hotel's, by its short name.")] = None,
) -> None:
    """Send dead messages again, and say what was done with each."""
    from functions.cli.environment import needed
    from functions.cli.notifications import retry

    settings = needed(Home.here())
    for line in retry(settings, everything=everything, channel=channel, message=message, tenant=tenant):
        print(line)


@app.command(context_settings=PASSED_ON)
def test(context: typer.Context) -> None:
    """Run the tests; needs no running stack. Arguments go to pytest; --long adds what takes minutes."""
    from functions.cli.quality import test as run

    raise typer.Exit(run(console, context.args))


@app.command()
def check() -> None:
    """Lint, types, migrations, every SQL function, the catalog, dress and layout."""
    from functions.cli.quality import check as run

    raise typer.Exit(run(console))


@app.command(context_settings=PASSED_ON)
def bench(context: typer.Context) -> None:
    """Measure a stack of its own (--json for programs)."""
    from functions.cli.quality import bench as run

    raise typer.Exit(run(context.args))


def main() -> None:
    """Run a command; what a person can mend is one line, and the exit code says so."""
    try:
        app()
    except Refusal as refusal:
        print(f"staybase: {refusal}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
