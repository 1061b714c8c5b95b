"""Other people's text becomes plain and safe, and keeps its paragraphs, lists and links."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.exchange.services.cleaning import one_line, paragraphs


@pytest.mark.parametrize(
    ("given_text", "plain"),
    [
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("<p>One<br>Two</p>", "One\nTwo"),
        ("<ul><li>Tea</li><li>Cake</li></ul>", "– Tea\n– Cake"),
        ("<p>Tea&nbsp;&amp;\n cake</p>", "Tea & cake"),
        ("First line\nsecond line", "First line\nsecond line"),
        ("Bold <b>words</b>\nand more", "Bold words\nand more"),
        ("<p>We are <script>alert(1)</script>open</p>", "We are open"),
        ("<style>p{color:red}</style><p onclick='x()'>Hello</p>", "Hello"),
        ("<p>5 < 6 and 7 > 2</p>", "5 < 6 and 7 > 2"),
        ("Call us: 3 < 4", "Call us: 3 < 4"),
        ("<table><tr><td>Mon</td><td>10am</td></tr></table>", "Mon 10am"),
        ("<p><br></p>", ""),
        ("a\r\nb\rc", "a\nb\nc"),
        ("nul\x00 and half a pair \ud800.", "nul and half a pair ."),
        ('<a href="https://a.example.org/x?a=1&amp;b=2">our page</a>', "our page (https://a.example.org/x?a=1&b=2)"),
        ('<a href="https://www.a.example.org/">a.example.org</a>', "a.example.org"),
        ('<a href="mailto:us@example.org">us@example.org</a>', "us@example.org"),
        ('<a href="mailto:us@example.org">Write</a>', "Write (us@example.org)"),
        ('<a href="javascript:alert(1)">Press</a>', "Press"),
        ("<p>One</p>\n\n\n\n<p> </p><p>Two</p>", "One\n\nTwo"),
        ("&lt;script&gt;alert(1)&lt;/script&gt; said plainly", "<script>alert(1)</script> said plainly"),
    ],
)
def test_html_becomes_plain_paragraphs(given_text: str, plain: str) -> None:
    assert paragraphs(given_text) == plain


def test_a_name_is_one_line_without_layout() -> None:
    assert one_line(" <b>Tea</b> &amp;\n  cake\t") == "Tea & cake"


def test_a_pasted_picture_does_not_slow_us_down_or_stay() -> None:
    picture = '<p>Hello</p><img src="data:image/png;base64,' + "A" * 2_000_000 + '"><p>Bye</p>'
    assert paragraphs(picture).startswith("Hello")
    assert len(paragraphs(picture)) < 100


@given(st.text())
def test_any_text_comes_out_fit_to_keep(text: str) -> None:
    plain = paragraphs(text)
    plain.encode()
    assert "\x00" not in plain and "\r" not in plain
    assert plain == plain.strip()


@given(st.lists(st.sampled_from(["<p>", "</p>", "<a href='x:y'>", "</a>", "<li>", "&#0;", "&lt;", "<", "a"])))
def test_any_pile_of_tags_comes_out_as_text(parts: list[str]) -> None:
    paragraphs("".join(parts)).encode()
