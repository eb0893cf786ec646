"""What a team reads in Slack: the room big, then who, what, how many, and the way to the inbox."""

from typing import Any
from urllib.parse import quote

from functions.notify.channels.slack_buttons import button_blocks
from functions.notify.messages import Message

Block = dict[str, Any]
MOST_LINES = 20
MOST_SLOTS = 40
WORDS = {
    "en": {
        "room": "Room {}",
        "none": "No room",
        "open": "Open in the inbox",
        "by": "by {}",
        "until": "until {}",
        "new": "new",
        "due": "⏰ now",
        "stuck": "⏰ nobody has worked on it for {} minutes",
        "guest_checked_in": "Checked in",
        "guest_opted_out": "Wants no more messages",
        "guest_wrote": "💬 the guest wrote",
        "moved": "🚪 the guest has moved, it was room {}",
        "daily_cleaning_planned": "Rooms to clean today",
        "diet": "Diet:",
    },
    "es": {
        "room": "Hab. {}",
        "none": "Sin hab.",
        "open": "Abrir en la bandeja",
        "by": "por {}",
        "until": "hasta {}",
        "new": "nueva",
        "due": "⏰ ahora",
        "stuck": "⏰ nadie lo atiende desde hace {} minutos",
        "guest_checked_in": "Entrada hecha",
        "guest_opted_out": "No quiere más mensajes",
        "guest_wrote": "💬 el huésped ha escrito",
        "moved": "🚪 el huésped se ha cambiado, era la hab. {}",
        "daily_cleaning_planned": "Habitaciones que se limpian hoy",
        "diet": "Dieta:",
    },
}
URGENT = {"urgent", "high"}


def line(message: Message) -> str:
    """One line for the phone's notification and for readers without blocks."""
    said = message.variables
    parts = [place(message), text(said.get("title")), status(message), text(said.get("number"))]
    if message.event_key in {"guest_checked_in", "guest_opted_out"}:
        parts[1:2] = [subject(message), text(said.get("guest_name"))]
    elif said.get("rooms"):
        parts[1:2] = [f"{subject(message)} ({text(said.get('count'))})", text(said["rooms"])]
    return escaped(" · ".join(part for part in parts if part)) or message.event_key


def blocks(message: Message, public_url: str) -> list[Block]:
    """The card."""
    said, words = message.variables, words_of(message)
    who = " · ".join(part for part in (text(said.get("guest_name")), text(said.get("property_name"))) if part)
    is_urgent = said.get("severity") in URGENT or said.get("priority") in URGENT
    card = [
        header(("🔴 " if is_urgent else "") + place(message)),
        section(f"*{escaped(subject(message))}*" + (f"\n{escaped(who)}" if who else "")),
    ]
    if said.get("rooms"):
        card.append(section(escaped(text(said["rooms"]))))
    ordered = said.get("lines") or []
    if ordered:
        shown = [
            f"• {int(item['quantity'])} × {escaped(text(item.get('name')))}" for item in ordered[:MOST_LINES]
        ]
        more = len(ordered) - MOST_LINES
        card.append(section("\n".join(shown + ([f"… +{more}"] if more > 0 else []))))
    card.extend(serving(slot) for slot in (said.get("slots") or [])[:MOST_SLOTS])
    if said.get("scheduled_for"):
        card.append(section(f"🕑 *{escaped(text(said['scheduled_for']))}*"))
    if said.get("assignee"):
        card.append(section(f"→ {mention(said)}"))
    if said.get("dietary_notes"):
        card.append(section(f"⚠️ *{words['diet']}* {escaped(clipped(text(said['dietary_notes']), 1000))}"))
    if said.get("note"):
        card.append(
            section("\n".join(f"> {escaped(row)}" for row in clipped(text(said["note"]), 1500).splitlines()))
        )
    until = words["until"].format(text(said["check_out"])) if said.get("check_out") else ""
    foot = [text(said.get("number")), text(said.get("type_label")), until, status(message)]
    if any(foot):
        card.append(context(" · ".join(part for part in foot if part)))
    card += button_blocks(said, text(said.get("currency")))
    if said.get("number"):
        card.append(link_button(words["open"], f"{public_url}/app/inbox?q={quote(text(said['number']))}"))
    return card


def serving(slot: dict[str, Any]) -> Block:
    """A time of a menu as the kitchen reads it: how many people, where, and what."""
    dishes = [f"• {line['quantity']} × {escaped(text(line['name']))}" for line in slot.get("lines") or []]
    head = f"*{slot['at']}* · 👤 {slot['people']} · {escaped(text(slot.get('rooms')))}"
    return section("\n".join([head, *dishes]))


def mention(said: dict[str, Any]) -> str:
    """Who is to do it: called by Slack where it is known who they are there."""
    user = text(said.get("assignee_slack"))
    return f"<@{user}>" if user else f"*{escaped(text(said['assignee']))}*"


def words_of(message: Message) -> dict[str, str]:
    """The card's own words in the property's language."""
    return WORDS.get(message.language, WORDS["en"])


def subject(message: Message) -> str:
    """What it is about: the request's title, or what happened."""
    said = message.variables
    return (
        text(said.get("title"))
        or text(said.get("type_label"))
        or words_of(message).get(message.event_key, message.event_key)
    )


def place(message: Message) -> str:
    """Room G06, with the property's code; a day's list is the whole property's."""
    said, words = message.variables, words_of(message)
    if said.get("rooms") or said.get("slots"):
        return text(said.get("property_name") or said.get("property_code"))
    number = text(said.get("room_number") or said.get("room"))
    room = words["room"].format(number) if number else words["none"]
    return " · ".join(part for part in (room, text(said.get("property_code"))) if part)


def status(message: Message) -> str:
    """New, or the status and who brought it about."""
    said, words = message.variables, words_of(message)
    if message.event_key in {"request_received", "request_due"}:
        return words["due" if message.event_key == "request_due" else "new"]
    if message.event_key == "request_stuck":
        return words["stuck"].format(text(said.get("stuck_minutes")))
    if message.event_key == "request_moved":
        return words["moved"].format(text(said.get("moved_from")))
    if message.event_key == "guest_wrote":
        return words["guest_wrote"]
    actor = text(said.get("actor"))
    return " ".join(
        part for part in (text(said.get("status_label")), words["by"].format(actor) if actor else "") if part
    )


def text(value: Any) -> str:
    """A value as text; nothing for none."""
    return "" if value is None else str(value).strip()


def clipped(full: str, most: int) -> str:
    """Text of at most so many characters."""
    return full if len(full) <= most else full[: most - 1] + "…"


def escaped(full: str) -> str:
    """Slack's three signs with a meaning, made harmless: a guest's note must not mention a whole channel."""
    return full.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def header(plain: str) -> Block:
    """The big line."""
    return {"type": "header", "text": {"type": "plain_text", "text": clipped(plain, 150)}}


def context(plain: str) -> Block:
    """The small line."""
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": escaped(plain)}]}


def link_button(label: str, url: str) -> Block:
    """A button that opens a page."""
    button = {
        "type": "button",
        "action_id": "open",
        "text": {"type": "plain_text", "text": label},
        "url": url,
    }
    return {"type": "actions", "elements": [button]}


def section(markdown: str) -> Block:
    """A paragraph."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": clipped(markdown, 3000)}}
