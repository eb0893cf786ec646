"""`up --production` refuses what would not hold; what it starts is for guests, by TLS and without a demo."""

import re
import ssl
from collections.abc import Iterator, Mapping
from pathlib import Path

import httpx2
import pytest

from functions.cli import environment, production
from functions.cli.cluster import free_port
from functions.cli.gateway import caddyfile
from functions.cli.home import Home
from functions.cli.refusal import Refusal
from tests.stack import Stack, run, running_stack, temporary_home

# Whole to look at, and nobody's.
CREDENTIALS = {
    "TWILIO_ACCOUNT_SID": "AC7f3e19b2c4d58a60e1f2937b4c5d6e8a",
    "TWILIO_AUTH_TOKEN": "0b9d7e31f5a842c6d8e4b1a7f3c92e65",
    "SLACK_BOT_TOKEN": "xoxb-" + "0192837465-Zy8Xw7Vu6Ts5",
    "SLACK_SIGNING_SECRET": "5c1f8e02b7d94a36e0c2f7158d3b6a94",
}
READY = {**CREDENTIALS, "STAYBASE_PUBLIC_URL": "https://stay.hotel.example"}
PRODUCTION = {**READY, "STAYBASE_DEVELOPMENT": "0"}
GOOD = "c0ffee5e9a1b47d28f3e6a90d41c75b8e2f60394ab7d18ce5f2a9b60d3e47c81"


@pytest.fixture
def home() -> Iterator[Path]:
    """A temporary home."""
    with temporary_home() as folder:
        yield folder


def refusals(folder: Path, given: Mapping[str, str]) -> list[str]:
    """The lines that a start with these settings is refused with."""
    home = Home(folder)
    home.make()
    with pytest.raises(Refusal) as refused:
        environment.prepare(home, {**given, "STAYBASE_DEVELOPMENT": "0"})
    return str(refused.value).splitlines()


def test_whatever_is_missing_is_a_line_each_and_nothing_is_made(home: Path) -> None:
    done = run(home, free_port(), "up", "--production", "--detach")
    assert done.returncode == 1
    said = done.stderr.splitlines()
    assert [line.split()[1] for line in said] == ["STAYBASE_PUBLIC_URL", *CREDENTIALS]
    assert all(line.startswith("staybase: ") and " is missing. " in line for line in said)
    assert not any((home / made).exists() for made in ("postgres", "env", "ports.json"))


@pytest.mark.parametrize(
    "address",
    [
        "http://stay.hotel.example",
        "stay.hotel.example",
        "https://",
        "https://stay.hotel.example/portal",
        "https://stay.hotel.example?c=1",
        "https://me@stay.hotel.example",
        "https://stay.hotel.example:port",
    ],
)
def test_the_address_has_to_be_one(home: Path, address: str) -> None:
    [said] = refusals(home, {**READY, "STAYBASE_PUBLIC_URL": address})
    assert said.startswith(f"STAYBASE_PUBLIC_URL is {address}. ")


@pytest.mark.parametrize("name", CREDENTIALS)
@pytest.mark.parametrize("value", ["changeme", "x" * 32, "AC" + "0" * 32, "xoxb-your-token-comes-here-soon"])
def test_a_placeholder_is_no_credential(home: Path, name: str, value: str) -> None:
    [said] = refusals(home, {**READY, name: value})
    assert said.startswith(f"{name} is no real one. ")


@pytest.mark.parametrize(
    ("secret", "why"),
    [
        ("short", "has 5 bytes and needs 32"),
        ("a" * 64, "can be guessed"),
        ("change-me-change-me-change-me-change-me", "can be guessed"),
        ("super-secret-jwt-token-with-at-least-32-characters-long", "can be guessed"),
    ],
)
def test_a_weak_secret_is_refused(home: Path, secret: str, why: str) -> None:
    [said] = refusals(home, {**READY, "STAYBASE_JWT_SECRET": secret})
    assert said.startswith(f"STAYBASE_JWT_SECRET is weak: it {why}. ")
    assert secret not in said


