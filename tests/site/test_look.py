"""The look: each component is in the gallery, nothing borrowed is served, every word can be translated."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import translation

from alongside import frameworks
from alongside.ground.history.actor import Actor
from alongside.site.icons import GLYPHS, ICONS, SHAPES
from alongside.site.templatetags import look
from alongside.site.wording import PROBLEMS
from tests.cast import Cast

SITE = Path(look.__file__).parents[1]
OPEN, SHUT = "⟦", "⟧"
# Names and things that are the same in every language.
PAINTS = "Paper|Card|Sand|Ink|Damson|Marigold|Clay|Fern|Dusk|Rosehip|Bark|Soft|Lake|Straw|Leaf|Sloe"
SAME = re.compile(rf"testserver|Alongside|English|Cymraeg|#[0-9A-F]{{6}}|\b(?:{PAINTS})\b|two-ish")
pytestmark = pytest.mark.django_db


class Words(HTMLParser):
    """The words a page shows, without code."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.skipping = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.skipping += tag in ("script", "style")

    def handle_endtag(self, tag: str) -> None:
        self.skipping -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self.skipping:
            self.said.append(data)


@pytest.fixture
def pseudo(monkeypatch: pytest.MonkeyPatch) -> None:
    """A language in which every message is marked and two fifths longer."""

    def mark(message: object) -> str:
        text = str(message)
        return f"{OPEN}{text}{'~' * (len(text) * 2 // 5)}{SHUT}" if text else text

    trans = translation._trans
    monkeypatch.setattr(trans, "gettext", mark)
    monkeypatch.setattr(trans, "pgettext", lambda _context, message: mark(message))
    monkeypatch.setattr(trans, "ngettext", lambda one, many, n: mark(one if n == 1 else many))


def untranslated(page: str) -> list[str]:
    words = Words()
    words.feed(page)
    left = re.sub(f"{OPEN}[^{OPEN}{SHUT}]*{SHUT}", "", " ".join(words.said))
    return re.findall(r"[^\W\d_]{3,}", SAME.sub("", left))


@pytest.mark.parametrize(
    "address", ["/", "/sign-in/", "/how-this-works/", "/your-privacy/", "/access-help/", "/nowhere-at-all/"]
)
def test_every_word_of_a_page_can_be_translated(client: Client, pseudo: None, address: str) -> None:
    page = client.get(address).content.decode()
    assert OPEN in page
    assert untranslated(page) == []


def test_every_word_of_the_gallery_can_be_translated(client: Client, pseudo: None) -> None:
    left = set(untranslated(client.get("/gallery/").content.decode())) - set(ICONS)
    assert left == set()


def test_the_gallery_holds_every_component(client: Client) -> None:
    page = client.get("/gallery/").content.decode()
    small = [
        "room",
        "button",
        "tag",
        "chips",
        "why",
        "see",
        "steps",
        "empty",
        "key",
        "message",
        "mark",
        "holder",
        "icon",
    ]
    large = [
        "thread",
        "card",
        "card--chosen",
        "panel",
        "sheet",
        "facts",
        "big-facts",
        "rung",
        "idea",
        "results",
        "choropleth",
    ]
    fields = [
        "govuk-input",
        "govuk-textarea",
        "tiles",
        "tile",
        "govuk-hint",
        "govuk-error-message",
        "govuk-error-summary",
    ]
    for name in [*small, *large, *fields, "scroll", "stacks", "facts-line"]:
        assert re.search(rf'class="[^"]*\b{name}\b', page), name
    assert page.count('class="sign') >= 2 * len(SHAPES) == 2 * len(GLYPHS)
    assert 'role="alert"' in page and "<title>Error: " in re.sub(r"\s+", " ", page)


def test_what_was_typed_stays_in_the_box(client: Client) -> None:
    page = client.get("/gallery/").content.decode()
    box = re.search(r'<input[^>]*name="hours"[^>]*value="two-ish"[^>]*>', page)
    assert box and 'type="text"' in box.group() and 'aria-invalid="true"' in box.group()


def test_each_fault_is_tied_to_its_box(client: Client) -> None:
    page = client.get("/gallery/").content.decode()
    assert '<a href="#id_what">' in page and '<a href="#id_one_0">' in page
    assert 'aria-describedby="id_what-hint id_what-error"' in page
    for name in ("id_what-hint", "id_what-error"):
        assert page.count(f'id="{name}"') == 1


def test_what_was_chosen_stays_chosen(client: Client) -> None:
    page = client.get("/gallery/").content.decode()
    for name, value in (("day", "1"), ("counted", "")):
        ticked = [box for box in re.findall(rf'<input[^>]*name="{name}"[^>]*>', page) if "checked" in box]
        assert len(ticked) == 1 and (not value or f'value="{value}"' in ticked[0])


