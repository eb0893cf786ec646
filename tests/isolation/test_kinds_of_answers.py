"""What a read answers is a page, JSON, an event stream or a static asset; an export or a file is not made
without a test of whose rows are in it."""

import re
from collections.abc import Iterator

import httpx2
import pytest

from functions.cli.home import ROOT
from tests.functions.routes import Route, every_route
from tests.house import Database
from tests.isolation.catalog import Connection
from tests.isolation.doors import Doors, bearer, open_doors

# Routes that answer something else, each with the test that knows whose rows are in it.
CHECKED: dict[str, str] = {
    "/functions/v1/folio-pdf": "test_anothers_and_nobodys_are_not_found_alike",
    "/portal/charges.pdf": "test_a_guest_names_none_and_gets_the_own",
    "/portal/receipts/{payment_id}.pdf": "test_a_payment_of_another_bill_has_no_receipt_here",
    "/app/folios/{folio_id}.pdf": "test_a_bill_from_the_first_charge_to_the_paper",
    "/app/folios/{folio_id}/receipts/{payment_id}.pdf": "test_a_bill_from_the_first_charge_to_the_paper",
    "/app/inbox/requests/{request_id}/attachments/{attachment_id}": (
        "test_the_desk_sees_a_picture_and_answers_by_whatsapp"
    ),
    "/static/pictures/{tenant_id}/{name}": "test_what_a_guest_sent_is_no_picture_of_the_house",
}

VISITORS = (None, "guest", "staff", "admin", "kiosk", "platform")
READ = [route for route in every_route() if route.method == "GET"]
KINDS = {"text/html": "page", "application/json": "JSON", "text/event-stream": "event stream"}
ASSETS = {"text/css", "text/javascript", "image/svg+xml"}
# Whose answer to a bare address is never more than a refusal, whoever asks.
NEVER_OPEN = {
    "/403",
    "/dev/sign-in",
    "/guest/{page:path}",
    "/staff/{page:path}",
    "/admin/{page:path}",
    "/platform/{page:path}",
    "/app/inbox/requests/{request_id}/attachments/{attachment_id}",
    "/static/pictures/{tenant_id}/{name}",
    # another day of the stay, and another kind of request
    "/portal/feedback",
    "/portal/requests/{request_id}/menu",
}
OF_MARUTANI = (
    "from public.bookings b where b.checkin_status = 'CHECKED_IN' and b.guest_id in"
    " (select id from public.guests where last_name = 'Marutani') limit 1"
)
GAPS = {
    "request_id": "select r.id from portal.requests r join portal.codes c using (tenant_id, booking_id)"
    " join public.guests g on g.id = r.guest_id where g.last_name = 'Marutani'"
    " and r.type_slug = 'housekeeping' and r.status = 'new' limit 1",
    "guest_id": "select id from public.guests where last_name = 'Marutani' limit 1",
    "role_id": "select r.id from identity.roles r join public.tenants t on t.id = r.tenant_id"
    " where t.slug = 'hamsun' limit 1",
    "member_id": "select m.id from identity.memberships m join public.tenants t on t.id = m.tenant_id"
    " where t.slug = 'hamsun' limit 1",
    "slug": "select 'housekeeping'",
    "menu_slug": "select 'breakfast'",
    "meal": "select 'breakfast'",
    "booking_id": f"select id {OF_MARUTANI}",
    "folio_id": f"select f.id from public.folios f where f.booking_id = (select id {OF_MARUTANI}) limit 1",
    "either_id": f"select id {OF_MARUTANI}",
    "payment_id": "select p.id from public.payments p join public.tenants t on t.id = p.tenant_id"
    " where t.slug = 'hamsun' limit 1",
    "attachment_id": "select app.new_id()",
    "suppression": "select app.new_id()",
    "tenant_id": "select t.id from public.tenants t where t.slug = 'hamsun'",
    "menu_id": "select m.id from service_menus.menus m join public.tenants t on t.id = m.tenant_id"
    " where t.slug = 'hamsun' limit 1",
    "template": "select n.id from notify.templates n join public.tenants t on t.id = n.tenant_id"
    " where t.slug = 'hamsun' limit 1",
    "action": "select 'acknowledge'",
    "page": "select 'nowhere'",
    "path": "select 'nowhere'",
    "digest": "select 'old'",
    "name": "select 'guest.css'",
    "colour.css": "select '336699.css'",
}
"""What stands in the gaps of addresses: something that is there, so that the answer is not only a refusal."""

FILES = re.compile(
    r"FileResponse|StreamingResponse|StaticFiles|content-disposition|csv\.(?:Dict)?writer|zipfile|tarfile|openpyxl"
    r"|media_type=(?!\"(?:application/json|text/event-stream|text/css)\"|found\.)|text/csv|octet-stream|/pdf",
    re.IGNORECASE,
)
MAY = {
    "functions/events/stream.py": {"StreamingResponse"},
    "functions/pages/base/assets.py": {"media_type="},
    # papers and pictures, whose routes are CHECKED
    "functions/folio/folio_pdf.py": {"/pdf"},
    "functions/pages/paper.py": {"media_type=", "/pdf", "Content-Disposition"},
    "functions/pages/inbox/attachments.py": {"media_type=", "Content-Disposition"},
    "functions/pages/base/pictures.py": {"media_type="},
    # what goes out by mail and what comes in by WhatsApp is no answer to a caller
    "functions/folio/attachment.py": {"/pdf"},
    "functions/notify/attachments.py": {"/pdf"},
    "functions/notify/media.py": {"/pdf"},
    "functions/notify/whatsapp_inbound.py": {"media_type="},
}


