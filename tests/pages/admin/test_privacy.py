"""/admin/privacy: a guest is found, what is held of them is told, and they are erased on request."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from functions.pages.admin.privacy import conditions, is_same_name
from tests.pages.admin.conftest import Visit
from tests.pages.browser import each_size
from tests.roles import create, give
from tests.stack import Stack
from tests.world import MANAGER, OWNER, RECEPTION, STRANGER, World

PATH = "/admin/privacy"
NEWCOMERS = """
insert into public.guests (tenant_id, first_name, last_name, email, phone, notes)
select t.id, 'Ottilie', 'Quéndrin' || n, 'ottilie' || n || '@elsewhere.example', '+120255507' || 100 + n, 'Feather pillow'
from public.tenants t, generate_series(1, %s) n where t.slug = 'hamsun' returning id
"""  # noqa: E501


@dataclass(frozen=True)
class Newcomers:
    """Guests who have written, and never came."""

    world: World

    def arrive(self, count: int = 1) -> list[str]:
        return [str(row[0]) for row in self.world.rows(NEWCOMERS, count)]


@pytest.fixture
def newcomers(world: World) -> Iterator[Newcomers]:
    """Guests of this test's own, who are gone after it."""
    last = world.value("select max(id::text)::uuid from public.guests")
    yield Newcomers(world)
    world.conn.execute("delete from notify.consents where guest_id > %s", (last,))
    world.conn.execute("delete from public.guests where id > %s", (last,))


def guest_id(world: World, last_name: str) -> Any:
    return world.value("select id from public.guests where last_name = %s", last_name)


def search(page: Page, words: str) -> None:
    page.get_by_label("Name, e-mail or phone").fill(words)
    page.get_by_role("button", name="Search").click()


def erase(page: Page, last_name: str) -> None:
    page.get_by_label("Last name, to confirm").fill(last_name)
    page.get_by_role("button", name="Erase for good").click()


@pytest.mark.parametrize(
    "words",
    ["Marutani", "marutani kenji", "+1 202-555-0101", "001 (202) 555 0101", "555.0101", "kenji maru"],
)
def test_a_guest_is_found_as_people_write(visit: Visit, words: str) -> None:
    page = visit(PATH).page
    search(page, words)
    expect(page.locator("#found > li")).to_have_count(1)
    page.get_by_role("link", name="Kenji Marutani").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kenji Marutani")


def test_a_guest_is_found_by_e_mail(visit: Visit, newcomers: Newcomers) -> None:
    newcomers.arrive(3)
    page = visit(PATH).page
    search(page, "ottilie2@elsewhere")
    expect(page.locator("#found > li")).to_have_count(1)
    expect(page.locator("#found")).to_contain_text("Quéndrin2")


@pytest.mark.parametrize("words", ["Nobodyofthisname", '"),or(name.ilike.*', "***", "Hofer"])
def test_who_is_not_there_is_not_found(visit: Visit, words: str) -> None:
    """Nor is whoever tries to write the filter's own grammar, nor another hotel's guest."""
    page = visit(PATH).page
    search(page, words)
    expect(page.locator("#guests [role=status]")).to_contain_text("No guest matches.")


def test_a_long_list_goes_on_page_by_page(visit: Visit, newcomers: Newcomers) -> None:
    newcomers.arrive(23)
    page = visit(f"{PATH}?q=elsewhere.example").page
    expect(page.locator("#found > li")).to_have_count(20)
    first = set(page.locator("#found .t").all_inner_texts())
    page.get_by_role("link", name="More guests").click()
    expect(page.locator("#found > li")).to_have_count(3)
    assert first.isdisjoint(page.locator("#found .t").all_inner_texts())
    expect(page.get_by_role("link", name="More guests")).to_have_count(0)


def test_what_is_held_and_what_hinders_is_told(visit: Visit, world: World) -> None:
    page = visit(f"{PATH}/guests/{guest_id(world, 'Marutani')}").page
    held = page.locator("#holds li")
    expect(held.filter(has_text="Name, contact data and notes")).to_contain_text("is deleted")
    expect(held.filter(has_text="Bookings")).to_contain_text("stays in part")
    expect(held.filter(has_text="Bookings").locator("b")).to_have_text("1")
    expect(page.locator("#erasure")).to_contain_text("A stay that is not over")
    expect(page.locator("#erasure")).to_contain_text("FSL")
    expect(page.get_by_role("button", name="Erase for good")).to_have_count(0)


