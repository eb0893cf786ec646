"""What a guesser tries first: words that many choose, two of them in a row, and walks over the keyboard."""

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Final

MOST_COMMON_WORDS: Final = 2
"""So many words of the list, with whatever digits between them, are found in an afternoon; three are not."""

LONGEST_LOOKED_AT: Final = 48
LEAST_DIFFERENT: Final = 5
LEAST_TO_REPEAT: Final = 12
LEAST_BY_TURNS: Final = 4
LONGEST_RUN: Final = 20
_LIST: Final = Path(__file__).with_name("common_passwords.txt")
_TOO_DEAR: Final = MOST_COMMON_WORDS + 1
_SMALL_WORDS: Final = """
    a i u is it in on of to my me we us be am are at as by do go no or so up an the and for you your this that
    our her his was not new old all one two big cf fc sc de la el y mi tu su los las del con por es un una mr
    mrs ji pk uk bin com net org www er ka ki ke ko se
"""
_GLUE: Final = frozenset(_SMALL_WORDS.split())
_LEET_L: Final = str.maketrans("0134578@$!|+", "oleastbasilt")
_LEET_I: Final = str.maketrans("0134578@$!|+", "oieastbasilt")
_SHIFTED: Final = str.maketrans("!@#$%^&*()", "1234567890")
_ROWS: Final = (
    "abcdefghijklmnopqrstuvwxyz",
    "1234567890",
    "01234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "qwertzuiop",
    "azertyuiop",
)
_COLUMNS: Final = ("1qaz", "2wsx", "3edc", "4rfv", "5tgb", "6yhn", "7ujm", "8ik", "9ol", "147", "258", "369")
_RUNS: Final = tuple(run for one in _ROWS + _COLUMNS for run in (one, one[::-1]))


@cache
def common() -> frozenset[str]:
    """The bundled list, with plain letters beside those that have accents, and the plurals of its words."""
    lines = _LIST.read_text("utf-8").splitlines()
    words = {word for line in lines if not line.startswith("#") for word in line.split()}
    return frozenset(words | {_folded(word) for word in words} | {word + "s" for word in words})


def is_pattern(lowered: str) -> bool:
    """Whether it repeats itself or follows the keyboard: by row, column or two by turns."""
    text = re.sub(r"[\s_.-]", "", lowered) or lowered
    if len(set(text)) < LEAST_DIFFERENT or re.fullmatch(r"(.{1,4})\1+.?.?.?", text):
        return True
    letters = re.sub(r"[\W\d_]", "", text)
    for told in (text, letters):
        again = re.fullmatch(r"(.{2,}?)\1+\d{0,4}\W*", told)
        if again and len(again.group(1)) < LEAST_TO_REPEAT:
            return True
    return _is_run(text, 0.7) or _tiled(text, frozenset()) == 0


def is_common(lowered: str) -> bool:
    """Whether one common word, or two, are all it has beside digits, small words and runs of keys."""
    return _tiled(_folded(lowered), common()) < _TOO_DEAR


def _folded(text: str) -> str:
    """Accents go: contraseña and contrasena are guessed together."""
    split = unicodedata.normalize("NFKD", text)
    return "".join(char for char in split if not unicodedata.combining(char))


def _is_run(text: str, part: float) -> bool:
    """Whether so much of it follows one run or another, three keys at a time."""
    followed = sum(text[at : at + 3] in _pieces() for at in range(len(text) - 2))
    return followed >= (len(text) - 2) * part


def _tiled(lowered: str, words: frozenset[str]) -> int:
    """The fewest common words that make it up, or one more than is asked for.

    Digits, signs, small words and runs come free; one letter that belongs to nothing counts as a word.
    """
    text = re.sub(r"[\s_.,'-]", "", lowered)
    if not text or len(text) > LONGEST_LOOKED_AT:
        return _TOO_DEAR
    faces = {text, text.translate(_LEET_L), text.translate(_LEET_I)}
    longest = max(map(len, words), default=4)
    least = [_TOO_DEAR] * len(text) + [0]
    for start in range(len(text) - 1, -1, -1):
        free = _run_from(text, start)
        if not text[start].isalpha():
            free.add(start + 1)
        cheapest = min((least[end] for end in free), default=_TOO_DEAR)
        if words:
            cheapest = min(cheapest, least[start + 1] + 1)
            for end in range(start + 1, min(start + longest, len(text)) + 1):
                if least[end] >= cheapest:
                    continue
                said = {face[start:end] for face in faces}
                if not _GLUE.isdisjoint(said):
                    cheapest = least[end]
                elif least[end] + 1 < cheapest and not words.isdisjoint(said):
                    cheapest = least[end] + 1
        least[start] = cheapest
    return least[0]


def _run_from(text: str, start: int) -> set[int]:
    """Where the runs of three keys or more end that begin here: in a row, a column, or two rows by turns."""
    plain = text.translate(_SHIFTED)
    ends: set[int] = set()
    for end in range(start + 3, min(start + LONGEST_RUN, len(plain)) + 1):
        piece = plain[start:end]
        if _follows(piece):
            ends.add(end)
        elif not (_follows(piece[::2]) and _follows(piece[1::2])):
            break
        elif len(piece) >= LEAST_BY_TURNS:
            ends.add(end)
    return ends


@cache
def _pieces() -> frozenset[str]:
    """Every part of a run."""
    cuts = ((run, start, end) for run in _RUNS for end in range(1, len(run) + 1) for start in range(end))
    return frozenset(run[start:end] for run, start, end in cuts)


def _follows(piece: str) -> bool:
    """Whether it is one key held down, or a part of one run."""
    return piece in _pieces() or piece == piece[0] * len(piece)
