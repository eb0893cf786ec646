"""Every token is read with its signature, its algorithm and its audience: the linters do not look there."""

import ast

import pytest

from functions.cli.home import ROOT
from tests.layout.files import tracked

NEEDED = {"algorithms", "audience"}


def loose_readings(name: str, text: str) -> list[str]:
    """Calls of `jwt.decode` that leave something out or switch something off."""
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"jwt.decode", "jwt.decode_complete"}:
            given = {keyword.arg for keyword in node.keywords}
            if missing := NEEDED - given:
                found.append(f"{name}:{node.lineno}: without {sorted(missing)}")
            if any("verify_signature" in ast.unparse(keyword.value) for keyword in node.keywords):
                found.append(f"{name}:{node.lineno}: the signature is a matter of choice")
    return found


def test_every_token_is_read_strictly() -> None:
    names = [name for name in tracked() if name.startswith("functions/") and name.endswith(".py")]
    assert [one for name in names for one in loose_readings(name, (ROOT / name).read_text("utf-8"))] == []


@pytest.mark.parametrize(
    "text",
    [
        "jwt.decode(token, secret, audience='a')",
        "jwt.decode(token, secret, algorithms=['HS256'])",
        "jwt.decode(t, s, algorithms=['HS256'], audience='a', options={'verify_signature': False})",
    ],
)
def test_a_loose_reading_is_found(text: str) -> None:
    assert loose_readings("a.py", text)
