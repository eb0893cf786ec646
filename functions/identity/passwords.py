"""Passwords: hashed by argon2id beside the event loop, and refused when a guesser would try them early."""

import asyncio
import hashlib
import os
import re
import threading
import unicodedata
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

from argon2 import PasswordHasher, extract_parameters
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.low_level import hash_secret

from functions.identity.guessable import is_common, is_pattern
from functions.shared.callers import digest_of_secret
from functions.shared.errors import RETRY_SOON, Problem, RequestRefused

LEAST_CHARACTERS: Final = 12
LEAST_WORDS: Final = 3
MOST_CHARACTERS: Final = 256
MOST_WAITING: Final = 64
"""Hashes asked for at a time; whoever comes on top of that is asked to try again."""

HASHER: Final = PasswordHasher(time_cost=2, memory_cost=47_104, parallelism=1)
HASHER_PREFIX: Final = "$argon2id$v=19$m=47104,t=2,p=1$"
NOBODYS_HASH: Final = (
    "$argon2id$v=19$m=47104,t=2,p=1$e+BXXAvf/vYayNxbhrwgEA$1Hm1p//8JFiv7uZbstseBqWfiUTKX0vNDYhFWT+kFI8"
)
"""Checked where there is no account, so that it takes the same time. No text that can be typed fits it."""

ADVICE: Final = {
    "too_long": f"Use {MOST_CHARACTERS} characters at most.",
    "too_short": "Use at least 12 characters, or three different words with spaces between them.",
    "near": "Leave your name, your e-mail address and the name of the hotel out of it.",
    "pattern": "It repeats itself or follows the keyboard. Three unrelated words are better.",
    "common": "It is on the list of the most common passwords. Three unrelated words are better.",
}
"""What to do instead. People read it: the pages have it in each of their languages."""

Made = TypeVar("Made")
_waiting = 0


def _step_back() -> None:
    """The event loop goes first: a hashing thread takes what is left of the processor."""
    os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 10)


_hashing: Final = ThreadPoolExecutor(os.cpu_count() or 1, "hashing", initializer=_step_back)


async def hash_password(text: str, email: str) -> str:
    """The argon2id hash to keep, salt and parameters in it."""
    return await _beside_the_loop(lambda: HASHER.hash(_bytes_of(text), salt=salt_of(email)))


async def fitting(kept: Iterable[str], text: str, email: str) -> frozenset[str]:
    """Those of an address's hashes that a text is the password of.

    They share a salt, so that one computation tells for all of them; without any it takes as long to say no.
    """
    return await _beside_the_loop(_fitting, frozenset(kept), text, email)


async def verify_password(kept: str | None, text: str) -> bool:
    """Whether a text is the password of this hash; without one it takes as long to say no."""
    return await _beside_the_loop(_fits, kept, text)


def salt_of(email: str) -> bytes:
    """The salt of an address: other for each, and the same in all its hotels."""
    return hashlib.blake2b(
        email.strip().lower().encode("utf-8", "replace"), digest_size=16, person=b"staybase salt"
    ).digest()


def digest_of_one_time(text: str) -> bytes:
    """What is kept of a password for once, however its groups and capitals were typed."""
    return digest_of_secret(re.sub(r"[\s-]", "", text[:MOST_CHARACTERS]).lower())


def refuse_weak(text: str, *near: str) -> None:
    """Refuses a new password that is short, common, a pattern, or tells whose it is (`near`)."""
    weakness = weakness_of(text, *near)
    if weakness is not None:
        raise RequestRefused(422, "password_too_weak", "This password is too easy to guess.", weakness)


def weakness_of(text: str, *near: str) -> str | None:
    """Why a password would be guessed, as advice to people; None for a good one."""
    plain = unicodedata.normalize("NFKC", text)
    if len(plain) > MOST_CHARACTERS:
        return ADVICE["too_long"]
    if len(plain.strip()) < LEAST_CHARACTERS and not is_passphrase(plain):
        return ADVICE["too_short"]
    lowered = plain.lower()
    if any(part in lowered for part in _parts(near)):
        return ADVICE["near"]
    if is_pattern(lowered):
        return ADVICE["pattern"]
    if is_common(lowered):
        return ADVICE["common"]
    return None


def is_passphrase(text: str) -> bool:
    """Whether it is made of three different words or more, which may then be short ones."""
    words = {word for word in re.split(r"[\s-]+", text.lower()) if len(word) >= 3 and word.isalpha()}
    return len(words) >= LEAST_WORDS


def _parts(near: tuple[str, ...]) -> set[str]:
    """Words of four letters or more in what tells whose a password is, and an e-mail's name whole."""
    told = {unicodedata.normalize("NFKC", one).lower() for one in near if one}
    names = {one.partition("@")[0] for one in told if "@" in one}
    words = {word for one in told for word in re.split(r"[\W_]+", one.partition("@")[0])}
    return {part for part in (words | names) if len(part) >= 4}


def _fits(kept: str | None, text: str) -> bool:
    try:
        is_right = HASHER.verify(kept or NOBODYS_HASH, _bytes_of(text[:MOST_CHARACTERS]))
    except (VerificationError, InvalidHashError):
        return False
    return is_right and kept is not None and len(text) <= MOST_CHARACTERS


def _fitting(kept: frozenset[str], text: str, email: str) -> frozenset[str]:
    nobodys = HASHER_PREFIX + b64encode(salt_of(email)).decode().rstrip("=") + "$" + "A" * 43
    alike = {one.rpartition("$")[0]: one for one in kept} or {"": nobodys}
    made = {_made_as(one, text) for one in alike.values()}
    return kept & made if len(text) <= MOST_CHARACTERS else frozenset()


def _made_as(kept: str, text: str) -> str:
    """The hash of a text with the salt and the parameters of another."""
    how, salt = extract_parameters(kept), kept.split("$")[4]
    return hash_secret(
        _bytes_of(text[:MOST_CHARACTERS]),
        b64decode(salt + "=" * (-len(salt) % 4)),
        how.time_cost,
        how.memory_cost,
        how.parallelism,
        how.hash_len,
        how.type,
        how.version,
    ).decode()


def _bytes_of(text: str) -> bytes:
    return unicodedata.normalize("NFKC", text).encode("utf-8", "surrogatepass")


async def _beside_the_loop(work: Callable[..., Made], *given: object) -> Made:
    """Runs a hash in a thread, so that nobody else waits for it; a bounded number at a time."""
    global _waiting
    if _waiting >= MOST_WAITING:
        raise Problem(
            503, "too_busy", "Too many people sign in just now.", "Try again in a moment.", headers=RETRY_SOON
        )
    _waiting += 1
    try:
        return await asyncio.get_running_loop().run_in_executor(_hashing, work, *given)
    finally:
        _waiting -= 1