def test_a_secret_of_ones_own_is_taken_and_the_rest_is_made(home: Path) -> None:
    made = environment.prepare(
        Home(home), {**READY, "STAYBASE_DEVELOPMENT": "0", "STAYBASE_JWT_SECRET": GOOD}
    )
    assert made["STAYBASE_JWT_SECRET"] == GOOD
    assert not any(production.weakness(made[name]) for name in production.OUR_SECRETS)
    assert [name for name in made if "SANDBOX" in name and made[name]] == []


def test_a_secret_that_is_gone_is_not_made_anew(home: Path) -> None:
    made = environment.prepare(Home(home), PRODUCTION)
    environment.write(Home(home), {**made, "STAYBASE_JWT_SECRET": ""})
    [said] = refusals(home, READY)
    assert said.startswith("STAYBASE_JWT_SECRET is gone from ")


def test_the_demo_and_production_have_homes_of_their_own(home: Path) -> None:
    environment.prepare(Home(home), {})
    [said] = refusals(home, READY)
    assert said.startswith(f"{home} holds the demo. ")


def test_production_stays_production(home: Path) -> None:
    environment.prepare(Home(home), PRODUCTION)
    assert environment.prepare(Home(home), {})["STAYBASE_DEVELOPMENT"] == "0"
    with pytest.raises(Refusal, match="is production's"):
        environment.prepare(Home(home), {"STAYBASE_DEVELOPMENT": "1"})


