"""A ballot file as it stands: three tables of text, each with the names of its columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from alongside.exchange.pabulib.words import said as _

MOST_FAULTS = 20  # said at once; the rest are counted


@dataclass(frozen=True)
class Fault:
    """What is wrong, on which line (0: nowhere in particular), and how to mend it."""

    line: int
    what: str
    mend: str

    def __str__(self) -> str:
        where = _("Line %(n)s:") % {"n": self.line} + " " if self.line else ""
        return f"{where}{self.what} {self.mend}".strip()


class Unreadable(ValueError):
    """The file cannot be counted as it is. `faults` are the first of what is wrong, of `found` in all."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults, self.found = tuple(faults[:MOST_FAULTS]), len(faults)
        more = [_("… and %(n)s more.") % {"n": f"{self.found - MOST_FAULTS:,}"}] if self.found > MOST_FAULTS else []
        super().__init__("\n".join([*map(str, self.faults), *more]))


@dataclass
class Table:
    """Rows of cells under the names of their columns. `lines` are the lines of a file where rows were found."""

    columns: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    lines: Sequence[int] = ()

    def column(self, name: str) -> list[str]:
        """The cells of one column, empty where a row has none; no cells at all where there is no such column."""
        if name not in self.columns:
            return []
        place = self.columns.index(name)
        return [row[place] if place < len(row) else "" for row in self.rows]

    def line(self, row: int) -> int:
        return self.lines[row] if row < len(self.lines) else 0

    @classmethod
    def of(cls, things: Iterable[Mapping[str, object]]) -> Table:
        """A table of things by name; its columns are in the order in which they first come."""
        listed = list(things)
        columns = list(dict.fromkeys(name for thing in listed for name in thing))
        return cls(columns, [[str(thing.get(name, "")) for name in columns] for thing in listed])


@dataclass
class BallotFile:
    """META, PROJECTS and VOTES."""

    meta: dict[str, str]
    projects: Table
    votes: Table

    @classmethod
    def of(
        cls,
        meta: Mapping[str, object],
        projects: Iterable[Mapping[str, object]],
        votes: Iterable[Mapping[str, object]],
    ) -> BallotFile:
        """A file to be written; how many projects and votes there are is put in."""
        file = cls({key: str(value) for key, value in meta.items()}, Table.of(projects), Table.of(votes))
        file.meta |= {"num_projects": str(len(file.projects.rows)), "num_votes": str(len(file.votes.rows))}
        return file
