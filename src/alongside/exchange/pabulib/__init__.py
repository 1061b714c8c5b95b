"""Votes about a budget as Pabulib files (.pb), in and out, and how to count one.

Format: https://pabulib.org/format and Stolicki, Szufa and Talmon, Pabulib (2020). Nothing here knows the database.
`read` and `write` keep every cell; `declared` finds in META how a file is to be counted and `stated` writes it there;
`count` counts, and `effect` says what it meant for each group.
"""

from alongside.exchange.pabulib.counting import count, problem_in
from alongside.exchange.pabulib.declared import WORTHS, Declared, declared, sealed, stated
from alongside.exchange.pabulib.document import BallotFile, Fault, Table, Unreadable
from alongside.exchange.pabulib.effect import Row, effect
from alongside.exchange.pabulib.groups import Groups, read_groups
from alongside.exchange.pabulib.reading import read
from alongside.exchange.pabulib.writing import write

__all__ = [
    "WORTHS",
    "BallotFile",
    "Declared",
    "Fault",
    "Groups",
    "Row",
    "Table",
    "Unreadable",
    "count",
    "declared",
    "effect",
    "problem_in",
    "read",
    "read_groups",
    "sealed",
    "stated",
    "write",
]
