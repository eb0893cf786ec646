"""`link` and `token`: the demo's doors, on a development machine only."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from functions.cli.migrate import connect
from functions.cli.refusal import Refusal


@dataclass(frozen=True)
class Link:
    """One demo guest's way into the portal."""

    code: str
    url: str
    state: str
    property: str
    guest: str
    tenant: str

    def as_json(self) -> dict[str, str]:
        """As `link --json` prints it."""
        return asdict(self)


def links(settings: Mapping[str, str]) -> list[Link]:
    """Every live code of the demo."""
    refuse_production(settings)
    with connect(settings["STAYBASE_OWNER_URL"]) as conn:
        rows = conn.execute(
            "select code, state, property, guest, tenant from app.development_links()"
        ).fetchall()
    front = settings["STAYBASE_PUBLIC_URL"]
    return [
        Link(str(code), f"{front}/?c={code}", str(state), str(home), str(guest), str(tenant))
        for code, state, home, guest, tenant in rows
    ]


def members(settings: Mapping[str, str]) -> list[str]:
    """The cast, by e-mail, which says who and where: reception@hamsun.example."""
    refuse_production(settings)
    with connect(settings["STAYBASE_OWNER_URL"]) as conn:
        return [str(row[0]) for row in conn.execute("select email from app.development_cast()").fetchall()]


def token(settings: Mapping[str, str], email: str) -> str:
    """An access token for a member of the cast."""
    from functions.shared.settings import Settings
    from functions.shared.tokens import mint

    refuse_production(settings)
    with connect(settings["STAYBASE_OWNER_URL"]) as conn:
        row = conn.execute("select app.open_development_session(%s)", (email,)).fetchone()
    session = row and row[0]
    if not isinstance(session, dict):
        raise Refusal(f"Nobody of the cast is called {email}.", "See who there is: ./staybase token --list")
    known = Settings.model_fields
    given = {
        name: settings[f"STAYBASE_{name.upper()}"] for name in known if f"STAYBASE_{name.upper()}" in settings
    }
    return mint(Settings.model_validate(given), session)[0]


def refuse_production(settings: Mapping[str, str]) -> None:
    """These doors exist in a development build only."""
    if settings["STAYBASE_DEVELOPMENT"] != "1":
        raise Refusal(
            "This copy is not a development build.", "Links and tokens of the cast exist in the demo only."
        )
