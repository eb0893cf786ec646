"""The 24-hour service window of WhatsApp: it opens when the guest writes, per pair of numbers."""

import sqlite3

SECONDS = 24 * 60 * 60


class Windows:
    """When each guest last wrote to each of the hotel's numbers, by real time."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def open(self, hotel: str, guest: str, at: float) -> None:
        self._database.execute("insert or replace into windows values (?, ?, ?)", (hotel, guest, at))

    def is_open(self, hotel: str, guest: str, at: float) -> bool:
        row = self._database.execute(
            "select opened_at from windows where hotel = ? and guest = ?", (hotel, guest)
        ).fetchone()
        return row is not None and row["opened_at"] <= at < row["opened_at"] + SECONDS

    def closes_at(self, guest: str, at: float) -> float | None:
        """When the guest's last open window closes, for the page."""
        row = self._database.execute(
            "select max(opened_at) as at from windows where guest = ?", (guest,)
        ).fetchone()
        if row["at"] is None or row["at"] + SECONDS <= at:
            return None
        return float(row["at"]) + SECONDS
