"""What a ballot file says of how it is to be counted: Pabulib's own keys, and ours, which begin with `alongside_`.

Pabulib's `rule` names a rule but not how ties are broken, what a funded project is worth, or by which step shares are
raised. A file that this product publishes states all of it, so that anybody can count it again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256

from alongside.exchange.pabulib.document import Fault, Unreadable
from alongside.exchange.pabulib.words import said as _
from alongside.methods.equal_shares import Complete, Method, Problem, Rule, Ties, Utility
from alongside.methods.equal_shares.run import step_of

VERSION = "1"
# What a place in an order is worth is said by the file: `borda` counts those below, `places` gives the last one 1.
WORTHS = ("cost", "cardinality", "points", "borda", "places")
BY_TYPE = {"approval": "cost", "choose-1": "cost", "ordinal": "borda", "cumulative": "points", "scoring": "points"}
PART = re.compile(r"-?[0-9]{1,100}(?:/0*[1-9][0-9]{0,99}|\.[0-9]{1,100})?")
NAMES = ("rule", "utility", "complete", "ties")


@dataclass(frozen=True)
class Declared:
    """How to count: the rule, and what a mark is worth (one of WORTHS). `us` are groups of people and communities,
    whose shares `us_raised` makes bigger by a part. `sealed` is the hash that the seed was promised by."""

    rule: Rule
    worth: str
    us: frozenset[str] = frozenset()
    us_raised: Fraction = Fraction(0)
    sealed: str = ""

    @property
    def kept(self) -> bool:
        """Whether the seed is the one that was promised before opening."""
        return not self.sealed or sealed(self.rule.seed) == self.sealed


def sealed(seed: str) -> str:
    """The hash by which a seed is promised before opening: SHA-256 of its text."""
    return sha256(seed.encode()).hexdigest()


def declared(meta: Mapping[str, str], asked: Mapping[str, str] | None = None) -> Declared:
    """How to count a file with this META; what is `asked` (rule, utility, complete, ties, seed) goes before what it
    states. Where a rule is asked for and nothing of ours is stated, completion is none unless asked for."""
    want = {key: value for key, value in (asked or {}).items() if value}
    by_type = BY_TYPE.get(vote_type(meta), "cost")
    named = _named(meta.get("rule", ""))
    stated = {
        "rule": named[0],
        "utility": by_type,
        "complete": "none" if "rule" in want else named[1],
        "ties": Ties.DECLARED.value,
    } | {name: meta[f"alongside_{name}"] for name in NAMES if meta.get(f"alongside_{name}")}
    chosen = stated | {name: want[name] for name in NAMES if name in want}
    faults = [
        says(name, chosen[name], known)
        for name, known in (("rule", Method), ("utility", WORTHS), ("complete", Complete), ("ties", Ties))
        if chosen[name] not in list(known)
    ]
    step = fraction(meta.get("alongside_step", ""), "alongside_step", faults)
    if step is not None and step <= 0:
        faults.append(Fault(0, _("META says alongside_step is nought or less."), _("Use a part such as 1/1000.")))
    most = fraction(meta.get("alongside_most", ""), "alongside_most", faults)
    raised = fraction(meta.get("alongside_us_raised", ""), "alongside_us_raised", faults)
    if faults:
        raise Unreadable(faults)
    worth = chosen["utility"]
    rule = Rule(
        method=Method(chosen["rule"]),
        utility=Utility.POINTS if worth in {"borda", "places"} else Utility(worth),
        complete=Complete(chosen["complete"]),
        step=step,
        ties=Ties(chosen["ties"]),
        most=most,
        compare=meta.get("alongside_compare", "").strip().lower() == "yes",
        seed=want.get("seed", meta.get("alongside_seed", "")),
    )
    us = frozenset(name.strip() for name in meta.get("alongside_us", "").split(",") if name.strip())
    return Declared(rule, worth, us, raised or Fraction(0), meta.get("alongside_seed_sha256", "").lower())


def stated(declared: Declared, problem: Problem) -> dict[str, str]:
    """The keys of META that state all of this, for a file to be published."""
    rule = declared.rule
    own = {Complete.NONE: "", Complete.ADD1: "/add1", Complete.GREEDY: "/greedy", Complete.ADD1_GREEDY: "/add1+greedy"}
    name = "greedy" if rule.method is Method.GREEDY else f"equalshares{own[rule.complete]}"
    keys = {
        "rule": name,
        "alongside_version": VERSION,
        "alongside_rule": rule.method.value,
        "alongside_utility": declared.worth,
        "alongside_complete": rule.complete.value,
        "alongside_step": str(step_of(problem, rule)),
        "alongside_ties": rule.ties.value,
        "alongside_seed": rule.seed,
        "alongside_seed_sha256": declared.sealed or sealed(rule.seed),
    }
    if rule.most is not None:
        keys["alongside_most"] = str(rule.most)
    if rule.compare:
        keys["alongside_compare"] = "yes"
    if declared.us:
        keys["alongside_us"] = ",".join(sorted(declared.us))
    if declared.us_raised:
        keys["alongside_us_raised"] = str(declared.us_raised)
    return keys


def fraction(text: str, name: str, faults: list[Fault], line: int = 0) -> Fraction | None:
    """A part such as 1/1000 or 0.001; None where there is none. What is no number becomes a fault."""
    if not text.strip():
        return None
    if PART.fullmatch(text.strip()):
        return Fraction(text.strip())
    what = _("%(what)s is %(text)s.") % {"what": name, "text": f"“{text[:40]}”"}
    faults.append(Fault(line, what, _("Write a part such as 1/1000 or 0.001.")))
    return None


def says(name: str, said: str, known: Iterable[str]) -> Fault:
    """That META says something that it cannot say, with what it can."""
    what = _("META says %(name)s is “%(said)s”.") % {"name": name, "said": said}
    return Fault(0, what, _("Use one of: %(known)s.") % {"known": ", ".join(known)})


def vote_type(meta: Mapping[str, str]) -> str:
    """How ballots were filled in: one of BY_TYPE."""
    return meta.get("vote_type", "").strip().lower()


def _named(rule: str) -> tuple[str, str]:
    """The method and completion that Pabulib's `rule` names; equal shares where it names neither."""
    name = rule.strip().lower()
    if name.startswith("greedy"):
        return Method.GREEDY.value, Complete.NONE.value
    return Method.EQUAL_SHARES.value, Complete.ADD1.value if "add1" in name else Complete.NONE.value
