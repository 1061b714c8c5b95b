"""Best complementary use of all assets: from one person's wishes to ideas, each with its reasons.

Table 9.1 and table 7.2 of the book: look first at what the person themselves has, then at people and
community, shops and businesses, services for everyone, and specialist services; or in the person's own order.
`model` holds what goes in and comes out, `safety` the kinds of help that no unpaid person is asked for. There are two
ways of choosing. `suggest` is simple and greedy, for one person's page; `fits` says whether one wish and one offer can
meet. `run` solves a whole place. To follow it, read in this order:

- `problem` states it and holds its columns; `rules` says who can meet at all, for very many pairs at once.
- `pairs` finds candidates, source by source on `shelves`, the nearest first by `near`.
- `run` settles both books. `allowed` looks a second time at what may be handed out; `parts` are the pieces that have
  nothing to do with one another; `flow` solves one, with the weights of `levels`; `whole` solves one with choices of
  yes or no, which `settle` makes one by one. `staged` defines what is best, for tests; `greedy` is compared with.
- `again` solves one `piece` by day.
- `reasons` says why and `missing` what lacks: of one wish and all that is beside it (`seen`), by all that stands
  `against` each pair. `area` and `one_more` say what a run means for a place.

Solvers load only where a run is asked for.
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
