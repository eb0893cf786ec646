"""new_code: six characters nobody can guess or misread."""

from collections import Counter

from tests.desk import Desk

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def test_every_character_is_as_likely_as_any_other_at_every_place(desk: Desk) -> None:
    rows = desk.db.execute("select app.new_code() from generate_series(1, 32000)").fetchall()
    codes = [str(row[0]) for row in rows]

    assert all(len(code) == 6 for code in codes)
    for place in range(6):
        seen = Counter(code[place] for code in codes)
        assert set(seen) == set(ALPHABET)
        # chi-square with 31 degrees of freedom: 83 is passed by chance once in a million
        assert sum((seen[letter] - 1000) ** 2 / 1000 for letter in ALPHABET) < 83
    assert len(set(codes)) > 31990
