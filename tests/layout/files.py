"""The text of the repository as its conventions see it: files, code, what they make and what they call."""

import re
import subprocess
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from functions.cli.home import ROOT

CREATES = re.compile(r"\bcreate\s+(?:or\s+replace\s+)?function\s+(\w+)\.(\w+)\s*\(", re.IGNORECASE)
CALLS = re.compile(r"\b(app|api|hook)\.(\w+)\s*\(")
# A comment, a literal or a quoted name; what stands in dollars is code.
WORDS = re.compile(r"--[^\n]*|/\*.*?\*/|'(?:[^']|'')*'|\"[^\"]*\"", re.DOTALL)


@dataclass(frozen=True)
class SqlFile:
    """One SQL file; `path` is relative to the checkout."""

    path: str
    text: str

    @cached_property
    def code(self) -> str:
        """The text with comments and literals blanked out, line for line and column for column."""
        return WORDS.sub(lambda found: re.sub(r"[^\n]", " ", found.group()), self.text)

    @cached_property
    def statements(self) -> str:
        """The text without comments; literals stay."""
        return re.sub(
            WORDS, lambda found: "" if found.group().startswith(("--", "/*")) else found.group(), self.text
        )

    @cached_property
    def functions(self) -> list[str]:
        """Qualified names of the functions it creates."""
        return [f"{schema}.{name}" for schema, name in CREATES.findall(self.code)]

    @cached_property
    def calls(self) -> set[str]:
        """Qualified names of what its bodies call."""
        called = {f"{schema}.{name}" for schema, name in CALLS.findall(self.bodies)}
        return called - set(self.functions)

    @cached_property
    def bodies(self) -> str:
        """What stands between the head of a function and its end."""
        return "\n".join(
            re.findall(r"(?:\$\$|begin atomic)(.*?)(?:\$\$|^end;)", self.code, re.DOTALL | re.MULTILINE)
        )

    @cached_property
    def name(self) -> str:
        """The file's name without its endings: what it is about."""
        return self.path.rpartition("/")[2].removesuffix(".sql").removesuffix(".development")

    @cached_property
    def header(self) -> dict[str, str]:
        """The comment lines that open it: its name, `may`, `refuses`, `then`."""
        lines: dict[str, str] = {}
        for line in self.text.splitlines():
            found = re.match(r"-- ([\w. ,-]+?):\s+(.*)$", line)
            if not line.startswith("--"):
                break
            if found:
                lines.setdefault(found.group(1), found.group(2))
        return lines

    @property
    def is_command(self) -> bool:
        """Whether it makes something that sessions may call."""
        return any(name.startswith("api.") for name in self.functions)

    @cached_property
    def slugs(self) -> set[str]:
        """Slugs that it raises or answers itself."""
        raised = re.findall(r"\bdetail\s*=\s*'(\w+)'", self.statements)
        answered = re.findall(r"\bapp\.answer\(\s*\d+,\s*'(\w+)'", self.statements)
        returned = re.findall(r"(?:\breturn|\bv_refusal :=) '([a-z]+(?:_[a-z]+)+)'", self.statements)
        return {*raised, *answered, *returned}


@cache
def rules() -> tuple[SqlFile, ...]:
    """Every file of sql/."""
    return tuple(read(path) for path in sorted((ROOT / "sql").rglob("*.sql")))


@cache
def schema() -> tuple[SqlFile, ...]:
    """Every file of db/."""
    return tuple(read(path) for path in sorted((ROOT / "db").rglob("*.sql")))


def read(path: Path) -> SqlFile:
    return SqlFile(str(path.relative_to(ROOT)), path.read_text(encoding="utf-8"))


def planted(text: str, path: str = "sql/00_core/planted.sql") -> SqlFile:
    """A file that breaks a convention, for the test of the test."""
    return SqlFile(path, text)


@cache
def tracked() -> tuple[str, ...]:
    """Every text file that a clone would hold, new ones that nobody ignores among them."""
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    return tuple(name for name in listed if (ROOT / name).is_file() and is_text(ROOT / name))


def is_text(path: Path) -> bool:
    return b"\0" not in path.read_bytes()[:4096]
