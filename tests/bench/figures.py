"""What was measured, held against its goal, as a table for people and as JSON for programs."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Literal

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True)
class Goal:
    """A bound that a value has to keep."""

    bound: float
    side: Literal["≥", "≤", "="]

    def __str__(self) -> str:
        return f"{self.side} {self.bound:g}"

    def is_reached_by(self, value: float) -> bool:
        """Whether the value is on the right side."""
        return {"≥": value >= self.bound, "≤": value <= self.bound, "=": value == self.bound}[self.side]


@dataclass(frozen=True)
class Figure:
    """One line of the table. `reached` is None where nothing was promised."""

    name: str
    value: float
    unit: str
    goal: str | None
    reached: bool | None
    control: str


def at_least(bound: float) -> Goal:
    """A goal from below."""
    return Goal(bound, "≥")


def at_most(bound: float) -> Goal:
    """A goal from above."""
    return Goal(bound, "≤")


def exactly(bound: float) -> Goal:
    """A goal that is missed on both sides."""
    return Goal(bound, "=")


def figure(
    name: str, values: Sequence[float], unit: str, goal: Goal | None = None, *, control: str = ""
) -> Figure:
    """The median of the values of one run."""
    value = round(median(values), 3 if median(values) < 10 else 1)
    if goal is None:
        return Figure(name, value, unit, None, None, control)
    return Figure(name, value, unit, str(goal), goal.is_reached_by(value), control)


def as_json(figures: Iterable[Figure]) -> str:
    """{name: {value, unit, goal, reached, control}}."""
    told = {}
    for one in figures:
        line = asdict(one)
        told[line.pop("name")] = line
    return json.dumps(told, indent=2, ensure_ascii=False)


def show(console: Console, figures: Iterable[Figure]) -> None:
    """The table. A figure that misses its goal says so."""
    table = Table(title="Staybase bench: medians of one run", title_justify="left")
    table.add_column("name", no_wrap=True)
    table.add_column("value", justify="right")
    for name in ("unit", "goal", "reached"):
        table.add_column(name)
    table.add_column("control", overflow="fold")
    for one in figures:
        reached = {True: "[green]yes[/]", False: "[bold red]NO[/]", None: "–"}[one.reached]
        table.add_row(one.name, f"{one.value:,g}", one.unit, one.goal or "–", reached, one.control)
    console.print(table)
