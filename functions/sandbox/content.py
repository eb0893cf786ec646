"""Content templates as Twilio keeps them, and the strictness of their variables."""

import hashlib
import json
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PLACEHOLDER = re.compile(r"\{\{\s*([^{}\s]*)\s*\}\}")
UNPRINTABLE = re.compile(r"[\n\r\t]| {5,}")
LONGEST_VALUE = 1600
REFERENCE = Path(__file__).parents[2] / "seeds" / "reference" / "templates"


class BadVariables(Exception):
    """ContentVariables that the template cannot take; carries Twilio's code."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Template:
    """One approved template: a name, a language, samples of its variables, and its content by type."""

    sid: str
    friendly_name: str
    language: str
    variables: dict[str, str]
    types: dict[str, dict[str, Any]]

    @property
    def body(self) -> str:
        return next((str(t.get("body") or t.get("title") or "") for t in self.types.values()), "")

    @property
    def buttons(self) -> list[dict[str, str]]:
        """Quick replies, links and calls under the text: `{title, url?}`."""
        actions = [action for content in self.types.values() for action in (content.get("actions") or [])]
        return [{key: str(action[key]) for key in ("title", "url") if action.get(key)} for action in actions]

    def render(self, content_variables: str) -> tuple[str, list[dict[str, str]], dict[str, str]]:
        """Text, buttons and values as the guest sees them; samples are for approval, never for a guest."""
        values = parse_variables(content_variables)
        buttons = [{key: fill(text, values) for key, text in button.items()} for button in self.buttons]
        return fill(self.body, values), buttons, values


def parse_variables(content_variables: str) -> dict[str, str]:
    try:
        values = json.loads(content_variables or "{}")
    except ValueError:
        raise BadVariables(21656) from None
    if not isinstance(values, dict):
        raise BadVariables(21656)
    for value in values.values():
        if not isinstance(value, str) or not value.strip() or UNPRINTABLE.search(value):
            raise BadVariables(21656)
        if len(value) > LONGEST_VALUE:
            raise BadVariables(21658)
    return values


def fill(text: str, values: dict[str, str]) -> str:
    def value(match: re.Match[str]) -> str:
        if match[1] not in values:
            raise BadVariables(21656)
        return values[match[1]]

    return PLACEHOLDER.sub(value, text)


class Templates:
    """All templates of the account. The same content registered again keeps its SID."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._known = {
            row["sid"]: Template(sid=row["sid"], **json.loads(row["content"]))
            for row in database.execute("select sid, content from templates order by rowid")
        }

    def find(self, sid: str) -> Template | None:
        return self._known.get(sid)

    def all(self) -> list[Template]:
        return list(self._known.values())

    def register(
        self, friendly_name: str, language: str, variables: dict[str, str], types: dict[str, dict[str, Any]]
    ) -> Template:
        content = {
            "friendly_name": friendly_name,
            "language": language,
            "variables": variables,
            "types": types,
        }
        text = json.dumps(content, ensure_ascii=False, sort_keys=True)
        sid = "HX" + hashlib.blake2s(text.encode(), digest_size=16).hexdigest()
        self._database.execute("insert or replace into templates (sid, content) values (?, ?)", (sid, text))
        self._known[sid] = Template(sid=sid, **content)  # type: ignore[arg-type]
        return self._known[sid]

    def remove(self, sid: str) -> bool:
        self._database.execute("delete from templates where sid = ?", (sid,))
        return self._known.pop(sid, None) is not None

    def clear(self) -> None:
        self._database.execute("delete from templates")
        self._known.clear()

    def names(self) -> set[str]:
        return {template.friendly_name for template in self._known.values()}


def reference_contents() -> Iterator[tuple[str, str, dict[str, str], dict[str, dict[str, Any]]]]:
    """The seeds' WhatsApp templates as contents, one a language: `<content_name>_<language>`, `{{1}}` on.

    Every new hotel starts with them, so the sandbox's account has them from the start, approved.
    """
    for path in sorted(REFERENCE.glob("*.json")):
        given = json.loads(path.read_text())
        if given.get("channel") != "whatsapp":
            continue
        places = {variable["name"]: str(place) for place, variable in enumerate(given["variables"], 1)}
        samples = {places[variable["name"]]: str(variable["sample"]) for variable in given["variables"]}
        for language, body in given["bodies"].items():
            numbered = PLACEHOLDER.sub(lambda match: "{{" + places[match[1]] + "}}", body)  # noqa: B023
            yield (
                f"{given['content_name']}_{language}",
                language,
                samples,
                {"twilio/text": {"body": numbered}},
            )
