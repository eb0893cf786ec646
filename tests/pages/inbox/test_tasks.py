"""Staff's own work, made at the desk."""

from playwright.sync_api import expect

from tests.pages.browser import with_scripts_and_without
from tests.pages.inbox.conftest import SignIn
from tests.world import World


@with_scripts_and_without
def test_a_task_is_made_and_opened(sign_in: SignIn, world: World, scripts: bool) -> None:
    mohsin = sign_in(scripts=scripts)
    mohsin.go()
    mohsin.page.get_by_role("link", name="New task").click()
    mohsin.page.get_by_label("What is to be done").fill("Oil the hinges")
    mohsin.page.get_by_label("Where").select_option("FSL/204")
    mohsin.page.get_by_label("Who").select_option(label="Bilal")
    mohsin.page.get_by_label("Priority").select_option(label="Urgent")
    mohsin.page.get_by_role("button", name="Create the task").click()
    head = expect(mohsin.page.locator("#head"))
    head.to_contain_text("Oil the hinges")
    head.to_contain_text("Room 204")
    head.to_contain_text("Bilal")
    head.to_contain_text("Urgent")
    expect(mohsin.page.locator("#rows > li").first).to_contain_text("Oil the hinges")


def test_a_task_without_words_is_asked_for_them(sign_in: SignIn) -> None:
    mohsin = sign_in(scripts=False)
    mohsin.go("/app/inbox/tasks/new")
    mohsin.page.get_by_label("What is to be done").fill("   ")
    mohsin.page.get_by_label("Where").select_option("FSL")
    mohsin.page.get_by_label("More about it").fill("By noon")
    mohsin.page.get_by_role("button", name="Create the task").click()
    expect(mohsin.page.locator(".wrong")).to_have_text("Please fill this in.")
    expect(mohsin.page.get_by_label("More about it")).to_have_value("By noon")


def test_a_form_sent_twice_makes_one_task(sign_in: SignIn, world: World) -> None:
    mohsin = sign_in(scripts=False)
    mohsin.go("/app/inbox/tasks/new")
    key = mohsin.page.locator("input[name=key]").input_value()
    opened = set()
    for _ in range(2):
        answer = mohsin.page.request.post(
            f"{mohsin.home}/app/inbox/tasks",
            form={"key": key, "title": "Water the ferns", "place": "FSL"},
            headers={"Sec-Fetch-Site": "same-origin"},
        )
        opened.add(answer.url)
    assert len(opened) == 1
    made = "select count(*) from portal.requests where title ->> 'en' = 'Water the ferns'"
    assert world.value(made) == 1
