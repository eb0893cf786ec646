"""Create, fetch and list by the real SDK, and the content templates."""

import json
from datetime import UTC, datetime, timedelta

from twilio.rest.content.v1.content import ContentList

from tests.sandbox.running import GUEST, HOTEL, NOTIFICATION, OTHER_GUEST, TENANT, RunningSandbox

CALLBACK = f"http://127.0.0.1:9/functions/v1/whatsapp-status/{TENANT}/{NOTIFICATION}"


def test_a_template_arrives_rendered(sandbox: RunningSandbox) -> None:
    content = sandbox.template("Thank you, {{1}}. We have your request *{{2}}*.", name="request_received_en")

    sent = sandbox.twilio().messages.create(
        to=GUEST,
        from_=HOTEL,
        content_sid=content,
        content_variables=json.dumps({"1": "Mei", "2": "FSL-1042"}),
        status_callback=CALLBACK,
    )

    assert sent.sid.startswith("SM")
    assert (sent.status, sent.body) == ("queued", "Thank you, Mei. We have your request *FSL-1042*.")
    assert abs(sent.date_created - datetime.now(UTC)) < timedelta(minutes=1)
    [arrived] = sandbox.messages()
    assert arrived["provider_id"] == sent.sid
    assert (arrived["channel"], arrived["to"]) == ("whatsapp", "+12025550111")
    assert (arrived["notification_id"], arrived["tenant_id"]) == (NOTIFICATION, TENANT)
    assert (arrived["template"], arrived["variables"]["1"]) == ("request_received_en", "Mei")


def test_a_message_is_fetched_by_its_sid(sandbox: RunningSandbox) -> None:
    twilio = sandbox.twilio()
    sent = twilio.messages.create(to=GUEST, from_=HOTEL, body="hello")
    fetched = twilio.messages(sent.sid).fetch()
    assert (fetched.sid, fetched.to, fetched.from_, fetched.body) == (sent.sid, GUEST, HOTEL, "hello")


def test_messages_are_listed_newest_first_over_several_pages(sandbox: RunningSandbox) -> None:
    twilio = sandbox.twilio()
    sent = [twilio.messages.create(to=GUEST, from_=HOTEL, body=f"number {n}").sid for n in range(7)]
    listed = [message.sid for message in twilio.messages.list(to=GUEST, page_size=3)]
    assert listed == sent[::-1]


def test_a_list_is_narrowed_by_recipient_sender_and_time(sandbox: RunningSandbox) -> None:
    twilio = sandbox.twilio()
    mine = twilio.messages.create(to=GUEST, from_=HOTEL, body="hello").sid
    twilio.messages.create(to=OTHER_GUEST, from_=HOTEL, body="hello")
    now = datetime.now(UTC)

    def found(**narrowed: object) -> list[str]:
        return [message.sid for message in twilio.messages.list(to=GUEST, **narrowed)]

    assert found() == [mine]
    assert found(from_=HOTEL) == [mine]
    assert found(from_=OTHER_GUEST) == []
    assert found(date_sent_after=now - timedelta(minutes=1)) == [mine]
    assert found(date_sent_after=now + timedelta(minutes=1)) == []
    assert found(date_sent_before=now + timedelta(minutes=1)) == [mine]
    assert found(date_sent_before=now - timedelta(minutes=1)) == []
    assert found(date_sent=now) == found(date_sent=now.date()) == [mine] or now.hour == 0


def test_an_sms_is_no_whatsapp_message(sandbox: RunningSandbox) -> None:
    twilio = sandbox.twilio()
    twilio.messages.create(to="+12025550111", from_="+12025550100", body="hello")
    assert twilio.messages.list(to=GUEST) == []
    assert [message["channel"] for message in sandbox.messages()] == ["sms"]


def test_a_template_made_by_the_content_api_can_be_sent(sandbox: RunningSandbox) -> None:
    twilio = sandbox.twilio()
    reply = ContentList.QuickReplyAction({"title": "Yes, {{1}}", "id": "yes"})
    body = ContentList.TwilioQuickReply({"body": "Clean {{1}}?", "actions": [reply]})
    asked = {
        "friendly_name": "clean_en",
        "language": "en",
        "variables": {"1": "today"},
        "types": ContentList.Types({"twilio/quick-reply": body}),
    }
    content = twilio.content.v1.contents.create(ContentList.ContentCreateRequest(asked))

    assert twilio.content.v1.contents(content.sid).fetch().friendly_name == "clean_en"
    assert content.sid in [known.sid for known in twilio.content.v1.contents.list()]
    twilio.messages.create(to=GUEST, from_=HOTEL, content_sid=content.sid, content_variables='{"1": "now"}')
    [arrived] = sandbox.messages()
    assert (arrived["body"], arrived["buttons"]) == ("Clean now?", [{"title": "Yes, now"}])


def test_the_same_template_registered_again_keeps_its_sid(sandbox: RunningSandbox) -> None:
    assert sandbox.template("Hello {{1}}") == sandbox.template("Hello {{1}}")
    assert sandbox.template("Hello {{1}}") != sandbox.template("Good day, {{1}}")


def test_the_houses_templates_are_there_from_the_start_by_name_and_language(sandbox: RunningSandbox) -> None:
    known = {content.friendly_name: content for content in sandbox.twilio().content.v1.contents.list()}
    assert {"staybase_request_received_en", "staybase_request_received_es"} <= known.keys()
    assert "{{1}}" in known["staybase_request_received_en"].types["twilio/text"]["body"]
