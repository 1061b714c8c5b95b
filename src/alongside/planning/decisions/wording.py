"""What `methods/say` finds wrong with a set-up, and what is missing before opening, in words for the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.methods import say

PPM = 10_000  # of the say, in one per cent

# A sentence for each code. `%(group)s`, `%(have)s` and `%(need)s` are put in; the say is told in per cent.
SENTENCES = {
    "too_many_groups": gettext_lazy("There can be %(need)s groups at most."),
    "same_group_twice": gettext_lazy("Two groups have the same name: %(group)s. Give each its own."),
    "group_without_key": gettext_lazy("Give every group a name."),
    "weight_out_of_range": gettext_lazy("The share of %(group)s must be between 0 and 100 per cent."),
    "politicians_hold_no_votes": gettext_lazy(
        "Councillors open doors and speak up, and hold no votes. Give %(group)s 0 per cent."
    ),
    "affected_are_people": gettext_lazy(
        "Only a group of people or communities can be the people directly affected. Change %(group)s."
    ),
    "affected_must_vote": gettext_lazy(
        "%(group)s are directly affected, so they must hold a share of the say. Give them more than 0 per cent."
    ),
    "affected_need_a_floor": gettext_lazy(
        "Say how many in a hundred of %(group)s must be for what wins: %(need)s or more."
    ),
    "floor_out_of_range": gettext_lazy(
        "At least %(need)s in a hundred of %(group)s must be for what wins. Write a number from %(need)s to 100."
    ),
    "organisations_have_no_floor": gettext_lazy(
        "Organisations cannot hold up what people want. Leave the number empty at %(group)s."
    ),
    "floor_without_vote": gettext_lazy(
        "%(group)s hold no share of the say, so nothing can hang on them. Give them a share, or empty the number."
    ),
    "weights_do_not_sum": gettext_lazy(
        "All the shares together must make 100 per cent. They make %(have)s now, so change one of them."
    ),
    "no_people": gettext_lazy("People or communities must hold a share of the say."),
    "people_below_floor": gettext_lazy(
        "People and communities hold %(have)s per cent together. It must be at least %(need)s: give them more."
    ),
    "own_life_is_one_persons": gettext_lazy(
        "This is about one person’s own life, so that person alone holds the say. All others help."
    ),
    "suppliers_not_agreed": gettext_lazy(
        "Organisations that are paid can vote only where those taking part said yes to that first. Write down when"
        " and how they did, or give those organisations 0 per cent."
    ),
    "suppliers_above_commissioners": gettext_lazy(
        "Organisations that are paid hold %(have)s per cent, more than councils and the NHS with %(need)s. Give them"
        " less."
    ),
    "cap_out_of_range": gettext_lazy("One organisation can hold from 1 to %(need)s per cent of the say, not more."),
    "supported_is_for_own_life": gettext_lazy(
        "“The person decides, with support” is for one person’s own life, and the only way there. Choose another way"
        " here."
    ),
    "threshold_out_of_range": gettext_lazy(
        "Write how much of the say must be for an idea: a number from %(need)s to 99, in per cent."
    ),
    "rule_has_no_threshold": gettext_lazy("This way of deciding asks for no such number. Leave it empty."),
    "quorum_out_of_range": gettext_lazy("Write how many people must take part: 0 or more."),
    "no_winner": gettext_lazy("Write how many ideas can win: 1 or more."),
    "no_mark": gettext_lazy("Write how many points each of us has: 1 or more."),
    "rule_has_no_halves": gettext_lazy("“More than half on both sides” goes with “Pick every idea you like” only."),
    "halves_missing": gettext_lazy("For “more than half on both sides” there must be two sides that hold a share."),
    "half_is_empty": gettext_lazy("For “more than half on both sides” there must be somebody on each side."),
    "half_floor_out_of_range": gettext_lazy("Write how much of each side must be for an idea, from 50 to 99 per cent."),
    "no_half_of_people": gettext_lazy("One of the two sides must be people and communities, with 50 per cent or more."),
    "rule_has_no_budget": gettext_lazy("A sum of money goes with “Share out a sum of money” only. Leave it empty."),
    "budget_missing": gettext_lazy("Write the sum of money there is to share out."),
    "step_out_of_range": gettext_lazy("Each step must be from 0.01 to 10 per cent of the first share."),
    "points_missing": gettext_lazy("Write how many points each of us has."),
}
OF_THE_SAY = frozenset({"weights_do_not_sum", "people_below_floor", "suppliers_above_commissioners"})
# Which step of the set-up mends a fault, by the field it is about.
STEP_OF = {
    "groups": "groups",
    "weight_ppm": "groups",
    "affected": "groups",
    "floor_pct": "groups",
    "suppliers_agreed": "suppliers",
    "cap_pct": "groups",
    "rule": "rule",
    "budget_pence": "rule",
}


@dataclass(frozen=True)
class Missing:
    """Something that keeps a decision from opening: the step that mends it, its field, words, and the group's name."""

    step: str
    field: str
    words: str
    group: str = ""


def in_words(fault: say.Fault, names: Mapping[str, str]) -> str:
    """What is wrong and how to mend it. `names` of the groups by their keys."""
    sentence = SENTENCES.get(fault.code)
    if sentence is None:
        return _("This does not fit together: %(what)s. Change it, or start from what we suggest.") % {
            "what": fault.code.replace("_", " ")
        }
    have, need = (_number(fault.code, number) for number in (fault.have, fault.need))
    return str(sentence) % {"group": names.get(fault.group, fault.group), "have": have, "need": need}


def step_of(fault: say.Fault) -> str:
    """The step of the set-up on which a fault can be mended."""
    return STEP_OF.get(fault.field, "details")


def percent(ppm: int) -> str:
    """Parts of a million of the say, in per cent: no more figures than there are."""
    whole, rest = divmod(ppm, PPM)
    return f"{whole}.{rest:04d}".rstrip("0") if rest else str(whole)


def _number(code: str, number: int | None) -> str:
    if number is None:
        return ""
    return percent(number) if code in OF_THE_SAY else str(number)