def test_an_open_folio_is_named_with_what_is_owed(visit: Visit, world: World) -> None:
    page = visit(f"{PATH}/guests/{guest_id(world, 'Okoye')}").page
    folio = page.locator("#erasure li").filter(has_text="A folio that is not settled")
    expect(folio).to_contain_text("PKR\u00a0250")
    expect(folio).to_contain_text("Settle and close it.")


def test_a_guest_is_erased_and_the_report_shown(visit: Visit, newcomers: Newcomers, world: World) -> None:
    [guest] = newcomers.arrive()
    page = visit(f"{PATH}/guests/{guest}").page
    expect(page.locator("#erasure")).to_contain_text("this guest can be erased")
    erase(page, " quéndrin1 ")
    expect(page.get_by_role("heading", level=1)).to_have_text("Erased guest")
    expect(page.locator("#erasure [role=status]")).to_contain_text("This guest is erased.")
    expect(page.locator("#holds")).to_contain_text("What stays, and why")
    expect(page.locator("#holds li")).to_contain_text(["its key is destroyed"])
    assert "Quéndrin" not in page.content()
    assert world.rows("select last_name, email, phone, notes from public.guests where id = %s", guest) == [
        ("guest", None, None, None)
    ]
    page.get_by_role("link", name="Privacy").first.click()
    search(page, "ottilie1@elsewhere.example")
    expect(page.locator("#guests [role=status]")).to_contain_text("No guest matches.")


@pytest.mark.parametrize("typed", ["Ottilie", "Quéndrin2", "Q", "%"])
def test_another_name_erases_nobody(visit: Visit, newcomers: Newcomers, world: World, typed: str) -> None:
    [guest] = newcomers.arrive()
    page = visit(f"{PATH}/guests/{guest}").page
    erase(page, typed)
    expect(page.get_by_role("alert")).to_have_text(
        "That is not the guest's last name, so nothing was erased."
    )
    assert world.value("select erased_at is null from public.guests where id = %s", guest)


def test_who_books_meanwhile_is_not_erased(visit: Visit, newcomers: Newcomers, world: World) -> None:
    [guest] = newcomers.arrive()
    page = visit(f"{PATH}/guests/{guest}").page
    booking = world.value(
        "insert into public.bookings (tenant_id, property_id, guest_id, guest_name, room_type_id, check_in,"
        " check_out, currency) select tenant_id, property_id, %s, 'Ottilie', room_type_id, '2199-01-01',"
        " '2199-01-02', currency from public.bookings where id = %s returning id",
        *(guest, world.booking("Okafor")),
    )
    try:
        erase(page, "Quéndrin1")
        expect(page.get_by_role("alert")).to_have_text("This guest has booked meanwhile, or is in house.")
        expect(page.locator("#erasure")).to_contain_text("A stay that is not over")
    finally:
        world.conn.execute("delete from public.bookings where id = %s", (booking,))


@pytest.mark.parametrize("last_name", ["Hofer", None], ids=["another hotel's", "nobody's"])
def test_another_hotels_guest_is_not_there(
    visit: Visit, world: World, stack: Stack, last_name: str | None
) -> None:
    page = visit(PATH).page
    guest = guest_id(world, last_name) if last_name else "00000000-0000-0000-0000-000000000000"
    address = f"{stack.url}{PATH}/guests/{guest}"
    seen = page.goto(address)
    assert seen is not None
    assert seen.status == 404
    tried = page.request.post(f"{address}/erase", form={"last_name": "Hofer"}, headers={"Origin": stack.url})
    assert tried.status == 404
    assert (
        world.value("select count(*) from public.guests where erased_at is not null and id = %s", guest) == 0
    )


def test_staff_have_no_way_in(visit: Visit, stack: Stack, world: World) -> None:
    page = visit("/app/inbox", RECEPTION).page
    for path in (PATH, f"{PATH}/guests/{guest_id(world, 'Marutani')}"):
        answer = page.goto(f"{stack.url}{path}")
        assert answer is not None
        assert answer.status == 403


@pytest.fixture
def of_one_kind(world: World) -> Iterator[None]:
    """Tariq may see to settings, and to no guest."""
    create(world, OWNER, "SETTLER", ["hotel:settings:write", "hotel:rooms:read"], session_type="admin")
    give(world, OWNER, MANAGER, "SETTLER")
    yield
    give(world, OWNER, MANAGER, "MANAGER")
    world.conn.execute("delete from identity.roles where key = 'SETTLER'")


