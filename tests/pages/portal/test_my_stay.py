"""My stay: the facts of it, reached from the landing page in every state."""

import re

import pytest
from playwright.sync_api import expect

from tests.pages.portal.conftest import Visit


@pytest.mark.shows("subflow/my_stay")
def test_my_stay_says_when_where_and_whom_to_call(visit: Visit) -> None:
    guest = visit("in_house")
    guest.page.get_by_role("link", name=re.compile("^My stay")).click()
    for fact in ("5 nights", "1 adult", "from 14:00", "until 12:00"):
        guest.says(fact)
    expect(guest.page.get_by_role("link", name="Call reception")).to_be_visible()
    assert guest.screen.problems() == []


def test_who_has_not_said_who_they_are_reads_no_name(visit: Visit) -> None:
    guest = visit("pre_checkin")
    guest.go("/portal/stay")
    expect(guest.page.locator("main")).not_to_contain_text(guest.last_name)
