"""How guests see a property: the picture from the manager's file to the guest's page, and the colour."""

import re
from collections.abc import Iterator
from io import BytesIO
from uuid import uuid4

import httpx2
import pytest
from PIL import Image

from functions.shared.files import files_of
from tests.functions.routes import browser
from tests.stack import Stack

PAGE = "/admin/portal"
SHOWN = re.compile(r'class="picture" src="([^"]+)"')


def photograph(colour: tuple[int, int, int] = (30, 120, 200)) -> bytes:
    made = BytesIO()
    Image.new("RGB", (1620, 1080), colour).save(made, "PNG")
    return made.getvalue()


@pytest.fixture
def manager(stack: Stack) -> Iterator[httpx2.Client]:
    """The manager at /admin/portal; the property looks afterwards as it did."""
    with stack.connect() as conn:
        row = conn.execute("select accent_color from public.properties where code = 'FSL'").fetchone()
    with browser(stack, "manager") as client:
        client.headers["Sec-Fetch-Site"] = "same-origin"
        yield client
        client.post(f"{PAGE}/picture/remove", data={"property": "FSL"})
        client.post(f"{PAGE}/colour", data={"property": "FSL", "colour": (row and row[0]) or ""})


def give(client: httpx2.Client, content: bytes, house: str = "FSL") -> httpx2.Response:
    return client.post(
        f"{PAGE}/picture",
        data={"property": house},
        files={"picture": ("house.png", content, "image/png")},
        follow_redirects=True,
    )


def seen_by_guest(stack: Stack) -> str | None:
    """Where the picture of the guest's first page is."""
    with browser(stack, "guest") as guest:
        found = SHOWN.search(guest.get("/").text)
        return found[1] if found else None


def test_a_picture_is_seen_by_guests_until_there_is_another(stack: Stack, manager: httpx2.Client) -> None:
    assert seen_by_guest(stack) is None
    answer = give(manager, photograph())
    assert "Saved. It holds from now on." in answer.text
    first = seen_by_guest(stack)
    assert first is not None
    assert first in answer.text

    picture = httpx2.get(stack.url + first)
    assert (picture.status_code, picture.headers["content-type"]) == (200, "image/jpeg")
    assert "immutable" in picture.headers["cache-control"]
    assert picture.headers["x-content-type-options"] == "nosniff"
    assert Image.open(BytesIO(picture.content)).size == (1080, 720)

    give(manager, photograph((200, 30, 30)))
    second = seen_by_guest(stack)
    assert second not in (None, first)
    assert httpx2.get(stack.url + first).status_code == 404

    manager.post(f"{PAGE}/picture/remove", data={"property": "FSL"})
    assert seen_by_guest(stack) is None
    assert httpx2.get(f"{stack.url}{second}").status_code == 404


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"\xff\xd8\xff\xe0 and no more", "This file cannot be read as a picture."),
        (b"\x89PNG" * 5_000_000, "This picture is too large. Choose one of 10 MB at most."),
        (b"", "Choose a picture first."),
    ],
    ids=("broken", "20 MB", "none"),
)
def test_what_is_no_picture_is_said_on_the_page(
    stack: Stack, manager: httpx2.Client, content: bytes, says: str
) -> None:
    answer = give(manager, content)
    assert answer.status_code == 422
    assert says in answer.text
    assert seen_by_guest(stack) is None


def test_nobody_else_gives_one(stack: Stack, manager: httpx2.Client) -> None:
    with browser(stack, "reception") as reception:
        reception.headers["Sec-Fetch-Site"] = "same-origin"
        assert give(reception, photograph()).status_code == 403
    assert give(manager, photograph(), house="NIX").status_code == 404
    assert seen_by_guest(stack) is None


def test_what_a_guest_sent_is_no_picture_of_the_house(stack: Stack) -> None:
    with stack.connect() as conn:
        row = conn.execute("select id from public.tenants where slug = 'hamsun'").fetchone()
    assert row is not None
    sent = uuid4()
    files = files_of(stack.settings)
    files.put(row[0], sent, photograph())
    for name in (f"{sent}.jpg", str(sent), "..%2f" + str(sent), "nothing.jpg"):
        assert httpx2.get(f"{stack.url}/static/pictures/{row[0]}/{name}").status_code == 404
    files.remove(row[0], sent)


def test_a_colour_is_the_guests_too(stack: Stack, manager: httpx2.Client) -> None:
    wrong = manager.post(f"{PAGE}/colour", data={"property": "FSL", "colour": "brownish"})
    assert (wrong.status_code, "Write the colour like #835a2c." in wrong.text) == (422, True)
    manager.post(f"{PAGE}/colour", data={"property": "FSL", "colour": "0A5C8F"})
    with browser(stack, "guest") as guest:
        assert "/static/accent/0a5c8f.css" in guest.get("/").text
