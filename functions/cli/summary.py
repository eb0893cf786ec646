"""What `up` says at the end: where everything is and what to try."""

from collections.abc import Mapping

from rich.console import Console
from rich.table import Table

from functions.cli.home import State
from functions.cli.links import Link, links

STATES = ("pre_checkin", "arrival_day", "in_house", "departure_day", "post_checkout")
CLERK = "reception@hamsun.example"


def welcome(console: Console, settings: Mapping[str, str], state: State) -> None:
    """Portal links, the inbox, the sandbox, and the next thing to do."""
    front = settings["STAYBASE_PUBLIC_URL"]
    if settings["STAYBASE_DEVELOPMENT"] != "1":
        console.print(f"Staybase is up at [bold]{front}[/]. A hotel registers at {front}/admin/register")
        return
    demo = links(settings)
    chosen = [
        first for name in STATES if (first := next((link for link in demo if link.state == name), None))
    ]
    console.print(
        f"\nStaybase is up at [bold]{front}[/], with two demo hotels and no account anywhere.\n",
        soft_wrap=True,
    )
    console.print(portal_table(chosen))
    console.print(f"\nInbox     {front}/app/inbox")
    console.print(
        f"  sign in {front}/dev/sign-in?as={CLERK}   (others: ./staybase token --list)", soft_wrap=True
    )
    if settings["STAYBASE_SANDBOX_URL"]:
        console.print(f"Sandbox   {front}/sandbox   (what WhatsApp and Slack received)", soft_wrap=True)
    guest = next((link for link in chosen if link.state == "in_house"), None)
    if guest is not None:
        console.print(
            f"\nTry next: sign in to the inbox, open {guest.guest}'s link beside it, ask for two towels,"
            " press Acknowledge in the inbox, then look at the sandbox.",
            soft_wrap=True,
        )
    console.print()


def portal_table(chosen: list[Link]) -> Table:
    """One demo guest for each stay state."""
    table = Table(
        "Stay state", "Guest", "Hotel", "Portal link", box=None, pad_edge=False, header_style="bold"
    )
    for link in chosen:
        table.add_row(link.state, link.guest, f"{link.tenant} {link.property}", link.url, style=None)
    table.columns[3].no_wrap = True
    table.columns[3].overflow = "ignore"
    return table
