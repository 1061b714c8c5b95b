"""`alongside …`: one door to everything that is done from a terminal. It finds the command, and prints what it says."""

from __future__ import annotations

import argparse
import json
import os
import sys
from importlib import import_module

from alongside.site.commands import COMMANDS, FROM_A_FILE, Command, Done, Told, Wrong

DONE, FAILED, WRONG_USE = 0, 1, 2
ORDERS = {*range(32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A)} - {9, 10}
UNTOLD = dict.fromkeys(ORDERS, "\N{REPLACEMENT CHARACTER}")


def main(words: list[str] | None = None) -> int:
    """Run one command. 0: done. 1: done with rejects, or a check failed. 2: wrong use."""
    words = sys.argv[1:] if words is None else words
    name, rest = _name(words)
    if not name:
        return _list(asked=bool(words) and words[0] in {"-h", "--help", "help"}, words=words)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.site.settings")
    command = _load(name)
    options = _parser(name, command).parse_args(rest)
    try:
        return _print(command.run(options), as_json=options.json)
    except Wrong as wrong:
        return _refuse(str(wrong), WRONG_USE, as_json=options.json)
    except Told as told:
        return _refuse(str(told), FAILED, as_json=options.json)
    except KeyboardInterrupt:
        return FAILED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED


def _name(words: list[str]) -> tuple[str, list[str]]:
    """The command these words start with, of two words or one, and what follows it."""
    for length in (2, 1):
        name = " ".join(words[:length])
        if name in COMMANDS and len(words) >= length:
            return name, words[length:]
    return "", words


def _load(name: str) -> Command:
    if name not in FROM_A_FILE:
        import django

        django.setup()
    command: Command = import_module(f"alongside.site.commands.{COMMANDS[name][0]}").COMMANDS[name]
    return command


def _parser(name: str, command: Command) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=f"alongside {name}",
        description=COMMANDS[name][1],
        epilog="Example:\n  " + "\n  ".join(command.examples),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.arguments(parser)
    parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    return parser


def _print(done: Done, *, as_json: bool) -> int:
    if as_json:
        print(json.dumps(done.data, ensure_ascii=False, default=str))
    else:
        for line in done.lines:
            print(_tame(line))
    return DONE if done.well else FAILED


def _tame(text: str) -> str:
    """Without what a terminal would obey, or read backwards: others' files have names for things."""
    return text.translate(UNTOLD)


def _refuse(sentence: str, status: int, *, as_json: bool) -> int:
    print(_tame(sentence), file=sys.stderr)
    if as_json:
        print(json.dumps({"error": sentence}, ensure_ascii=False))
    return status


def _list(*, asked: bool, words: list[str]) -> int:
    out = sys.stdout if asked else sys.stderr
    if words and not asked:
        print(f"There is no command “{' '.join(words[:2])}”.\n", file=out)
    print("alongside COMMAND [options]\n", file=out)
    for name, (_module, summary) in COMMANDS.items():
        print(f"  {name:<15} {summary}", file=out)
    print("\n`alongside COMMAND --help` shows its options and an example.", file=out)
    return DONE if asked else WRONG_USE


if __name__ == "__main__":
    sys.exit(main())
