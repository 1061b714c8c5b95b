"""Gathers the models of this room's kits for Django."""

from alongside.planning.answers.models import Act, Grounds, Reply
from alongside.planning.ballots.models import Ballot, BallotBox, BallotMark, Present, Tally
from alongside.planning.complementary.models import Found, Further, Run, RunFigure, Sought
from alongside.planning.decisions.models import Decision, DecisionGroup, Draft, Phase, Terms
from alongside.planning.decisions.way_models import WayIn
from alongside.planning.ideas.models import Idea, IdeaAsset, Interest, Option, Point, PointAnswer
from alongside.planning.lotteries.models import (
    Draw,
    DrawBar,
    Lottery,
    LotteryGroup,
    LotteryQuestion,
    PanelSeat,
    PoolAnswer,
    PoolPlace,
)
from alongside.planning.lotteries.work_models import LotteryChange, LotteryWork
from alongside.planning.papers.models import Keying, KeyingMark, OldPrint, Sheet
from alongside.planning.plans.models import Plan, PlanAbout, PlanAnswer, PlanChoice, PlanPart, PlanPerson
from alongside.planning.results.models import Result, ResultGroup, ResultOption, ResultPaid, ResultTie
from alongside.planning.rolls.models import Roll, Seat

__all__ = [
    "Act",
    "Ballot",
    "BallotBox",
    "BallotMark",
    "Decision",
    "DecisionGroup",
    "Draft",
    "Draw",
    "DrawBar",
    "Found",
    "Further",
    "Grounds",
    "Idea",
    "IdeaAsset",
    "Interest",
    "Keying",
    "KeyingMark",
    "Lottery",
    "LotteryChange",
    "LotteryGroup",
    "LotteryQuestion",
    "LotteryWork",
    "OldPrint",
    "Option",
    "PanelSeat",
    "Phase",
    "Plan",
    "PlanAbout",
    "PlanAnswer",
    "PlanChoice",
    "PlanPart",
    "PlanPerson",
    "Point",
    "PointAnswer",
    "PoolAnswer",
    "PoolPlace",
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