@pytest.fixture(scope="module")
def doors(furnished: Database, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Doors]:
    """Both doors."""
    with open_doors(furnished, tmp_path_factory.mktemp("doors")) as doors:
        yield doors


def filled(conn: Connection) -> dict[str, str]:
    """An answer to each gap."""
    rows = {name: conn.execute(query.encode()).fetchone() for name, query in GAPS.items()}
    assert all(rows.values()), rows
    return {name: str(row[0]) for name, row in rows.items() if row}


def address(route: Route, gaps: dict[str, str]) -> str:
    """The route's address, its gaps filled; a gap that is not known yet is to be named in GAPS."""
    names = re.findall(r"\{(\w+)(?::\w+)?\}((?:\.css)?)", route.path)
    filling = {name + end: gaps[name + end] for name, end in names}
    return re.sub(r"\{(\w+)(?::\w+)?\}((?:\.css)?)", lambda gap: filling[gap[1] + gap[2]], route.path)


def kind(path: str, answer: httpx2.Response) -> str:
    """What an answer is, by its headers."""
    media = answer.headers.get("content-type", "").partition(";")[0]
    if "content-disposition" in answer.headers:
        return f"file: {media}"
    if not media:
        return "empty" if answer.status_code in (204, 303, 304, 307, 404) else "unnamed"
    if media in ASSETS and path.startswith(("/static/", "/favicon.ico")):
        return "asset"
    return KINDS.get(media, f"file: {media}")


def test_every_read_answers_what_is_known(doors: Doors, conn: Connection) -> None:
    gaps = filled(conn)
    odd: dict[str, str] = {}
    opened: set[str] = set()
    for visitor in VISITORS:
        headers = bearer(doors.token(visitor) if visitor else None)
        for route in READ:
            path = address(route, gaps)
            for accept in ("text/html", "*/*", "text/csv"):
                with doors.house.client.stream("GET", path, headers={**headers, "Accept": accept}) as answer:
                    is_open = answer.status_code < 400
                    found = kind(path, answer)
                if found.startswith(("file", "unnamed")) and route.path not in CHECKED:
                    odd[route.path] = found
                if not is_open or route.path in CHECKED:
                    break  # whoever is refused is told nothing, in whichever form
            opened |= {route.path} if is_open else set()
    assert odd == {}, "give it a test of whose rows are in it, and name that in CHECKED"
    assert {route.path for route in READ} - opened - NEVER_OPEN == set()


def test_what_is_named_as_checked_is_there() -> None:
    assert set(CHECKED) <= {route.path for route in READ}
    for path, test in CHECKED.items():
        assert any(f"def {test}(" in file.read_text("utf-8") for file in (ROOT / "tests").rglob("*.py")), path


def test_no_module_makes_a_file_unnoticed() -> None:
    found: dict[str, set[str]] = {}
    for file in sorted((ROOT / "functions").rglob("*.py")):
        name = str(file.relative_to(ROOT))
        if not name.startswith(("functions/sandbox/", "functions/cli/", "functions/notify/channels/")):
            said = set(FILES.findall(file.read_text("utf-8"))) - MAY.get(name, set())
            if said:
                found[name] = said
    assert found == {}


@pytest.mark.parametrize(
    ("media", "more", "known"),
    [
        ("text/html; charset=utf-8", {}, True),
        ("application/json", {}, True),
        ("text/csv", {}, False),
        ("application/pdf", {}, False),
        ("text/plain", {}, False),
        ("image/png", {}, False),
        ("text/css", {}, False),
        ("application/json", {"Content-Disposition": "attachment; filename=all.json"}, False),
    ],
)
def test_a_file_is_noticed(media: str, more: dict[str, str], known: bool) -> None:
    answer = httpx2.Response(200, headers={"Content-Type": media, **more})
    assert kind("/admin/guests.csv", answer).startswith("file") is not known


# The data API's lists as something else than JSON, which it makes of itself.
ASKED = ("text/csv", "application/octet-stream", "application/pdf", "text/html", "image/png", "text/xml")
STRANGERS = ("portal.requests", "public.bookings", "public.guests", "public.charges", "kiosk.kiosks")


@pytest.mark.parametrize("role", ["guest", "staff", "admin", "kiosk", "platform"])
def test_a_list_of_the_data_api_is_the_same_in_every_form(role: str, doors: Doors, conn: Connection) -> None:
    token = doors.token(role)
    theirs = {
        str(row[0])
        for table in STRANGERS
        for row in conn.execute(
            f"select x.id from {table} x join public.tenants t on t.id = x.tenant_id"
            " where t.slug = 'alpine'".encode()
        ).fetchall()
    }
    assert len(theirs) > 10
    lists = [path for path in doors.get("/", token).json()["paths"] if re.fullmatch(r"/[a-z_]+", path)]
    forms: set[str] = set()
    for path in lists:
        for accept in ASKED:
            answer = doors.house.client.get(doors.rest + path, headers={**bearer(token), "Accept": accept})
            if answer.status_code == 200:
                media = answer.headers["content-type"].partition(";")[0]
                forms.add(media)
                if role != "platform":
                    assert not theirs & set(re.findall(r"[0-9a-f-]{36}", answer.text)), (path, media)
            else:
                assert 400 <= answer.status_code < 500, (path, accept, answer.text)
    assert forms == {"text/csv"}
