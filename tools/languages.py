"""The catalogues of languages: what there is to say, what has been put into Welsh, and the file the site reads.

python -m tools.languages gather     puts every text of the source into each catalogue, new ones empty
python -m tools.languages missing    lists the texts that have no Welsh yet
python -m tools.languages compile    makes the files that the site reads (setting up does this)
"""

import ast
import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "alongside"
LOCALE = SOURCE / "site" / "locale"
KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "Message": None,
    "message": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
CALL = re.compile(r"(?<![\w.])(?:_|n?p?gettext(?:_lazy)?)\(")
# As Django counts Welsh: one, two, the rest, and eight or eleven.
WELSH_PLURALS = "nplurals=4; plural=(n==1) ? 0 : (n==2) ? 1 : (n != 8 && n != 11) ? 2 : 3;"

Said = tuple[str, int, str | tuple[str, ...]]


def texts() -> Catalog:
    """Every text of the source, with the files that say it. Lines are left out: they change too often."""
    catalog = Catalog(project="Alongside", charset="utf-8")
    for path, _line, said in sorted(_said(), key=lambda one: (one[0], one[1])):
        catalog.add(said, locations=[(path, 0)], flags=_flags(said))
    return catalog


def _said() -> Iterator[Said]:
    for path in sorted(SOURCE.rglob("*.py")):
        if "migrations" not in path.parts:
            with path.open("rb") as file:
                yield from _in_python(path, file.read())
    for path in sorted([*SOURCE.rglob("*.html"), *SOURCE.rglob("templates/**/*.txt")]):
        yield from _in_template(path)


def _in_python(path: Path, code: bytes) -> Iterator[Said]:
    for line, call, found, _comments in extract_python(BytesIO(code), KEYWORDS, [], {}):
        if said := _clean(str(call), found):
            yield _name(path), line, said


def _in_template(path: Path) -> Iterator[Said]:
    """Django turns a template into calls between letters that mean nothing; each call is read by itself."""
    from django.conf import settings
    from django.utils.translation.template import templatize

    if not settings.configured:
        settings.configure()
    text = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    for found in CALL.finditer(text):
        call = _call(text, found.start())
        said = [ast.literal_eval(one) if isinstance(one, ast.Constant) else None for one in call.args]
        assert isinstance(call.func, ast.Name)
        if clean := _clean(call.func.id, tuple(said)):
            yield _name(path), text.count("\n", 0, found.start()), clean


def _call(text: str, start: int) -> ast.Call:
    end = text.index(")", start)
    while True:
        try:
            read = ast.parse(text[start : end + 1].replace("\n", " "), mode="eval").body
        except SyntaxError:
            end = text.index(")", end + 1)
            continue
        assert isinstance(read, ast.Call)
        return read


def _clean(call: str, said: object) -> str | tuple[str, ...] | None:
    parts = said if isinstance(said, tuple) else (said,)
    words = tuple(part for part in parts if isinstance(part, str))
    if not words or not words[0]:
        return None
    return words[:2] if call.startswith("ngettext") else words[0]


def _flags(said: str | tuple[str, ...]) -> list[str]:
    text = said if isinstance(said, str) else said[0]
    return ["python-format"] if re.search(r"%\(\w+\)", text) else []


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def catalogues() -> list[Path]:
    return sorted(LOCALE.glob("*/LC_MESSAGES/django.po"))


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.parent.parent.name)


def gather() -> None:
    """New texts come in empty, gone ones leave, and nothing is guessed from what looks alike."""
    template = texts()
    for path in catalogues():
        known = read(path)
        known.update(template, no_fuzzy_matching=True)
        known.obsolete.clear()
        write(path, known)


def write(path: Path, catalog: Catalog) -> None:
    """The catalogue in an order that keeps changes small, without dates, names or line numbers."""
    out = BytesIO()
    write_po(out, catalog, width=0, omit_header=True, sort_by_file=True, include_lineno=False, ignore_obsolete=True)
    head = (
        f'msgid ""\nmsgstr ""\n"Language: {path.parent.parent.name}\\n"\n"MIME-Version: 1.0\\n"\n'
        f'"Content-Type: text/plain; charset=UTF-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Plural-Forms: {WELSH_PLURALS}\\n"\n\n'
    )
    path.write_text(head + out.getvalue().decode(), encoding="utf-8")


def missing(catalog: Catalog) -> list[str]:
    """Texts of the source that this catalogue does not say, in the order in which they stand there."""
    said = {_key(message.id): message for message in catalog if message.id}
    return [
        _key(message.id)
        for message in texts()
        if message.id and not _done(said.get(_key(message.id)), plural=isinstance(message.id, tuple))
    ]


def _key(said: object) -> str:
    return str(said[0] if isinstance(said, (tuple, list)) else said)


def _done(message: object, *, plural: bool) -> bool:
    said = getattr(message, "string", "")
    forms = said if isinstance(said, (tuple, list)) else (said,)
    return bool(message) and all(forms) and (len(forms) == 4 if plural else len(forms) == 1)


def compile_all() -> None:
    """Make each catalogue's compiled file, where it is older than its words."""
    for path in catalogues():
        built = path.with_suffix(".mo")
        if built.exists() and built.stat().st_mtime >= path.stat().st_mtime:
            continue
        fresh = BytesIO()
        write_mo(fresh, read(path))
        beside = built.with_suffix(".new")
        beside.write_bytes(fresh.getvalue())
        beside.replace(built)


def main(words: list[str]) -> int:
    match words:
        case ["gather"]:
            gather()
        case ["missing"]:
            for path in catalogues():
                print("\n".join(missing(read(path))))
        case ["compile"]:
            compile_all()
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
