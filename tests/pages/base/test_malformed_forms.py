"""A form that cannot be read is the sender's mistake: 400 or 413 on every page, and no defect in the log."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack
from urllib.parse import urlsplit

import httpx2
import pytest

from tests.functions.routes import Route, browser, every_route
from tests.stack import Stack, running_stack

POSTS = sorted(
    (route for route in every_route() if route.method == "POST" and route.is_page),
    key=lambda route: "sign-out" in route.path or "logout" in route.path,
)
# Who gets as far as the form, by the first words of its address; the others are led away before.
READERS = {
    "/admin/onboarding": "newcomer",
    "/admin": "owner",
    "/app": "reception",
    "/staff": "reception",
    "/platform": "platform",
    "": "guest",
}
VISITORS = ("nobody", *dict.fromkeys(READERS.values()))
DOORS = ("/admin/login", "/admin/register", "/platform/login", "/staff/access", "/enter", "/language")
FORM = "application/x-www-form-urlencoded"
PARTED = "multipart/form-data"
BOUND = f"{PARTED}; boundary=b"
NAMES = ("email", "password", "code", "token", "language", "next", "step", "room", "last_name", "hotel_name")
FILE = "".join(
    f'--b\r\nContent-Disposition: form-data; name="{name}"; filename="a"\r\n\r\nx\r\n' for name in NAMES
)
HALF = "".join(f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n+2AA-\r\n' for name in NAMES)

Case = tuple[str, bytes]
People = dict[str, httpx2.Client]
UNREADABLE: dict[str, Case] = {
    "a broken boundary": (BOUND, b'--c\r\nContent-Disposition: form-data; name="a"\r\n\r\nx'),
    "no boundary": (PARTED, b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\nx\r\n--b--\r\n'),
    "a long boundary": (f"{PARTED}; boundary={'b' * 300}", b"x"),
    "a part with no name": (BOUND, b"--b\r\nContent-Disposition: form-data\r\n\r\nx"),
    "a part with no header": (BOUND, b"--b\r\n\r\nx\r\n--b--\r\n"),
    "3,000 fields": (FORM, "&".join(f"f{number}=x" for number in range(3000)).encode()),
    "3,000 parts": (
        BOUND,
        b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n\r\n' * 3000 + b"--b--\r\n",
    ),
}  # fmt: skip
ODD: dict[str, Case] = {
    "files for fields": (BOUND, f"{FILE}--b--\r\n".encode()),
    "half signs": (f"{BOUND}; charset=utf-7", f"{HALF}--b--\r\n".encode()),
    "a codec that is none": (f"{BOUND}; charset=undefined", f"{HALF}--b--\r\n".encode()),
    "a codec of bytes": (f"{BOUND}; charset=zlib", f"{HALF}--b--\r\n".encode()),
    "a codec of names": (f"{BOUND}; charset=idna", f"{HALF}--b--\r\n".encode()),
    "not UTF-8": (FORM, b"".join(b"%b=%%ff%%ed%%a0%%80\xff&" % name.encode() for name in NAMES)),
    "JSON": ("application/json", b'{"email": "\\ud800"}'),
    "nothing": (FORM, b""),
}


@pytest.fixture(scope="module")
def copy() -> Iterator[Stack]:
    """A running copy of this file's own: odd sign-ins count as tries of this machine."""
    with running_stack() as stack:
        yield stack


@pytest.fixture(scope="module")
def people(copy: Stack) -> Iterator[People]:
    """Everybody's browser, signed in before anything odd is sent."""
    with ExitStack() as open_until_then:
        yield {name: open_until_then.enter_context(browser(copy, name)) for name in VISITORS}


def send(client: httpx2.Client, route: Route, kind: str, body: bytes | Iterator[bytes]) -> httpx2.Response:
    """What a page answers; the cookies stay as they were."""
    kept = dict(client.cookies)
    answer = client.post(route.at(), content=body, headers={"Content-Type": kind})
    if dict(client.cookies) != kept and not set(kept) <= set(client.cookies):
        client.cookies.update(kept)
    return answer


def too_much() -> Iterator[bytes]:
    """More than a request may bring, without a declared length."""
    for _ in range(40):
        yield b"a=" + b"x" * 10_000 + b"&"


def reader_of(route: Route) -> str:
    return next(who for start, who in READERS.items() if route.path.startswith(start))


def no_defect(copy: Stack) -> None:
    log = (copy.home.logs / "functions.log").read_text()
    assert [line for line in log.splitlines() if '"defect"' in line] == []


@pytest.mark.parametrize(
    "who", [pytest.param(who, marks=[] if who == "nobody" else pytest.mark.long) for who in VISITORS]
)
def test_no_form_is_our_fault_whoever_sends_it(copy: Stack, people: People, who: str) -> None:
    visitor = people[who]
    visitor.headers["Sec-Fetch-Site"] = "same-origin"
    fallen = []
    for route in POSTS:
        if who == reader_of(route) or who == "nobody":
            cases = UNREADABLE if who == "nobody" else {**UNREADABLE, **ODD}
            answers = {name: send(visitor, route, *case).status_code for name, case in cases.items()}
            answers["too much"] = send(visitor, route, FORM, too_much()).status_code
            fallen += [(route.path, name, status) for name, status in answers.items() if status >= 500]
    assert fallen == []
    no_defect(copy)


@pytest.mark.parametrize("path", DOORS)
def test_the_doors_say_what_was_wrong(copy: Stack, path: str) -> None:
    with httpx2.Client(base_url=copy.url, headers={"Sec-Fetch-Site": "same-origin"}) as client:
        for kind, body in UNREADABLE.values():
            answer = send(client, Route("POST", path, True), kind, body)
            assert answer.status_code == 400
            assert "<h1>That did not work</h1>" in answer.text
        assert send(client, Route("POST", path, True), FORM, too_much()).status_code == 413
        declared = client.post(path, content=b"x" * 300_000, headers={"Content-Type": FORM})
        assert declared.status_code == 413


def test_who_leaves_in_the_middle_is_no_defect(copy: Stack) -> None:
    port = int(copy.settings["STAYBASE_FUNCTIONS_PORT"])
    host = urlsplit(copy.url).netloc
    for path in (*DOORS, "/functions/v1/auth-login", "/functions/v1/qr-validate"):
        with socket.create_connection(("127.0.0.1", port)) as raw:
            raw.sendall(
                f"POST {path} HTTP/1.1\r\nHost: {host}\r\nSec-Fetch-Site: same-origin\r\n"
                f"Content-Type: {FORM}\r\nContent-Length: 100\r\n\r\nemail=a".encode()
            )
    with httpx2.Client(base_url=copy.url) as client:
        assert client.get("/functions/v1/health").status_code == 200
    no_defect(copy)
