"""Finds on this machine what tests need beside Python — a browser, PostgreSQL — and installs it where it may."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

APT = ["apt-get", "-o", "DPkg::Lock::Timeout=600", "-q", "-y"]
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
MAC_BROWSER = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")


class Missing(Exception):
    """Something that tests need is not here and could not be installed; the words say how to get it."""


def in_ci() -> bool:
    """Under CI nothing may be left out because it is missing."""
    return os.environ.get("CI", "").lower() in {"1", "true", "yes"}


def browser() -> str | None:
    """The browser that journeys use: BROWSER_PATH, else the first of the usual names."""
    named = os.environ.get("BROWSER_PATH")
    if named:
        return named
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    return found or (str(MAC_BROWSER) if MAC_BROWSER.exists() else None)


def postgresql() -> Path | None:
    """The folder with PostgreSQL's server programs; the newest where there are several."""

    def version(folder: Path) -> float:
        try:
            return float(folder.parent.name)
        except ValueError:
            return 0.0

    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=version, reverse=True)
    on_path = shutil.which("initdb")
    if on_path:
        folders.append(Path(on_path).resolve().parent)
    return next((folder for folder in folders if (folder / "initdb").exists()), None)


def need_browser() -> str:
    """The browser, installed from Debian's packages if none is found."""
    found = browser()
    if not found:
        _apt("chromium", "a browser for the journeys")
        found = browser()
    if not found:
        raise Missing("No browser was found. Install Chromium, or set BROWSER_PATH.")
    return found


def need_postgresql() -> Path:
    """PostgreSQL's programs, installed from Debian's packages if they are not found."""
    found = postgresql()
    if not found:
        _apt("postgresql", "PostgreSQL for the suite's second run")
        found = postgresql()
    if not found:
        raise Missing("PostgreSQL was not found. Install it (Debian's package is `postgresql`).")
    return found


def _apt(package: str, purpose: str) -> None:
    by_hand = f"Tests need {purpose}. Install it with:  sudo apt-get install {package}"
    if not shutil.which("apt-get"):
        raise Missing(f"Tests need {purpose}. Install it and run make again.")
    as_root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if as_root and not _quiet(["sudo", "-n", "true"]):
        raise Missing(by_hand)
    print(f"Installing {purpose} …", file=sys.stderr, flush=True)
    environment = [*as_root, "env", "DEBIAN_FRONTEND=noninteractive"]
    steps = [["update"], ["install", "--no-install-recommends", package]]
    if not all(_quiet([*environment, *APT, *step]) for step in steps):
        raise Missing(by_hand)


def _quiet(command: list[str]) -> bool:
    if not shutil.which(command[0]):
        return False
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if done.returncode:
        print(done.stderr.strip(), file=sys.stderr)
    return done.returncode == 0
