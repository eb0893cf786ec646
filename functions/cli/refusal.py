"""The one error that a person at the command line is meant to read."""


class Refusal(Exception):
    """Staybase cannot go on: one sentence says what is wrong, `mend` says what to do about it."""

    def __init__(self, what: str, mend: str) -> None:
        super().__init__(f"{what} {mend}".rstrip())
        self.what = what
        self.mend = mend
