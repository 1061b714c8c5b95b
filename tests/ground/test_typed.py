"""What somebody typed is kept clean, and whoever typed too much or nothing reads what to do."""

from __future__ import annotations

import pytest

from alongside.ground.history.acting import Fault
from alongside.ground.history.typed import LONGEST, one_line, words_of


def test_words_keep_their_lines_and_lose_what_no_database_keeps() -> None:
    assert words_of("  We need\na \x00crossing.\n") == "We need\na crossing."


def test_one_line_has_single_spaces_and_is_cut_where_asked() -> None:
    assert one_line(" A \x00safe\n\t crossing ") == "A safe crossing"
    assert one_line("A safe crossing", 6) == "A safe"


@pytest.mark.parametrize("nothing", ["", "  \n ", "\x00"])
def test_words_may_be_missing_only_where_nobody_asked_for_them(nothing: str) -> None:
    assert words_of(nothing) == ""
    with pytest.raises(Fault) as fault:
        words_of(nothing, "why", "Write why")
    assert (fault.value.field, fault.value.message) == ("why", "Write why")


def test_the_last_letter_that_fits_is_kept_and_the_next_is_refused() -> None:
    assert words_of("a" * LONGEST) == "a" * LONGEST
    with pytest.raises(Fault, match="Use 5,000 letters or fewer") as fault:
        words_of("a" * (LONGEST + 1), "remedy")
    assert fault.value.field == "remedy"
    with pytest.raises(Fault, match="Use 20 letters or fewer"):
        words_of("🧡" * 21, longest=20)