def test_who_can_see_begins_with_who() -> None:
    open_to_all = look.see_line("anyone near Old Quay.", href="/change/")
    assert "<strong>Who can see this:</strong> anyone near Old Quay. <a" in open_to_all
    private = look.see_line("Only Dilys P. and Tariq can see this. You choose later.", private=True)
    assert "<strong>Only Dilys P. and Tariq can see this.</strong> You choose later." in private
    assert "<strong>Only you can see this.</strong>" in look.see_line("Only you can see this.", private=True)


def test_what_somebody_wrote_is_shown_as_words() -> None:
    wicked = '<script>alert("x")</script>'
    shown = [look.why(wicked), look.see_line(wicked), look.tag(wicked), look.empty(wicked, wicked)]
    shown += [look.button(wicked, href=wicked, about=wicked), look.room("knowing", wicked)]
    assert not [html for html in shown if "<script" in html]


def test_signs_on_the_map_are_cut_like_those_of_the_list() -> None:
    script = (SITE / "static" / "js" / "map.js").read_text()
    for kind, (colour, shape) in SHAPES.items():
        assert colour in script and shape in script, kind


@pytest.mark.parametrize("status", sorted(PROBLEMS))
def test_each_problem_says_what_to_do_and_whom_to_ring(rf: RequestFactory, cast: Cast, status: int) -> None:
    assert cast.place.phone
    request = rf.get("/")
    request.user, request.csp_nonce, request.actor = AnonymousUser(), "", Actor.anyone()  # type: ignore[attr-defined]
    page = render_to_string("site/problem.html", {"problem": PROBLEMS[status]}, request=request)
    assert str(PROBLEMS[status]["title"]) in page and "talk to a person" in page


def test_large_print_can_be_asked_for_on_any_page(client: Client) -> None:
    page = client.get("/gallery/?print=large").content.decode()
    assert '<body class="large-print">' in page
    assert 'href="?print=large"' in client.get("/gallery/").content.decode()


def test_the_page_speaks_the_language_that_was_chosen(client: Client) -> None:
    with translation.override("en-gb"):
        answer = client.post("/language/setlang/", {"language": "cy", "next": "/gallery/?print=large"})
        assert answer.url == "/gallery/?print=large"  # type: ignore[attr-defined]
        page = client.get("/gallery/").content.decode()
    assert '<html lang="cy">' in page and 'value="en-gb" lang="en"' in page


def test_nothing_that_belongs_to_the_government_is_served() -> None:
    built = SITE / "static" / "built"
    if not built.exists():
        pytest.skip("The front end is not built: run `make run` or `make test` once")
    served = "".join(file.read_text(errors="ignore") for file in built.rglob("*") if file.suffix in {".css", ".js"})
    assert "GDS Transport" not in served
    assert not [file for file in built.rglob("*") if re.search("crown|crest|opengraph|gds", file.name, re.IGNORECASE)]
    assert "sourceMappingURL" not in served


def test_the_page_for_our_own_faults_needs_nothing() -> None:
    page = render_to_string("500.html")
    assert "It is our fault, not yours" in page and "{" not in page


def test_no_field_term_stands_on_a_residents_page() -> None:
    banned = [term.lower() for term in frameworks.load("words")["banned"]]
    staff = ("desk", "services", "mfa", "account", "gallery")
    wrong = []
    for template in SITE.parent.rglob("templates/**/*.html"):
        if any(word in template.as_posix() for word in staff):
            continue
        words = Words()
        words.feed(re.sub(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", "", template.read_text(), flags=re.DOTALL))
        said = " ".join(words.said).lower()
        said = re.sub(r"\{%\s*(?:url|include|load|panel|if|for|with|extends|block)[^%]*%\}|\{\{[^}]*\}\}", "", said)
        wrong += [(template.name, term) for term in banned if re.search(rf"\b{re.escape(term)}s?\b", said)]
    assert wrong == []


def test_every_plain_word_stands_in_both_languages() -> None:
    words = frameworks.load("words")["words"]
    assert len(words) >= 27
    for term, pair in words.items():
        assert set(pair) == {"en", "cy"} and all(pair.values()), term


def test_a_plain_word_follows_the_language_of_the_page() -> None:
    assert look.word("gap") == "not found yet"
    with translation.override("cy"):
        assert look.word("gap") == "heb ei ganfod eto"


def test_words_in_another_language_say_so() -> None:
    def shown(lang: str, page: str) -> str:
        with translation.override(page):
            return Template("{% load look %}<p{% lang_of lang %}>").render(Context({"lang": lang}))

    assert shown("cy", "en-gb") == '<p lang="cy">'
    assert shown("en", "cy") == '<p lang="en">'
    assert shown("cy", "cy") == shown("en", "en-gb") == "<p>"
