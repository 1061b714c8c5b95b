"""Gathers the models of this room's kits for Django."""

from alongside.planning.answers.models import Act, Reply
from alongside.planning.ballots.models import Ballot, BallotMark, Keying, KeyingMark, Present, Roll, Seat, Sheet, Tally
from alongside.planning.complementary.models import Found, Further, Run, RunFigure, Sought
from alongside.planning.decisions.models import Decision, DecisionGroup, Phase, Terms, WayIn
from alongside.planning.ideas.models import Idea, IdeaAsset, Interest, Option, Point, PointAnswer
from alongside.planning.plans.models import Plan, PlanAnswer, PlanChoice, PlanPart, PlanPerson
from alongside.planning.results.models import Result, ResultGroup, ResultOption, ResultPaid, ResultTie

__all__ = [
    "Act",
    "Ballot",
    "BallotMark",
    "Decision",
    "DecisionGroup",
    "Found",
    "Further",
    "Idea",
    "IdeaAsset",
    "Interest",
    "Keying",
    "KeyingMark",
    "Option",
    "Phase",
    "Plan",
    "PlanAnswer",
    "PlanChoice",
    "PlanPart",
    "PlanPerson",
    "Point",
    "PointAnswer",
    "Present",
    "Reply",
    "Result",
    "ResultGroup",
    "ResultOption",
    "ResultPaid",
    "ResultTie",
    "Roll",
    "Run",
    "RunFigure",
    "Seat",
    "Sheet",
    "Sought",
    "Tally",
    "Terms",
    "WayIn",
]
