"""Writes the name of each app's last migration into its `max_migration.txt`; `make fix` runs it."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    for folder in (ROOT / "src" / "alongside").glob("*/migrations"):
        names = sorted(path.stem for path in folder.glob("[0-9]*.py"))
        if names:
            (folder / "max_migration.txt").write_text(names[-1] + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
