"""Takes the pictures of README.md: a fresh invented town, its pages as one of its people sees them. `make pictures`."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, ViewportSize, sync_playwright

from tools import machine

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
FLAGS = ["--disable-gpu", "--no-first-run", "--disable-background-networking", "--hide-scrollbars"]
DESK, PHONE = ViewportSize(width=1200, height=800), ViewportSize(width=390, height=780)

# Name, whose eyes (a first name of the cast, or nobody's), address, window.
WANTED: tuple[tuple[str, str, str, ViewportSize], ...] = (
    ("look-around", "", "/look-around/", DESK),
    ("my-page", "Joyce", "/my-page/", PHONE),
    ("this-place", "", "/place/", DESK),
)


@contextmanager
def town(home: str) -> Iterator[tuple[str, dict[str, str]]]:
    """The site on a free port, and the sign-in link of each of the cast by first name."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port = asked.getsockname()[1]
    address = f"http://localhost:{port}"
    environment = {**os.environ, "ALONGSIDE_HOME": home, "ALONGSIDE_URL": address, "DATABASE_URL": ""}
    command = [str(Path(sys.executable).parent / "alongside"), "run", "--port", str(port)]
    with subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True) as site:
        links: dict[str, str] = {}
        for line in site.stdout or ():
            found = re.match(r"\s+(\w+) .*?(http://\S+/demo/\S+)", line)
            if found:
                links[found.group(1)] = found.group(2)
            if "Ctrl-C" in line:
                break
        try:
            yield address, links
        finally:
            site.send_signal(signal.SIGTERM)
            site.wait(30)


def take(page: Page, address: str, name: str) -> None:
    answer = page.goto(address)
    if answer is None or not answer.ok:
        raise SystemExit(f"{address} answered {answer.status if answer else 'nothing'}")
    page.wait_for_load_state("networkidle")
    page.screenshot(path=PICTURES / f"{name}.png", animations="disabled")


def main() -> int:
    PICTURES.mkdir(parents=True, exist_ok=True)
    flags = FLAGS + (["--no-sandbox"] if os.geteuid() == 0 else [])
    with (
        tempfile.TemporaryDirectory(prefix="alongside-pictures-") as home,
        town(home) as (address, links),
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=machine.need_browser(), args=flags)
        for name, eyes, path, window in WANTED:
            page = browser.new_page(viewport=window, reduced_motion="reduce")
            if eyes:
                page.goto(links.pop(eyes))  # signs in, and works once
            take(page, address + path, name)
            page.close()
        browser.close()
    for picture in sorted(PICTURES.glob("*.png")):
        print(f"{picture.relative_to(ROOT)}  {picture.stat().st_size // 1024} KB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
