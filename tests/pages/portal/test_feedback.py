"""How was it: asked once the guest has left, and thanked for."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.pages.portal.conftest import Visit
from tests.world import RECEPTION, World

COMPLAINTS = (
    "select id from portal.requests where type_slug = 'complaint' and phase <> 'closed' and booking_id = %s"
)


@pytest.fixture
def silent(world: World) -> Iterator[World]:
    """Nobody has said anything before, nor afterwards."""
    world.conn.execute("delete from portal.feedback")
    yield world
    world.conn.execute("delete from portal.feedback")


@pytest.mark.shows("card/feedback")
def test_a_guest_who_has_left_says_how_it_was(visit: Visit, silent: World) -> None:
    guest = visit("post_checkout")
    guest.page.get_by_role("link", name="How was your stay?").click()
    guest.page.get_by_label("Very good").check()
    guest.page.get_by_label("What should we know?").fill("Lovely 🌿")
    guest.page.get_by_role("button", name="Send").click()
    expect(guest.page.locator("#thanks")).to_contain_text("Your mark: 5 of 5")
    assert guest.screen.problems() == []
    assert silent.rows("select rating, comment from portal.feedback") == [(5, "Lovely 🌿")]


@pytest.mark.parametrize("mark", ["²", "6", "-1", "٣", "nine", "5" * 5000])
def test_an_odd_mark_is_asked_for_once_more(visit: Visit, silent: World, mark: str) -> None:
    guest = visit("post_checkout")
    answer = guest.page.request.post(
        f"{guest.home}/portal/feedback", form={"rating": mark}, headers={"Origin": guest.home}
    )
    assert answer.status == 422
    assert silent.rows("select rating from portal.feedback") == []


def test_who_is_still_here_is_not_asked(visit: Visit) -> None:
    guest = visit("in_house")
    expect(guest.page.get_by_role("link", name="How was your stay?")).to_have_count(0)
    assert guest.page.request.get(f"{guest.home}/portal/feedback").status == 404


@pytest.fixture
def answered(world: World) -> Iterator[str]:
    """A question of a guest who has left, answered; what they complain of is closed in the end."""
    with world.guest("Lindqvist") as guest:
        asked = {"type_slug": "concierge", "subtype": "info_request"}
        request = str(guest.submit(asked, str(uuid4()))["body"]["request"]["id"])
    with world.member(RECEPTION) as reception:
        for action in ("acknowledge", "start", "complete"):
            reception.act(request, action)
    yield request
    for (complaint,) in world.rows(COMPLAINTS, world.booking("Lindqvist")):
        with world.member(RECEPTION) as reception:
            reception.act(complaint, "cancel", None, {"reason": "The test is over"})


def test_a_tap_marks_what_was_asked_for_and_a_low_one_asks_for_a_word(
    visit: Visit, answered: str, silent: World
) -> None:
    guest = visit("post_checkout")
    guest.go(f"/portal/requests/{answered}")
    guest.page.get_by_role("button", name="Not good: 2 of 5").click()
    guest.page.get_by_label("What went wrong?").fill("It came late")
    assert guest.screen.problems() == []
    assert silent.rows("select rating from portal.feedback") == []
    guest.page.locator("#mark").get_by_role("button", name="Send").click()
    expect(guest.page.locator("#mark")).to_contain_text("Your mark: 2 of 5 · The manager has been told")
    assert silent.rows("select rating, comment, request_id::text from portal.feedback") == [
        (2, "It came late", answered)
    ]
