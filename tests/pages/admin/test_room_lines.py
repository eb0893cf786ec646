"""Lists of rooms as people have them."""

import pytest

from functions.pages.admin.room_lines import read_lines, text_of


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("101,STD,1", [(1, "101", "STD", "1")]),
        ("101;STD\n\n102; STD ", [(1, "101", "STD", None), (3, "102", "STD", None)]),
        ("101\tSTD\tG", [(1, "101", "STD", "G")]),
        ("Floor,Room number,Type\n1,101,STD", [(2, "101", "STD", "1")]),
        ("\ufeffHabitación;Tipo;Planta\r\n101;STD;1\r\n", [(2, "101", "STD", "1")]),
        ("room,view,type\n101,sea,STD", [(2, "101", "STD", None)]),
        ('"101","STD, large"', [(1, "101", "STD, large", None)]),
        ("101", [(1, "101", None, None)]),
        ("room,type\n,STD", [(2, "", "STD", None)]),
        ("", []),
        ("\n \n,,\n", []),
    ],
)
def test_read_lines(text: str, lines: list[tuple[object, ...]]) -> None:
    read = [
        (line["line"], line.get("room_number"), line.get("room_type"), line.get("floor"))
        for line in read_lines(text)
    ]
    assert read == lines


def test_files_come_as_utf_8_or_as_windows_writes_them() -> None:
    assert text_of("habitación".encode()) == text_of("habitación".encode("cp1252")) == "habitación"
    assert text_of("\ufeff101".encode()) == "101"
