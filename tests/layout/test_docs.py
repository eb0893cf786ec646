"""What README and docs name is there: files, and addresses of pages."""

import re
from pathlib import Path

import pytest

from functions.cli.home import ROOT
from tests.functions.routes import every_route

DOCS = sorted([ROOT / "README.md", ROOT / "supabase/README.md", *(ROOT / "docs").glob("*.md")])
NAMED = re.compile(r"`([^`\n]+)`")
FILE = re.compile(r"(?:(?:db|sql|functions|seeds|tests|docs|supabase)/)?[\w./*-]*\.(?:sql|py|json|md|toml)")
FOLDER = re.compile(r"(?:db|sql|functions|seeds|tests|docs|supabase)/[\w./-]*")
PAGE = re.compile(r"/(?:admin|app|portal|staff|guest|platform)(?:/[\w-]+)*")


def missing(text: str) -> list[str]:
    """Files and pages that a text names and nobody has made."""
    pages = {route.path for route in every_route() if ":path" not in route.path}
    found = []
    for name in NAMED.findall(text):
        if name.startswith((".", "test-results/")):
            continue
        if FILE.fullmatch(name):
            there = any(ROOT.glob(name if "/" in name else f"[!.n]*/**/{name}")) or (ROOT / name).exists()
        elif FOLDER.fullmatch(name):
            there = (ROOT / name).exists() or bool(list(ROOT.glob(f"{name}*")))
        elif PAGE.fullmatch(name):
            there = any(re.fullmatch(re.sub(r"\{[^}]+\}", "[^/]+", path), name) for path in pages)
        else:
            continue
        found += [] if there else [name]
    return found


@pytest.mark.parametrize("doc", DOCS, ids=lambda doc: str(doc.relative_to(ROOT)))
def test_what_is_named_is_there(doc: Path) -> None:
    assert missing(doc.read_text("utf-8")) == []


def test_what_is_gone_is_found() -> None:
    gone = ["sql/40_requests/gone.sql", "gone_too.sql", "tests/gone/", "/admin/gone"]
    said = ", ".join(f"`{name}`" for name in ["README.md", "/admin/clock", *gone])
    assert missing(said) == gone
