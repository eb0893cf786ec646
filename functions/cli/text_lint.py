"""pgspot and bandit: what they find in our SQL and Python, less what is meant so.

An allowance that nothing needs any more is a finding itself.
"""

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from functions.cli.home import ROOT

TOOLS = Path(sys.executable).parent

# pgspot takes an empty search_path for an unsafe one; with it, nothing but pg_catalog is searched.
EMPTY_PATH = re.compile(r"set search_path = ''")
SAME_PATH = "set search_path = pg_catalog, pg_temp"
NOT_ASKED = {
    "PS001": "operators outside a function are bound when the migrating role makes the object",
    "PS002": "nobody but the migrating role may create in our schemas",
    "PS010": "the same",
    "PS015": "the same",
    "PS016": "as PS001, for functions",
    "PS017": "as PS001, for types",
}
MEANT_IN_SQL = {
    "db/bootstrap/03_ids_and_money.sql: PS005": "app.new_id has to inline",
    "db/migrations/V0012__audit_and_privacy.sql: PS005": "lived in pg_temp for one transaction",
    "sql/80_notify/notification_rank.sql: PS005": "has to inline",
    "sql/80_notify/notification_rank.sql: PS009": "compares texts of ours; has to inline",
    "sql/40_requests/portal_request_comments.view.sql: PS009": "compares texts; bound when the view is made",
}
MEANT_IN_PYTHON = {
    "functions/sandbox/dress.py: B704": "marks up what it has escaped itself",
    "functions/sandbox/messages.py: B608": "puts together column names of its own, never values",
    "functions/shared/addresses.py: B104": "the name of an unknown address, not one to listen on",
}
FINDING = re.compile(r"^(PS\d{3}): (.*)$")


def sql_findings() -> list[str]:
    """What pgspot finds in db/ and sql/, as `file: code: sentence`."""
    paths = [path for folder in ("db", "sql") for path in sorted((ROOT / folder).rglob("*.sql"))]
    texts = {str(path.relative_to(ROOT)): path.read_text("utf-8") for path in paths}
    return less(pgspot(texts), MEANT_IN_SQL)


def python_findings() -> list[str]:
    """What bandit finds in functions/, of medium severity and above, as `file: code: sentence`."""
    return less(bandit(ROOT / "functions"), MEANT_IN_PYTHON)


def pgspot(texts: Mapping[str, str]) -> list[str]:
    """What pgspot says of these texts."""
    found = []
    with tempfile.TemporaryDirectory(prefix="staybase-pgspot-") as folder:
        for name, text in texts.items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(EMPTY_PATH.sub(SAME_PATH, text), "utf-8")
        done = subprocess.run(
            [TOOLS / "pgspot", *texts], cwd=folder, capture_output=True, text=True, check=False
        )
    name = ""
    for line in done.stdout.splitlines():
        if line.rstrip().removesuffix(":") in texts:
            name = line.rstrip().removesuffix(":")
        elif (match := FINDING.match(line)) and match[1] not in NOT_ASKED:
            found.append(f"{name}: {match[1]}: {match[2]}")
    return found if done.stdout.strip() else [f"pgspot did not answer: {done.stderr.strip()[-300:]}"]


def bandit(folder: Path) -> list[str]:
    """What bandit says of a folder."""
    words = [str(TOOLS / "bandit"), "--quiet", "--recursive", "-ll", "--format", "json", str(folder)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    try:
        told = json.loads(done.stdout)
    except ValueError:
        return [f"bandit did not answer: {done.stderr.strip()[-300:]}"]
    found = [
        f"{Path(one['filename']).relative_to(folder.parent)}: {one['test_id']}: line {one['line_number']}:"
        f" {one['issue_text']}"
        for one in told["results"]
    ]
    return found + [f"bandit could not read {error['filename']}" for error in told["errors"]]


def less(found: Iterable[str], meant: Mapping[str, str]) -> list[str]:
    """Findings that nobody meant, and allowances that nobody needs."""
    listed = list(found)
    unneeded = [key for key in meant if not any(one.startswith(f"{key}:") for one in listed)]
    return [one for one in listed if not any(one.startswith(f"{key}:") for key in meant)] + [
        f"{key} is allowed but not found any more" for key in unneeded
    ]
