"""First passwords: made here, shown once, kept as a hash alone."""

import secrets
from typing import Final

from functions.identity.passwords import hash_password

LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that are taken for one another when read aloud or copied by hand."""
GROUPS, GROUP_LENGTH = 4, 4


async def new_password() -> tuple[str, str]:
    """A password for once (79 bits), and its hash."""
    groups = ("".join(secrets.choice(LETTERS) for _ in range(GROUP_LENGTH)) for _ in range(GROUPS))
    text = "-".join(groups)
    return text, await hash_password(text)
