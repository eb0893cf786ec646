"""The statements that supabase/README.md tells a project's owner to run, as it tells them."""

import re
from functools import cache

from functions.cli.home import ROOT

BLOCK = re.compile(r"^```sql\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@cache
def statements() -> tuple[str, str]:
    """For the roles that log in, which `postgres` may; and for the data API, which Supabase lets it."""
    logins, settings = BLOCK.findall((ROOT / "supabase/README.md").read_text("utf-8"))
    return logins, settings