@pytest.mark.usefixtures("of_one_kind")
def test_each_part_is_for_those_who_may(visit: Visit, stack: Stack, world: World) -> None:
    page = visit(PATH, MANAGER).page
    expect(page.locator("#retention")).to_be_visible()
    expect(page.locator("#guests")).to_have_count(0)
    answer = page.goto(f"{stack.url}{PATH}/guests/{guest_id(world, 'Lindqvist')}")
    assert answer is not None
    assert answer.status == 403
    world.conn.execute(
        "delete from identity.role_permissions where permission = 'hotel:settings:write'"
        " and role_id = (select id from identity.roles where key = 'SETTLER')"
    )
    answer = page.goto(f"{stack.url}{PATH}")
    assert answer is not None
    assert answer.status == 403
    page.goto(f"{stack.url}/admin")
    expect(page.get_by_role("link", name="Privacy")).to_have_count(0)


@pytest.fixture
def at_one_house(world: World) -> Iterator[None]:
    """Tariq works at FSL alone."""
    bind = "update identity.memberships set property_ids = {} where display_name = 'Tariq'"
    world.conn.execute(bind.format("array(select id from public.properties where code = 'FSL')").encode())
    yield
    world.conn.execute(bind.format("'{}'").encode())


@pytest.mark.usefixtures("at_one_house")
def test_who_stayed_elsewhere_too_is_left_to_those_who_work_there(
    visit: Visit, newcomers: Newcomers, world: World
) -> None:
    [guest] = newcomers.arrive()
    bookings = [
        world.value(
            "insert into public.bookings (tenant_id, property_id, guest_id, guest_name, room_type_id,"
            " check_in, check_out, currency, status, cancelled_at)"
            " select p.tenant_id, p.id, %s, 'Ottilie', t.id, '2020-01-01', '2020-01-02',"
            " p.currency, 'cancelled', now() from public.properties p"
            " join public.room_types t on t.property_id = p.id where p.code = %s limit 1 returning id",
            *(guest, code),
        )
        for code in ("FSL", "CLF")
    ]
    try:
        page = visit(f"{PATH}/guests/{guest}", MANAGER).page
        expect(page.locator("main")).to_contain_text("also stayed at a house where you do not work")
        expect(page.locator("#holds")).to_have_count(0)
    finally:
        world.conn.execute("delete from public.bookings where id = any (%s)", (bookings,))


def test_the_navigation_leads_there(visit: Visit) -> None:
    page = visit("/admin", STRANGER).page
    page.get_by_role("link", name="Privacy").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Privacy")


def test_it_speaks_spanish(visit: Visit, world: World) -> None:
    language = "update identity.memberships set language = %s where display_name = 'Tariq'"
    world.conn.execute(language, ("es",))
    try:
        page = visit(f"{PATH}?q=maru", MANAGER).page
        expect(page.get_by_role("heading", level=1)).to_have_text("Privacidad")
        page.get_by_role("link", name="Kenji Marutani").click()
        expect(page.locator("#erasure")).to_contain_text("Una estancia que no ha terminado")
        expect(page.locator("#holds")).to_contain_text("Fechas, habitación y precio")
    finally:
        world.conn.execute(language, ("en",))


@each_size
@pytest.mark.parametrize("which", ["list", "Marutani", "Lindqvist", "erased"])
def test_it_is_fit_for_everyone(
    visit: Visit, newcomers: Newcomers, world: World, size: tuple[int, int], which: str
) -> None:
    path = f"{PATH}?q=a&property=hotel"
    if which == "erased":
        [guest] = newcomers.arrive()
        with world.member(OWNER):
            world.value("select api.erase_guest(%s)", guest)
        path = f"{PATH}/guests/{guest}"
    elif which != "list":
        path = f"{PATH}/guests/{guest_id(world, which)}"
    shown = visit(path, size=size)
    assert shown.problems() == []
    assert shown.page.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert shown.faults == []


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("", ""),
        ("Ada", '(or(name.ilike."*Ada*",email.ilike."*Ada*",phone.ilike."*Ada*"))'),
        ("+44 7700-900", '(phone.ilike."*447700900*")'),
        ("0044 7700", '(phone.ilike."*447700*")'),
        ('%"*\\', ""),
        ("000", ""),
    ],
)
def test_a_search_means_what_it_says(words: str, asked: str) -> None:
    assert conditions(words) == asked


def test_a_name_is_the_same_whatever_its_case() -> None:
    assert is_same_name("QUÉNDRIN", "Que\u0301ndrin")
    assert not is_same_name("Quendrin", "Quéndrin")
    assert not is_same_name("", "Q")
