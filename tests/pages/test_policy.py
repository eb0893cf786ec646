"""Every page forbids what it does not need, whoever looks at it; a route that is added is looked at too."""

import re

import httpx2
import pytest

from tests.functions.routes import VISITORS, Route, browser, every_route
from tests.stack import Stack

STRICT = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
# What the policy would stop, and what would therefore not work.
INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)|<style|<[^>]*\s(?:style|on[a-z]+)=|(?:href|src|action)=[\"']?javascript:|<(?:base|iframe|object)\b",
    re.IGNORECASE,
)
READ = [route for route in every_route() if route.method == "GET"]


def policy(answer: httpx2.Response) -> dict[str, str]:
    """The policy of an answer, by what it is about."""
    lines = answer.headers.get("content-security-policy", "").split(";")
    return {name: rest for name, _, rest in (line.strip().partition(" ") for line in lines) if name}


def breaches(answer: httpx2.Response) -> list[str]:
    """What a page allows or holds that it should not."""
    found = [] if policy(answer) == STRICT else [f"policy {policy(answer)}"]
    found += [f"inline {one}" for one in INLINE.findall(answer.text)]
    found += [] if answer.headers.get("x-content-type-options") == "nosniff" else ["sniffed"]
    found += [] if answer.headers.get("referrer-policy") in ("same-origin", "no-referrer") else ["referrer"]
    found += [] if "no" in answer.headers.get("cache-control", "") else ["cached"]
    return found


def look(client: httpx2.Client, path: str) -> httpx2.Response | None:
    """What a browser gets there, if it is a page; a stream is not waited for."""
    with client.stream("GET", path, headers={"Accept": "text/html"}) as answer:
        if not answer.headers.get("content-type", "").startswith("text/html"):
            return None
        answer.read()
        return answer


def named(stack: Stack) -> dict[str, str]:
    """What stands in the gaps of addresses: the in-house guest's request, and what the owner looks after."""
    with stack.connect() as conn:
        row = conn.execute(
            "select r.id, (select m.id from identity.memberships m where m.tenant_id = r.tenant_id limit 1),"
            " (select o.id from identity.roles o where o.tenant_id = r.tenant_id limit 1), r.guest_id"
            " from portal.requests r join portal.codes c using (tenant_id, booking_id)"
            " where c.code = %s order by r.created_at limit 1",
            (stack.link("in_house").code,),
        ).fetchone()
    assert row is not None
    ids = dict(zip(("request_id", "member_id", "role_id", "guest_id"), map(str, row), strict=True))
    return ids | {"slug": "housekeeping", "action": "acknowledge", "page": "chat"}


@pytest.mark.parametrize("visitor", VISITORS)
def test_every_page_has_the_strict_policy(stack: Stack, visitor: str) -> None:
    gaps = named(stack)
    paths = {route.at(**gaps) for route in READ} | {"/nothing/here", "/app/nothing", "/sandbox"}
    found, pages = {}, 0
    with browser(stack, visitor) as client:
        for path in sorted(paths):
            answer = look(client, path)
            if answer is not None:
                pages += 1
                if breaches(answer):
                    found[path] = breaches(answer)
    assert found == {}
    assert pages >= 10


def test_a_breach_is_found() -> None:
    headers = {
        "Content-Security-Policy": "; ".join(f"{name} {rest}" for name, rest in STRICT.items()),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cache-Control": "no-cache",
    }
    well = "<p class=style>on time</p><script src=/static/a.js></script>"
    assert breaches(httpx2.Response(200, headers=headers, text=well)) == []
    for ill in ("<script>a()</script>", "<p style='a'>", "<p onclick=a()>", "<a href='javascript:a()'>"):
        assert breaches(httpx2.Response(200, headers=headers, text=ill))
    for name in headers:
        without = {other: value for other, value in headers.items() if other != name}
        assert breaches(httpx2.Response(200, headers=without, text=well))
    loose = {**headers, "Content-Security-Policy": "default-src *"}
    assert breaches(httpx2.Response(200, headers=loose, text=well))


def test_the_walk_knows_its_pages() -> None:
    assert Route("GET", "/", True) in READ
    assert Route("GET", "/app/inbox", True) in READ
