"""Members of the cast, each at a screen of their own, on a whole running copy."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Browser

from tests.pages.browser import DESK, screen
from tests.pages.inbox.desk import Member
from tests.stack import Stack
from tests.world import RECEPTION, World

SignIn = Callable[..., Member]
Asks = Callable[..., str]


TRAINEE = """
with house as (
  select id from public.tenants where slug = 'hamsun'
), person as (
  insert into identity.users (email) values (%s) returning id
), job as (
  insert into identity.roles (tenant_id, key, name)
  select id, upper(replace(%s, '-', '_')), '{"en": "Trainee", "es": "Aprendiz"}' from house
  returning tenant_id, id
), belongs as (
  insert into identity.memberships (tenant_id, user_id, display_name, session_type)
  select house.id, person.id, 'Tess', 'staff' from house, person
  returning tenant_id, id
), does as (
  insert into identity.membership_roles (tenant_id, membership_id, role_id)
  select belongs.tenant_id, belongs.id, job.id from belongs, job
  returning role_id
)
insert into identity.role_permissions (tenant_id, role_id, permission)
select job.tenant_id, job.id, 'hotel:requests:read' from job
returning role_id
"""


@pytest.fixture
def sign_in(stack: Stack, chromium: Browser) -> Iterator[SignIn]:
    """`sign_in("kitchen@…", size=PHONE, scripts=False, …)`: a member is in on a new device, at no page."""
    with ExitStack() as screens:

        def at_a_screen(email: str = RECEPTION, **device: Any) -> Member:
            shown = screens.enter_context(screen(chromium, **{"size": DESK} | device))
            member = Member(shown, stack.url)
            shown.sign_in(stack.url, email)
            return member

        yield at_a_screen


@pytest.fixture
def mohsin(sign_in: SignIn) -> Member:
    """Reception, at the desk, with the inbox open and live."""
    member = sign_in()
    member.go()
    member.is_live()
    return member


@pytest.fixture
def world(stack: Stack) -> Iterator[World]:
    """The rest of the house, acting on the database behind the page."""
    with stack.connect() as conn:
        yield World(conn)


@pytest.fixture
def asks(world: World) -> Asks:
    """`asks("housekeeping", items=…)`: Marutani in G06 asks for something; the request's id."""

    def submit(type_slug: str, *, guest: str = "Marutani", **more: Any) -> str:
        with world.guest(guest) as marutani:
            answer = marutani.submit({"type_slug": type_slug, **more}, str(uuid4()))
        return str(answer["body"]["request"]["id"])

    return submit


@pytest.fixture
def towels(asks: Asks) -> str:
    """Two bath towels for G06."""
    return asks("housekeeping", items=[{"sku": "towel", "quantity": 2}])


@pytest.fixture
def sandwich(asks: Asks) -> str:
    """A club sandwich for G06, without mayonnaise."""
    return asks("kitchen_fnb", items=[{"sku": "club_sandwich", "quantity": 1}], note="No mayonnaise")


@pytest.fixture
def task(world: World) -> str:
    """Reception's own work, nobody's yet."""
    with world.member(RECEPTION) as reception:
        answer = reception.submit({"type_slug": "task", "title": "Change the bulb"}, str(uuid4()))
    return str(answer["body"]["request"]["id"])


@pytest.fixture
def ride(asks: Asks) -> str:
    """A ride from the airport, tomorrow morning."""
    tomorrow = datetime.now(UTC).date() + timedelta(days=1)
    return asks("airport_transport", subtype="airport_pickup", scheduled_for=f"{tomorrow}T05:00+05:00")


@pytest.fixture
def trainee(world: World) -> str:
    """Someone who may look at requests and do nothing with them; the e-mail to sign in with."""
    email = f"trainee-{uuid4().hex[:8]}@hamsun.example"
    world.rows(TRAINEE, email, email.partition("@")[0])
    return email
