"""How it is decided, in sentences that a neighbour could repeat: the rule, and every condition declared with it."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.methods.pence import pounds
from alongside.planning.decisions import queries, ways
from alongside.planning.decisions.models import Completion, Decision, Marking, Method, PhaseKind, Rule, Stage, Terms
from alongside.planning.decisions.terms import AS_MANY_AS_PASS, HAS_THRESHOLD, how_many_win


def how(terms: Terms) -> list[str]:
    """The rule in a few sentences."""
    if terms.rule == Rule.BUDGET:
        return how_money(terms.method, terms.marking)
    if terms.both_sides:
        return [
            _("Pick every idea you would be glad to see."),
            _("An idea wins only when both sides want it: people and communities, and organisations too."),
        ]
    return how_rule(terms.rule)


def how_rule(rule: str) -> list[str]:
    """A rule other than that of money."""
    return {
        Rule.CONSENT: [
            _("Everybody hears the idea. Whoever has a reason against it says so."),
            _("We change the idea until no such reason is left. Then we go ahead."),
        ],
        Rule.SCORE: [
            _("Give each idea 0 to 5 points: 0 for “I do not want it”, 5 for “I want it most”."),
            _("The idea with the most points wins."),
        ],
        Rule.APPROVAL: [
            _("Pick every idea you would be glad to see, as many as you like."),
            _("The idea that most of us picked wins."),
        ],
        Rule.RANKING: [
            _("Put the ideas in your order, the best one first. You can stop when you like."),
            _("We look at two ideas at a time and ask which one more of us put first. The idea that beats the others"
              " wins."),
        ],
        Rule.SUPPORTED: [
            _("The person decides. It is their life."),
            _("Others listen, explain and say what they think. What they say is written beside it and changes"
              " nothing."),
        ],
    }[Rule(rule)]  # fmt: skip


def how_money(method: str, marking: str) -> list[str]:
    """The two ways to share out a sum, for each way to mark a ballot."""
    mark = {
        Marking.APPROVAL: _("Pick any ideas you like."),
        Marking.POINTS: _("Share out your points. Give more to what you want more."),
        Marking.RANKING: _("Put the ideas in your order, the best one first."),
    }[Marking(marking)]
    if method == Method.EQUAL_SHARES:
        return [
            _("Everyone gets a fair share of the money to steer."),
            mark,
            _("An idea wins when the people who picked it can pay for it with their shares."),
        ]
    return [
        mark,
        _("The idea with the most votes goes first, then the next one, until the money is spent."),
        _("Those who want other things can go away with nothing."),
    ]


def who(decision: Decision) -> str:
    """Who may take part, in a few words."""
    return ways.who(decision)


def conditions(decision: Decision) -> list[str]:
    """What was declared with the rule: what must be met, and what happens when two stand alike."""
    terms = decision.terms
    said = [*_to_win(terms), *_of_groups(decision), *ways.in_words(decision)]
    if terms.quorum:
        said.append(
            ngettext(
                "At least %(n)s person or community must take part. Otherwise nothing is decided.",
                "At least %(n)s people and communities must take part. Otherwise nothing is decided.",
                terms.quorum,
            )
            % {"n": terms.quorum}
        )
    if terms.rule not in (Rule.CONSENT, Rule.SUPPORTED):
        said.append(
            _("Two ideas can be level. Then the cheaper one goes first, and after that the one with more votes. Last of"
              " all a lot decides. It was drawn and locked away before we opened.")
        )  # fmt: skip
    return said


def _to_win(terms: Terms) -> list[str]:
    said = []
    if terms.rule == Rule.CONSENT:
        said.append(
            _("Reasons against an idea come from the talk. One that is not put right when we begin to choose still"
              " counts. Whoever said it can still say that it is put right, or take it back.")
        )  # fmt: skip
    if terms.rule == Rule.BUDGET:
        said.append(_("There is %(sum)s to share out.") % {"sum": pounds(terms.budget_pence or 0)})
        if terms.method == Method.EQUAL_SHARES and terms.completion == Completion.ADD1:
            said.append(_("If money is left, all shares grow by the same part, step by step, until it is well spent."))
        if terms.method == Method.EQUAL_SHARES and terms.completion == Completion.GREEDY:
            said.append(_("If money is left, it goes to the ideas with the most votes."))
    if terms.threshold_pct:
        both = _("More than %(pct)s per cent of each side must be for an idea.")
        one = _("More than %(pct)s per cent of the say must be for an idea.")
        said.append((both if terms.both_sides else one) % {"pct": terms.threshold_pct})
    if terms.rule in HAS_THRESHOLD or terms.winners:
        said.append(_how_many_win(terms))
    return said


def _how_many_win(terms: Terms) -> str:
    most = how_many_win(terms)
    if most == AS_MANY_AS_PASS:
        return _("Every idea that has this wins.")
    return ngettext("%(n)s idea can win.", "%(n)s ideas can win.", most) % {"n": most}


def _of_groups(decision: Decision) -> list[str]:
    said = []
    for group in decision.groups.all():
        if group.floor_pct is not None:
            words = _("At least %(pct)s in a hundred of “%(group)s” must be for an idea. The rest cannot outvote them.")
            said.append(words % {"pct": group.floor_pct, "group": group.name})
    if any(group.weight_ppm and group.side in ("commissioners", "suppliers") for group in decision.groups.all()):
        words = _("No organisation holds more than %(pct)s per cent of the say.")
        said.append(words % {"pct": decision.terms.cap_pct})
    if any(group.weight_ppm and group.side == "suppliers" for group in decision.groups.all()):
        said.append(_("Organisations that are paid may vote, because those taking part said yes to it first."))
    return said


def can_do(decision: Decision, on: date | None = None) -> str:
    """What people can do in it now, and until when, or what comes next. Ideas may still come while people talk."""
    if decision.stage != Stage.OPEN:
        return ""
    now, coming = queries.phase_of(decision, on), queries.next_phase(decision, on)
    if now is not None:
        ideas = queries.phase(decision, PhaseKind.IDEAS)
        still = ideas if now.kind == PhaseKind.TALK and queries.is_open_for(decision, PhaseKind.IDEAS, on) else None
        if now.kind == PhaseKind.ANSWER:  # the day that was promised, and not the last of this part
            return _now(now.kind) % {"day": day(decision.answer_by or now.until)}
        return " ".join(_now(one.kind) % {"day": day(one.until)} for one in (still, now) if one is not None)
    if coming is not None:
        return _next(coming.kind) % {"day": day(coming.since)}
    return _("All its days are over. The result comes next.")


def day(value: date) -> str:
    """A day as it is said: Sunday 29 November."""
    return date_format(value, "l j F" if value.year == queries.today().year else "l j F Y")


def _now(kind: str) -> str:
    return {
        PhaseKind.IDEAS: _("You can put forward ideas until %(day)s."),
        PhaseKind.TALK: _("You can say what speaks for and against the ideas until %(day)s."),
        PhaseKind.SHORTLIST: _("The list of ideas is being made, until %(day)s."),
        PhaseKind.VOTE: _("You can choose until %(day)s."),
        PhaseKind.ANSWER: _("The vote is over. The answer is due by %(day)s."),
        PhaseKind.FOLLOW_UP: _("We look at what came of it until %(day)s."),
    }[PhaseKind(kind)]


def _next(kind: str) -> str:
    return {
        PhaseKind.IDEAS: _("You can put forward ideas from %(day)s."),
        PhaseKind.TALK: _("You can say what speaks for and against the ideas from %(day)s."),
        PhaseKind.SHORTLIST: _("The list of ideas is made from %(day)s."),
        PhaseKind.VOTE: _("You can choose from %(day)s."),
        PhaseKind.ANSWER: _("The answer comes from %(day)s."),
        PhaseKind.FOLLOW_UP: _("We look at what came of it from %(day)s."),
    }[PhaseKind(kind)]
