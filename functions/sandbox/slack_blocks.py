"""What Slack accepts as blocks, and how blocks read as plain text."""

from collections.abc import Iterator
from typing import Any

MOST_BLOCKS = 50
LONGEST = {
    "section": 3000,
    "header": 150,
    "field": 2000,
    "button": 75,
    "context": 2000,
    "value": 2000,
    "action_id": 255,
}
MOST_FIELDS = 10
MOST_ELEMENTS = {"context": 10, "actions": 25}
KINDS = {
    "section",
    "header",
    "divider",
    "context",
    "actions",
    "image",
    "rich_text",
    "input",
    "video",
    "markdown",
}


def faults(blocks: Any) -> list[str]:
    """What is wrong with the blocks, worded as Slack words it; empty when they are fine."""
    if not isinstance(blocks, list):
        return ["must be an array [json-pointer:/blocks]"]
    found = [fault for number, block in enumerate(blocks) for fault in faults_of(f"/blocks/{number}", block)]
    if len(blocks) > MOST_BLOCKS:
        found.append(f"no more than {MOST_BLOCKS} items allowed [json-pointer:/blocks]")
    return found


def faults_of(pointer: str, block: Any) -> Iterator[str]:
    if not isinstance(block, dict) or block.get("type") not in KINDS:
        yield f"unsupported type [json-pointer:{pointer}/type]"
        return
    kind = block["type"]
    if kind == "header":
        yield from faults_of_text(f"{pointer}/text", block.get("text"), LONGEST["header"], ("plain_text",))
    elif kind == "section":
        fields = block.get("fields")
        fields = fields if isinstance(fields, list) else []
        if "text" not in block and not fields:
            yield f"missing required field: text [json-pointer:{pointer}]"
        if "text" in block:
            yield from faults_of_text(f"{pointer}/text", block["text"], LONGEST["section"])
        if len(fields) > MOST_FIELDS:
            yield f"no more than {MOST_FIELDS} items allowed [json-pointer:{pointer}/fields]"
        for number, field in enumerate(fields):
            yield from faults_of_text(f"{pointer}/fields/{number}", field, LONGEST["field"])
    elif kind == "input":
        yield from faults_of_input(pointer, block)
    elif kind in MOST_ELEMENTS:
        yield from faults_of_elements(pointer, kind, block.get("elements"))


def faults_of_input(pointer: str, block: dict[str, Any]) -> Iterator[str]:
    element = block.get("element")
    yield from faults_of_text(f"{pointer}/label", block.get("label"), LONGEST["field"], ("plain_text",))
    if not isinstance(element, dict) or element.get("type") != "plain_text_input":
        yield f"unsupported type [json-pointer:{pointer}/element/type]"
    elif len(str(element.get("initial_value", ""))) > element.get("max_length", 3000):
        most = element["max_length"]
        yield f"must be less than {most + 1} characters [json-pointer:{pointer}/element/initial_value]"


def faults_of_button(pointer: str, button: dict[str, Any]) -> Iterator[str]:
    yield from faults_of_text(f"{pointer}/text", button.get("text"), LONGEST["button"], ("plain_text",))
    if button.get("style", "primary") not in ("primary", "danger"):
        yield f"must be one of primary, danger [json-pointer:{pointer}/style]"
    for name, most in (("value", LONGEST["value"]), ("action_id", LONGEST["action_id"])):
        if len(str(button.get(name, ""))) > most:
            yield f"must be less than {most + 1} characters [json-pointer:{pointer}/{name}]"


def faults_of_elements(pointer: str, kind: str, elements: Any) -> Iterator[str]:
    if not isinstance(elements, list) or not elements:
        yield f"missing required field: elements [json-pointer:{pointer}]"
        return
    if len(elements) > MOST_ELEMENTS[kind]:
        yield f"no more than {MOST_ELEMENTS[kind]} items allowed [json-pointer:{pointer}/elements]"
    for number, element in enumerate(elements):
        at = f"{pointer}/elements/{number}"
        if kind == "context" and isinstance(element, dict) and element.get("type") != "image":
            yield from faults_of_text(at, element, LONGEST["context"])
        elif kind == "actions" and isinstance(element, dict) and element.get("type") == "button":
            yield from faults_of_button(at, element)
    named = [one.get("action_id") for one in elements if isinstance(one, dict) and one.get("action_id")]
    if len(named) > len(set(named)):
        yield f"action_id already exists [json-pointer:{pointer}/elements]"


def faults_of_text(
    pointer: str, text: Any, longest: int, types: tuple[str, ...] = ("mrkdwn", "plain_text")
) -> Iterator[str]:
    if not isinstance(text, dict) or text.get("type") not in types or not isinstance(text.get("text"), str):
        yield f"must be a valid text object [json-pointer:{pointer}]"
    elif not text["text"]:
        yield f"must be more than 0 characters [json-pointer:{pointer}/text]"
    elif len(text["text"]) > longest:
        yield f"must be less than {longest + 1} characters [json-pointer:{pointer}/text]"


def words(blocks: list[dict[str, Any]]) -> str:
    """All that the blocks say, a line for each text."""
    return "\n".join(text for block in blocks for text in texts(block))


def texts(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        text = node.get("text")
        if isinstance(text, str):
            yield text
        for key in ("text", "fields", "elements", "accessory"):
            if not isinstance(node.get(key), str):
                yield from texts(node.get(key))
    elif isinstance(node, list):
        for item in node:
            yield from texts(item)