def test_settings_come_from_the_clones_env_file(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text(
        "# a note\nSTAYBASE_PUBLIC_URL=https://a.example\nexport SLACK_BOT_TOKEN='xoxb-1'\nEMPTY=\n"
    )
    given = production.given({"STAYBASE_PUBLIC_URL": "https://b.example"}, file)
    assert given == {
        "STAYBASE_PUBLIC_URL": "https://b.example",
        "SLACK_BOT_TOKEN": "xoxb-1",
        "STAYBASE_DEVELOPMENT": "0",
    }


def test_a_domain_is_served_to_everyone_with_a_certificate_of_its_own(home: Path) -> None:
    text = caddyfile(environment.prepare(Home(home), PRODUCTION))
    assert "https://stay.hotel.example:443 {" in text
    assert "Strict-Transport-Security" in text
    assert not any(word in text for word in ("bind 127", "auto_https", "tls internal", "/sandbox"))


@pytest.fixture(scope="module")
def hotel() -> Iterator[Stack]:
    """A copy in production, at an address that only this machine can open."""
    port = free_port()
    given = {**CREDENTIALS, "STAYBASE_PUBLIC_URL": f"https://localhost:{port}", "STAYBASE_DEVELOPMENT": "0"}
    with running_stack(given, "--production", port=port) as stack:
        yield stack


@pytest.fixture
def visitor(hotel: Stack) -> Iterator[httpx2.Client]:
    """A client that trusts the copy's own authority and nobody else."""
    authority = hotel.home.run / "caddy/pki/authorities/local/root.crt"
    with httpx2.Client(
        base_url=hotel.url, verify=ssl.create_default_context(cafile=str(authority))
    ) as client:
        yield client


def test_it_is_served_by_tls_alone_and_says_so(hotel: Stack, visitor: httpx2.Client) -> None:
    answer = visitor.get("/")
    assert answer.status_code == 200
    assert re.fullmatch(r"max-age=\d{8}", answer.headers["strict-transport-security"])
    assert visitor.get("/rest/v1/").status_code == 200
    plain = httpx2.get(hotel.url.replace("https://", "http://"))
    assert plain.status_code == 400


def test_a_strangers_certificate_is_not_taken(hotel: Stack) -> None:
    with pytest.raises(httpx2.ConnectError, match="certificate verify failed"):
        httpx2.get(hotel.url, verify=ssl.create_default_context())


@pytest.mark.parametrize(
    "path", ["/dev", "/dev/sign-in?as=owner@hamsun.example", "/sandbox", "/sandbox/messages"]
)
def test_nothing_of_development_answers(visitor: httpx2.Client, path: str) -> None:
    assert visitor.get(path).status_code == 404


def test_nothing_of_development_is_in_the_database(hotel: Stack) -> None:
    with hotel.connect() as conn:
        names = conn.execute("select proname from pg_proc where proname ~ 'development'").fetchall()
        tenants = conn.execute(
            "select count(*) from public.tenants where slug in ('hamsun', 'alpine')"
        ).fetchone()
        now = conn.execute("select prosrc from pg_proc where oid = 'app.now()'::regprocedure").fetchone()
    assert (names, tenants) == ([], (0,))
    assert now is not None
    assert "clock" not in now[0]


@pytest.mark.parametrize("words", [("link",), ("token", "--list"), ("token", "--as", "owner@hamsun.example")])
def test_the_demos_doors_are_shut(hotel: Stack, words: tuple[str, ...]) -> None:
    done = run(hotel.home.folder, 0, *words)
    assert (done.returncode, done.stdout) == (1, "")
    assert "not a development build" in done.stderr


def test_a_hotel_registers_and_its_cookies_are_this_hosts_alone(visitor: httpx2.Client) -> None:
    house = {
        "code": "ALD",
        "name": "The Lodge",
        "country": "PK",
        "time_zone": "Asia/Karachi",
        "currency": "PKR",
    }
    owner = {"name": "Zara Aziz", "email": "zara@lodge.example", "password": "river bottle monday lantern"}
    answer = visitor.post(
        "/functions/v1/auth-register",
        json={"hotel_name": "Lodge and Sons", "owner": owner, "property": house},
        headers={"Idempotency-Key": "a hotel begins"},
    )
    assert answer.status_code == 201, answer.text
    cookies = answer.headers.get_list("set-cookie")
    assert {one.partition("=")[0] for one in cookies} == {
        "__Host-staybase_admin",
        "__Host-staybase_admin_access",
    }
    assert all(
        "; Secure" in one and "; HttpOnly" in one and "; Path=/" in one and "Domain" not in one
        for one in cookies
    )


def test_it_is_up_and_well(hotel: Stack) -> None:
    done = run(hotel.home.folder, 0, "status")
    assert done.returncode == 0, done.stdout
    assert set(hotel.state.parts) == {"postgres", "postgrest", "functions", "worker", "gateway"}


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ({"SMTP_HOST": "mail.hotel.example"}, "SMTP_FROM"),
        (
            {
                "SMTP_HOST": "mail.hotel.example",
                "SMTP_FROM": "stay@hotel.example",
                "SMTP_SECURITY": "none",
            },
            "SMTP_SECURITY",
        ),
        (
            {"SMTP_HOST": "mail.hotel.example", "SMTP_FROM": "stay@hotel.example", "SMTP_PORT": "mail"},
            "SMTP_PORT",
        ),
    ],
)
def test_half_a_mail_server_is_none(home: Path, given: Mapping[str, str], name: str) -> None:
    [said] = refusals(home, {**READY, **given})
    assert said.startswith(f"{name} ")


def test_what_the_sandboxs_mail_server_was_is_not_the_hotels(home: Path) -> None:
    copy = Home(home)
    copy.make()
    demo = environment.prepare(copy, {"STAYBASE_PORT": str(free_port())})
    assert demo["SMTP_PORT"] == demo["STAYBASE_SANDBOX_SMTP_PORT"]
    own = environment.prepare(copy, {**CREDENTIALS, "SMTP_HOST": "mail.hotel.example"})
    assert (own["SMTP_HOST"], own["SMTP_PORT"], own["SMTP_PASSWORD"]) == ("mail.hotel.example", "", "")
    assert environment.prepare(copy, {})["SMTP_HOST"] == "mail.hotel.example"
