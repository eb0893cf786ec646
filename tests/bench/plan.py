"""How much is measured: the whole house, or a small one while something is being built."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Plan:
    """Sizes of one run. Times in seconds."""

    tenants: int
    requests: int
    open_each: int = 60
    """Requests of a tenant that are still to be worked on: more than a page of the inbox."""
    callers: int = 8
    """Clients at once, each a member of another tenant."""
    rounds: int = 3
    sample: float = 4.0
    """How long each alternative is measured in each round."""
    warming: float = 1.0
    pairs: int = 5
    settling: float = 60.0
    """How long the idle stack is left alone before its memory is read."""
    flood: int = 3000
    """Messages that one worker sends as fast as it can."""
    paced: int = 900
    """Submissions at fifty a second whose messages are timed."""
    ledger: int = 20_000
    """Messages that are claimed and marked without being sent."""
    checks: int = 3000
    """Requests whose session is checked, one after the other."""
    tries: int = 1000
    """Wrong passwords for each of two accounts."""
    sign_ins: int = 200
    """Right ones, several at a time."""
    guesses: int = 10_000
    """Wrong codes of strangers."""


WHOLE = Plan(tenants=100, requests=500_000)
QUICK = Plan(
    tenants=12,
    requests=20_000,
    sample=2.0,
    settling=5.0,
    flood=600,
    paced=150,
    pairs=3,
    ledger=3_000,
    checks=500,
    tries=40,
    sign_ins=40,
    guesses=4_000,
)
SMALL = Plan(tenants=12, requests=5_000)
"""What the inbox of the whole house is held against."""
