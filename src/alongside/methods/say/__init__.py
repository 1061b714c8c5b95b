"""An equal say: who holds how much of a decision, what each vote counts, what came out, and who it was good for.

Table 1.1 and chapters 1, 3 (box 3.12), 6, 7 and 9 of the book: people and communities have an equal say in all key
decisions. To follow it, read in this order:

- `model` holds what goes in: groups, set-up, ballots. `setup` says what may be saved, and suggests what is fair.
- `shares` turns groups' parts of the say into each ballot's part, exactly; `power` says before opening how much each
  group's vote counts under the rule as set.
- `rules` decide: by consent, scores, ticks, places in an order, yes or no, a double majority, or a person's own yes.
- `money` decides about a budget with `methods/equal_shares`; `effect` says afterwards who got something and who
  nothing, group by group.

All numbers are exact fractions. Nothing here knows who anybody is.
"""

from alongside.methods.say.model import (
    Ballot,
    Basis,
    Completion,
    Form,
    Group,
    Half,
    Option,
    Rule,
    Setup,
    Side,
    Tie,
    Utility,
)
from alongside.methods.say.setup import Fault, faults, suggested

__all__ = [
    "Ballot",
    "Basis",
    "Completion",
    "Fault",
    "Form",
    "Group",
    "Half",
    "Option",
    "Rule",
    "Setup",
    "Side",
    "Tie",
    "Utility",
    "faults",
    "suggested",
]
