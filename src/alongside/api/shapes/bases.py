"""What every shape is made of: answers, what is asked, the language of words, and a problem."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated

from ninja import Schema
from pydantic import AwareDatetime, BeforeValidator, ConfigDict, Field

Lang = Annotated[str, Field(description="The language of these words, as BCP 47 names it.", examples=["en", "cy"])]
AskedLang = Annotated[str, Field(pattern="^[a-z]{2,3}$", description="The language of what you send.", examples=["cy"])]
# Signs that no database keeps, and half letters, are refused before they reach one.
Line = Annotated[str, Field(pattern=r"^[^\x00-\x08\x0b\x0c\x0e-\x1f]*$")]
_WRITTEN = re.compile(r"\d{4}-\d\d-\d\d")


def _written_out(value: object) -> object:
    """A bare number would be taken for seconds since 1970, which nobody means."""
    if isinstance(value, (date, type(None))) or _WRITTEN.match(str(value)):
        return value
    raise ValueError("write the year, the month and the day, such as 2027-04-30")


Day = Annotated[date, BeforeValidator(_written_out)]
Moment = Annotated[datetime, BeforeValidator(_written_out)]
AwareMoment = Annotated[AwareDatetime, BeforeValidator(_written_out)]


class Answer(Schema):
    """What comes out."""


class Asked(Schema):
    """What comes in: nothing that is not named here is taken, so that a slip of the pen is told at once."""

    model_config = ConfigDict(extra="forbid")


class Wrong(Answer):
    where: str
    what: str


class ProblemOut(Answer):
    """What went wrong (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    mend: str = Field(description="What to do about it.")
    errors: list[Wrong] = Field(default_factory=list, description="The single values that are wrong.")
