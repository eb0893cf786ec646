"""Buttons on a card in Slack: one for each action, with what it asks for above them.

A button's value says which action of which request it is, in which status it was offered.
"""

from typing import Any

Block = dict[str, Any]
TAKE = "take:"
LONGEST_LABEL = 75


def button_blocks(variables: dict[str, Any], currency: str) -> list[Block]:
    """The inputs and the buttons of the actions there are; nothing when there are none."""
    actions: list[dict[str, Any]] = variables.get("actions") or []
    asked = {each["key"]: each for action in actions for each in action["inputs"]}
    shown = [field(each, currency) for each in asked.values()]
    if actions:
        elements = [button(action, str(variables["request_id"])) for action in actions]
        shown.append({"type": "actions", "block_id": "take", "elements": elements})
    return shown


def field(asked: dict[str, Any], currency: str) -> Block:
    """A line to type into; an amount that was worked out stands there already."""
    is_money = asked["type"] == "money"
    element = {"type": "plain_text_input", "action_id": asked["key"], "max_length": 40 if is_money else 500}
    if asked.get("value") is not None:
        element["initial_value"] = str(asked["value"])
    label = f"{asked['label']} ({currency})" if is_money and currency else str(asked["label"])
    return {
        "type": "input",
        "block_id": asked["key"],
        "optional": True,
        "label": {"type": "plain_text", "text": label[:LONGEST_LABEL]},
        "element": element,
    }


def button(action: dict[str, Any], request_id: str) -> Block:
    """One action."""
    return {
        "type": "button",
        "action_id": TAKE + action["key"],
        "style": action["style"],
        "text": {"type": "plain_text", "text": str(action["label"])[:LONGEST_LABEL]},
        "value": f"{request_id} {action['status']}",
    }
