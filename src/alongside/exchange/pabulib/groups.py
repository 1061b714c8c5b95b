"""A file that says which group each voter is in and how much each group's say weighs: CSV or JSON.

CSV has the columns `voter_id;group;weight` (parted by commas or semicolons), a group's weight the same on each line.
JSON is `{"weights": {group: weight}, "voters": {voter_id: group}, "us": [groups]}`. Weights are numbers or parts such
as 1/3; only how they stand to each other matters. `us` are groups of people and communities.
"""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from alongside.exchange.pabulib.declared import fraction
from alongside.exchange.pabulib.document import Fault, Unreadable
from alongside.exchange.pabulib.words import said as _

COLUMNS = {"voter_id", "group", "weight"}


@dataclass(frozen=True)
class Groups:
    """Each voter's group, each group's weight, and which groups are people and communities."""

    voters: Mapping[str, str]
    weights: Mapping[str, Fraction]
    us: frozenset[str] = frozenset()

    def shares(self, voted: Iterable[str]) -> dict[str, tuple[str, Fraction]]:
        """For each who voted, their group and share of the whole. A group's weight is shared equally among its
        ballots; the weight of a group from which nobody voted passes to people and communities, else to all."""
        ballots = [voter for voter in (id.strip() for id in voted) if voter in self.voters]
        counts = Counter(self.voters[voter] for voter in ballots)
        heirs = [group for group in counts if group in self.us] or list(counts)
        whole = sum(self.weights.values(), Fraction(0))
        there = sum((self.weights[group] for group in counts), Fraction(0))
        base = sum((self.weights[group] for group in heirs), Fraction(0))
        if not base:
            return {voter: (self.voters[voter], Fraction(0)) for voter in ballots}
        each = {}
        for group, number in counts.items():
            more = (whole - there) * self.weights[group] / base if group in heirs else Fraction(0)
            each[group] = (self.weights[group] + more) / whole / number
        return {voter: (self.voters[voter], each[self.voters[voter]]) for voter in ballots}


def read_groups(data: bytes) -> Groups:
    """Read such a file. Refuses (`Unreadable`) what has not its form."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable([Fault(0, _("The file of groups is not UTF-8."), _("Save it again as UTF-8."))]) from error
    return _json(text) if text.lstrip().startswith("{") else _csv(text)


def _json(text: str) -> Groups:
    form = _("Write {“weights”: {group: weight}, “voters”: {voter: group}}.")
    try:
        data = json.loads(text)
        voters = {str(voter): str(group) for voter, group in data["voters"].items()}
        said = {str(group): str(weight) for group, weight in data["weights"].items()}
        us = frozenset(map(str, data.get("us", [])))
    except (ValueError, KeyError, AttributeError, TypeError, RecursionError) as error:
        raise Unreadable([Fault(0, _("The file of groups cannot be read."), form)]) from error
    return _checked(voters, [(0, group, weight) for group, weight in said.items()], us)


def _csv(text: str) -> Groups:
    first = text.split("\n", 1)[0]
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=";" if ";" in first else ",", restval="")
    names = {(name or "").strip() for name in rows.fieldnames or []}
    if not names >= COLUMNS:
        mend = _("Its first line is voter_id,group,weight.")
        what = _("The file of groups has no column %(missing)s.") % {"missing": ", ".join(sorted(COLUMNS - names))}
        raise Unreadable([Fault(1, what, mend)])
    voters: dict[str, str] = {}
    said = []
    for row in rows:
        one = {(name or "").strip(): str(cell).strip() for name, cell in row.items()}
        if one["voter_id"] in voters:
            what = _("Voter %(voter)s comes twice.") % {"voter": one["voter_id"]}
            raise Unreadable([Fault(rows.line_num, what, _("Keep one line."))])
        voters[one["voter_id"]] = one["group"]
        said.append((rows.line_num, one["group"], one["weight"]))
    return _checked(voters, said, frozenset())


def _checked(voters: dict[str, str], said: list[tuple[int, str, str]], us: frozenset[str]) -> Groups:
    faults: list[Fault] = []
    weights: dict[str, Fraction] = {}
    for line, group, text in said:
        weight = fraction(text, _("The weight of %(group)s") % {"group": group}, faults, line)
        if weight is None or weight < 0:
            faults = faults or [
                Fault(line, _("Group %(group)s has no weight.") % {"group": group}, _("Write nought or more."))
            ]
        elif weights.setdefault(group, weight) != weight:
            what = _("Group %(group)s has two weights.") % {"group": group}
            faults.append(Fault(line, what, _("Write the same on each of its lines.")))
    without = sorted(set(voters.values()) - set(weights))
    faults += [
        Fault(0, _("Group %(group)s has no weight.") % {"group": group}, _("Give it one under weights."))
        for group in without
        if not faults
    ]
    if not faults and not sum(weights.values()):
        faults.append(Fault(0, _("No group weighs anything."), _("Give at least one group a weight above nought.")))
    if faults:
        raise Unreadable(faults)
    return Groups(voters, weights, us)
