"""Best complementary use of all assets: from one person's wishes to ideas, each with its reasons.

Table 9.1 and table 7.2 of the book: look first at what the person themselves has, then at people and
community, shops and businesses, services for everyone, and specialist services; or in the person's own order.
This package holds the interface (`model`), the rules of safety (`safety`), whether a wish and an offer can meet at all
(`fits` for one pair, `rules` for very many) and two ways of choosing. `suggest` is simple and greedy, for one person's
page. `run` solves a whole place (`problem` states it): `pairs` finds candidates, `reasons` says why, `again` solves one
piece by day, `area` and `one_more` say what a run means for a place. Solvers load only where a run is asked for.
"""

from alongside.methods.complement.model import (
    BOOK_ORDER,
    Fixed,
    Idea,
    Ideas,
    Looked,
    Offer,
    Reason,
    Source,
    Window,
    Wish,
)
from alongside.methods.complement.safety import NOT_FOR_UNPAID, tasks_in
from alongside.methods.complement.suggest import suggest

__all__ = [
    "BOOK_ORDER",
    "NOT_FOR_UNPAID",
    "Fixed",
    "Idea",
    "Ideas",
    "Looked",
    "Offer",
    "Reason",
    "Source",
    "Window",
    "Wish",
    "suggest",
    "tasks_in",
]
