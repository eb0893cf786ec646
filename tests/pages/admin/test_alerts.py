"""Alerts of sign-in at the office and in the inbox: in the reader's words, with a button that closes them."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.pages.admin.conftest import Visit
from tests.stack import Stack
from tests.world import OWNER, RECEPTION, World

WORDS = "Somebody has given wrong passwords for an account of yours"
PALABRAS = "Alguien ha dado contraseñas equivocadas para una de sus cuentas"


@pytest.fixture
def locked(world: World) -> Iterator[str]:
    """An alert that an account was locked, twice; its key. Closed again at the end."""
    key = f"sign_in_locked:{uuid4()}"
    for _ in range(2):
        world.rows(
            "select app.raise_sign_in_alert(t.id, null, 'sign_in_locked', 'In the house words.', '{}', %s)"
            " from public.tenants as t where t.slug = 'hamsun'",
            key,
        )
    yield key
    world.rows(
        "update public.alerts set resolved_at = now() where dedupe_key = %s and resolved_at is null"
        " returning id",
        key,
    )


def is_open(world: World, key: str) -> bool:
    return bool(
        world.value("select count(*) from public.alerts where dedupe_key = %s and resolved_at is null", key)
    )


@pytest.mark.parametrize("path", ["/admin", "/app/inbox/alerts"])
def test_who_sees_to_it_reads_it_and_closes_it(visit: Visit, world: World, locked: str, path: str) -> None:
    shown = visit(path, OWNER)
    line = shown.page.get_by_role("listitem").filter(has_text=WORDS).first
    expect(line).to_contain_text("2 times")
    assert shown.problems() == []
    line.get_by_role("button", name="Seen to").click()
    expect(shown.page.get_by_text(WORDS)).to_have_count(0)
    assert not is_open(world, locked)
    assert shown.faults == []


def test_it_is_told_in_spanish(visit: Visit, world: World, locked: str) -> None:
    page = visit("/admin", OWNER).page
    page.get_by_role("button", name="Español").click()
    expect(page.get_by_text(PALABRAS).first).to_be_visible()
    page.get_by_role("button", name="English").click()
    expect(page.get_by_text(WORDS).first).to_be_visible()


def test_reception_does_not_read_it_and_cannot_close_it(
    visit: Visit, world: World, stack: Stack, locked: str
) -> None:
    page = visit("/app/inbox/alerts", RECEPTION).page
    expect(page.get_by_role("heading", name="To see to")).to_be_visible()
    expect(page.get_by_text(WORDS)).to_have_count(0)
    alert = world.value("select id from public.alerts where dedupe_key = %s", locked)
    answer = page.request.post(
        f"{stack.url}/app/inbox/alerts/{alert}/resolve", headers={"Sec-Fetch-Site": "same-origin"}
    )
    assert answer.status == 403
    assert is_open(world, locked)
