"""Beds24's API as it is spoken: strict where the real one is, and telling changes as it does."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import httpx2
import pytest
from playwright.sync_api import Page, expect

from functions.sandbox.beds24_hooks import HEADER
from tests.sandbox.receiver import Receiver
from tests.sandbox.running import RunningSandbox
from tests.world import wait_for

STAY: dict[str, Any] = {
    "roomId": 50001,
    "arrival": "2026-12-01",
    "departure": "2026-12-03",
    "firstName": "Ada",
    "lastName": "Byron",
}
ITEM = {"type": "charge", "description": "Tea [key]", "qty": 1, "amount": 10}


@contextmanager
def at_beds24(sandbox: RunningSandbox) -> Iterator[httpx2.Client]:
    """A client that was let in by an invite code."""
    with httpx2.Client(base_url=f"{sandbox.url}/beds24/v2", trust_env=False) as client:
        code = sandbox.control.post("/sandbox/beds24/invite").json()["code"]
        client.headers["token"] = client.get("/authentication/setup", headers={"code": code}).json()["token"]
        yield client


def changed(sandbox: RunningSandbox, at: float | None = None, **booking: Any) -> dict[str, Any]:
    answer = sandbox.control.post("/sandbox/beds24/bookings", json={"booking": booking, "modified_at": at})
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_an_invite_code_opens_once_and_its_refresh_token_goes_on(sandbox: RunningSandbox) -> None:
    code = sandbox.control.post("/sandbox/beds24/invite").json()["code"]
    with httpx2.Client(base_url=f"{sandbox.url}/beds24/v2", trust_env=False) as client:
        given = client.get("/authentication/setup", headers={"code": code}).json()
        again = client.get("/authentication/setup", headers={"code": code})
        assert (again.status_code, again.json()["error"]) == (401, "Code not valid")
        assert client.get("/bookings", headers={"token": given["token"]}).status_code == 200
        sandbox.control.post("/sandbox/beds24/tokens/end", json={})
        assert client.get("/bookings", headers={"token": given["token"]}).status_code == 401
        refresh = {"refreshToken": given["refreshToken"]}
        token = client.get("/authentication/token", headers=refresh).json()["token"]
        assert client.get("/bookings", headers={"token": token}).status_code == 200
        sandbox.control.post("/sandbox/beds24/tokens/end", json={"refresh": True})
        assert client.get("/authentication/token", headers=refresh).status_code == 401


def test_bookings_are_found_by_what_is_asked_for_and_paged(sandbox: RunningSandbox) -> None:
    old = changed(sandbox, at=datetime(2026, 1, 1, tzinfo=UTC).timestamp(), **STAY)
    new = changed(sandbox, **STAY | {"roomId": 50011, "status": "request"})
    gone = changed(sandbox, **STAY | {"status": "cancelled"})
    sandbox.control.put("/sandbox/beds24/credits", json={"page_size": 1})
    with at_beds24(sandbox) as client:

        def found(**query: Any) -> tuple[list[int], bool]:
            answer = client.get("/bookings", params=query).json()
            return [one["id"] for one in answer["data"]], answer["pages"]["nextPageExists"]

        assert found() == ([old["id"]], True)
        assert found(page=2) == ([new["id"]], False)
        assert found(id=gone["id"]) == ([], False)
        assert found(id=gone["id"], status="cancelled") == ([gone["id"]], False)
        assert found(modifiedFrom="2026-06-01T00:00:00Z") == ([new["id"]], False)
        assert found(propertyId=40001) == ([old["id"]], False)
        assert client.get("/bookings", params={"modifiedFrom": "yesterday"}).status_code == 400


def test_each_element_of_a_post_fails_or_succeeds_by_itself(sandbox: RunningSandbox) -> None:
    known = changed(sandbox, **STAY)
    with at_beds24(sandbox) as client:
        answers = client.post(
            "/bookings",
            json=[
                {"id": known["id"], "invoiceItems": [ITEM]},
                {"id": 1, "invoiceItems": [ITEM]},
                {"id": known["id"], "invoiceItems": [{**ITEM, "type": "gift"}]},
                STAY,
            ],
        ).json()
        assert [answer["success"] for answer in answers] == [True, False, False, True]
        assert answers[1]["errors"][0]["message"] == "booking not found"
        item = answers[0]["modified"]["invoiceItems"][0]["id"]
        listed = client.get("/bookings", params={"id": known["id"], "includeInvoiceItems": "true"}).json()
        assert [one["id"] for one in listed["data"][0]["invoiceItems"]] == [item]
        # no idempotency key: the same again is there twice
        client.post("/bookings", json=[{"id": known["id"], "invoiceItems": [ITEM]}])
        listed = client.get("/bookings", params={"id": known["id"], "includeInvoiceItems": "true"}).json()
        assert len(listed["data"][0]["invoiceItems"]) == 2


def test_credits_are_told_and_run_out(sandbox: RunningSandbox) -> None:
    with at_beds24(sandbox) as client:
        sandbox.control.put("/sandbox/beds24/credits", json={"limit": 3, "left": 3, "window": 60})
        first = client.get("/bookings")
        assert first.headers["x-five-min-limit-remaining"] == "1.5"
        assert first.headers["x-request-cost"] == "1.5"
        client.get("/bookings")
        last = client.get("/bookings")
        assert (last.status_code, last.json()["error"]) == (429, "Credit limit exceeded")
        assert 0 < int(last.headers["x-five-min-limit-resets-in"]) <= 60


def test_switches_cover_it_too(sandbox: RunningSandbox) -> None:
    known = changed(sandbox, **STAY)
    with at_beds24(sandbox) as client:
        sandbox.switch("fail", provider="beds24", operation="lookup", status=503)
        assert client.get("/bookings").status_code == 503
        sandbox.switch("accept_then_drop", provider="beds24")
        with pytest.raises(httpx2.HTTPError):
            client.post("/bookings", json=[{"id": known["id"], "invoiceItems": [ITEM]}])
        listed = client.get("/bookings", params={"id": known["id"], "includeInvoiceItems": "true"}).json()
        assert len(listed["data"][0]["invoiceItems"]) == 1


def test_a_change_is_told_with_the_secret_as_often_as_the_mode_says(
    sandbox: RunningSandbox, receiver: Receiver
) -> None:
    hook = {"property_id": 40001, "address": receiver.url, "secret": "hush"}
    assert sandbox.control.put("/sandbox/beds24/hooks", json=hook).status_code == 204
    sandbox.control.put("/sandbox/beds24/mode", json={"late": 0, "copies": 2})
    known = changed(sandbox, **STAY)
    wait_for(lambda: len(sandbox.control.get("/sandbox/beds24/hooks").json()) == 3, "three webhooks")
    told = receiver.next()
    assert told.headers[HEADER] == "hush"
    assert json.loads(told.body)["booking"]["id"] == known["id"]
    sandbox.control.put("/sandbox/beds24/mode", json={"late": 0, "is_lost": True})
    changed(sandbox, id=known["id"], status="cancelled")
    assert len(sandbox.control.get("/sandbox/beds24/hooks").json()) == 3


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_developer_makes_and_cancels_a_booking_on_the_page(
    sandbox: RunningSandbox, page: Page, language: str
) -> None:
    page.goto(f"{sandbox.url}/sandbox/beds24?lang={language}")
    form = page.locator("section[aria-labelledby=new]")
    form.locator("[name=arrival]").fill("2026-12-01")
    form.locator("[name=departure]").fill("2026-12-03")
    form.locator("[name=lastName]").fill("Lovelace")
    form.locator("button").click()
    row = page.locator("section[aria-labelledby=all] details")
    expect(row.locator("summary")).to_contain_text("Lovelace")
    row.locator("summary").click()
    row.locator("[name=status]").select_option("cancelled")
    row.locator("button").click()
    expect(row.locator("summary")).to_contain_text("cancelled")
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
