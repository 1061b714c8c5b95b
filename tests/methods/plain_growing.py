"""People's and communities' shares made bigger step by step, with a whole count for each: the rule word for word.

Slow, and so plain that it can be read against decision 0020. The quick way must come to exactly the same.
"""

from dataclasses import replace
from fractions import Fraction

from alongside.methods import equal_shares as fair
from alongside.methods.equal_shares import run
from alongside.methods.equal_shares.run import step_of
from alongside.methods.say.money import US_MOST_RAISED, paid_by


def us_first(setup, problem, rule):
    """The result and the part, or None: as `alongside.methods.say.money`, one count for every step."""
    ours = {group.key for group in setup.groups if group.side.us}
    bare, step = replace(rule, complete=fair.Complete.NONE), step_of(problem, rule)
    found, raised = None, Fraction(0)
    while raised <= US_MOST_RAISED:
        result = run(replace(problem, ballots=grown(problem, ours, raised)), bare)
        if result.spent > problem.budget:
            break
        new = found is None or set(result.winners) != set(found[0].winners)
        if new and result.winners and paid_by(setup, result).us_part >= Fraction(setup.floor_pct, 100):
            found = (result, raised)
        raised += step
    return found


def grown(problem, ours, raised):
    """The ballots of a problem where those of `ours` hold more by this part."""
    return tuple(
        ballot._replace(endowment=holds * (1 + raised) if ballot.group in ours else holds)
        for ballot, holds in zip(problem.ballots, problem.endowments, strict=True)
    )
