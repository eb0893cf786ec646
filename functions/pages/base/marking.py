"""Sentences that are said elsewhere than where they are written, marked for the catalogues of texts."""


def marked(message: str) -> str:
    """The sentence itself; imported as `_`, which is how the catalogues of texts know it."""
    return message
