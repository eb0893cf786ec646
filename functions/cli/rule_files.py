"""The files of `sql/` and `db/bootstrap`: what each is, and in which order they are tried."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from functions.cli.home import ROOT

DEVELOPMENT = ".development.sql"

MAKES_IN_API = re.compile(
    r"\b(?:create\s+(?:or\s+replace\s+)?(?:function|view)|comment\s+on\s+view)\s+api\.", re.IGNORECASE
)
TABLES_BOUND = (
    re.compile(r"\bcreate\s+policy\s+\S+\s+on\s+([a-z_0-9.]+)"),
    re.compile(r"\bdrop\s+policy\s+if\s+exists\s+\S+\s+on\s+([a-z_0-9.]+)"),
    re.compile(r"\bcreate\s+(?:or\s+replace\s+)?(?:constraint\s+)?trigger\s+\S+\s[^;]*?\bon\s+([a-z_0-9.]+)"),
    re.compile(r"\bapp\.isolate_tenant\(\s*'([a-z_0-9.]+)'"),
    re.compile(r"\balter\s+table\s+(?:only\s+)?([a-z_0-9.]+)"),
)


@dataclass(frozen=True)
class RuleFile:
    """One re-appliable file; `path` is relative to the checkout and names it in the register."""

    path: str
    text: str

    @property
    def digest(self) -> str:
        """What changes when the text does."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def is_access(self) -> bool:
        """Whether it holds the policies and grants of a table."""
        return self.path.endswith(".access.sql")

    @property
    def is_api(self) -> bool:
        """Whether it makes something that the API shows."""
        return MAKES_IN_API.search(self.text) is not None

    @property
    def tables_bound(self) -> set[str]:
        """Tables whose policies or triggers it changes: they are locked before anything is done."""
        found = {name for pattern in TABLES_BOUND for name in pattern.findall(self.text)}
        return {name if "." in name else f"public.{name}" for name in found}

    @property
    def rank(self) -> tuple[int, str]:
        """Where it is tried first: helpers, views, triggers, then access; an order, not a promise."""
        name = self.path.rpartition("/")[2]
        if self.is_access:
            return (3, self.path)
        if name.startswith("tg_"):
            return (2, self.path)
        return (1 if name.endswith(".view.sql") else 0, self.path)

    def creates_function(self, name: str) -> bool:
        """Whether it creates the function of this qualified name, and does not merely grant it."""
        return (
            re.search(rf"create\s+(or\s+replace\s+)?(function|procedure)\s+{re.escape(name)}\s*\(", self.text)
            is not None
        )

    def line_of(self, position: int) -> int:
        """The line of a character position as PostgreSQL counts them (from one)."""
        return self.text.count("\n", 0, max(position - 1, 0)) + 1


def read(folder: str, *, development: bool, root: Path = ROOT) -> list[RuleFile]:
    """All files below a folder; in a development build `x.development.sql` stands in for `x.sql`."""
    paths = sorted((root / folder).rglob("*.sql"))
    overlays = {path for path in paths if path.name.endswith(DEVELOPMENT)}
    replaced = {path.with_name(path.name.removesuffix(DEVELOPMENT) + ".sql") for path in overlays}
    chosen = [path for path in paths if path not in (replaced if development else overlays)]
    files = [RuleFile(str(path.relative_to(root)), path.read_text(encoding="utf-8")) for path in chosen]
    return sorted(files, key=lambda file: file.rank) if folder == "sql" else files
