"""Lists of rooms as people have them: a spreadsheet's columns, pasted or as a file, with a head or not."""

import csv
import io
from typing import Any, Final

HEADS: Final = {
    "room_number": ("room", "room number", "number", "no", "habitación", "habitacion", "número", "numero"),
    "room_type": ("type", "room type", "kind", "code", "tipo", "tipo de habitación", "clase", "código"),
    "floor": ("floor", "level", "piso", "planta"),
}
ORDER: Final = ("room_number", "room_type", "floor")

Line = dict[str, Any]


def read_lines(text: str) -> list[Line]:
    """`{line, room_number, room_type, floor}` of each line that says anything; `line` counts from 1.

    Columns are parted by commas, semicolons or tabs. A head names them in any order; without one they are
    number, kind, floor.
    """
    rows = list(csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter=parted_by(text)))
    columns: tuple[str | None, ...] = ORDER
    lines: list[Line] = []
    for number, row in enumerate(rows, 1):
        cells = [cell.strip() for cell in row]
        if not any(cells):
            continue
        heads = tuple(column_of(cell) for cell in cells)
        if not lines and "room_number" in heads:
            columns = heads
            continue
        named = {name: cell for name, cell in zip(columns, cells, strict=False) if name}
        lines.append({"line": number, **named})
    return lines


def parted_by(text: str) -> str:
    """The sign that parts the columns of the first line that has one."""
    for line in text.splitlines():
        found = [sign for sign in "\t;," if sign in line]
        if found:
            return found[0]
    return ","


def column_of(head: str) -> str | None:
    """Which column a head names; None for one that is not asked for."""
    plain = head.lower().replace("_", " ").strip(" .:º°#")
    return next((name for name, words in HEADS.items() if plain in words), None)


def text_of(content: bytes) -> str:
    """A file's text: UTF-8, else as Windows writes it."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")
