"""What may be taken away of a count, by whoever may see the decision."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from django.core.cache import cache

from alongside.exchange.recount.writing import ballot_file, plain_sheet
from alongside.ground.history.actor import Actor
from alongside.planning.decisions.models import Decision, Rule
from alongside.planning.results.models import Result
from alongside.planning.results.queries import are_open, result, to_recount

FORM = "2"  # of the file: another number where the same choices would be written otherwise
HOUR = 60 * 60  # for which a file that was made is kept ready


@dataclass(frozen=True)
class Choices:
    """A file to be taken away: `mark` changes whenever what is in it does. It is made by `data`, once."""

    result: Result
    name: str
    kind: str
    mark: str
    is_open: bool

    def data(self) -> bytes:
        """The file. Nothing is counted for it, and whoever asks again gets what was made."""
        made: bytes | None = cache.get(f"choices-{self.mark}")
        if made is None:
            made = written(self.result)
            cache.set(f"choices-{self.mark}", made, HOUR)
        return made


def choices(viewer: Actor, decision: Decision) -> Choices | None:
    """The choices of a decision that was counted; None where there are none, for whoever may not see it, and where
    they stay closed because so few of a group took part that they would tell what somebody chose."""
    found = _file(viewer, decision)
    return found if found is not None and found.is_open else None


def kept(decision: Decision) -> Choices | None:
    """The same also where they stay closed: for whoever keeps the computer, in front of somebody whom the people who
    took part have chosen to count again. Never for a page. None where nothing was counted."""
    return _file(Actor.system("recount"), decision)


def _file(viewer: Actor, decision: Decision) -> Choices | None:
    is_open = are_open(viewer, decision)
    found = result(viewer, decision) if is_open is not None else None
    if found is None or is_open is None:
        return None
    money = decision.terms.rule == Rule.BUDGET
    said = "\n".join([FORM, found.ballots_sha, found.state, *_about(decision).values(), *_titles(found).values()])
    name = f"decision-{str(decision.record.key)[:8]}.{'pb' if money else 'csv'}"
    mark = sha256(said.encode()).hexdigest()
    return Choices(found, name, "text/plain" if money else "text/csv", mark, is_open)


def written(found: Result) -> bytes:
    """A Pabulib file of a budget, a plain sheet of anything else; nothing where nobody held a say."""
    given = to_recount(found)
    if given is None:
        return b""
    if given.voted.setup.rule.of_money:
        return ballot_file(given, _about(found.decision), _titles(found))
    return plain_sheet(given, _titles(found))


def _titles(found: Result) -> dict[str, str]:
    return {str(row.option.n): row.option.idea.title for row in sorted(found.options.all(), key=lambda r: r.option.n)}


def _about(decision: Decision) -> dict[str, str]:
    counted = decision.stage_on.isoformat() if decision.stage_on else ""
    return {
        "description": " ".join(decision.question.split()),
        "country": "United Kingdom",
        "currency": "GBP",
        "instance": str(decision.record.key),
        "date_end": counted,
    }
