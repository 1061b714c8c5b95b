"""Makes the environment and the built front end, and does nothing where they are up to date.

Run by whatever `python3` the machine has, before anything is installed: only the standard library here,
and only words that an old Python can read, so that it can say that it is too old.
"""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENV = ROOT / ".venv"
UV = "uv==0.13.9"
OLDEST = (3, 11)


def main(wanted):
    if sys.version_info < OLDEST:
        stop(
            f"Alongside needs Python 3.11 or newer; this is {sys.version_info[0]}.{sys.version_info[1]}.",
            "Install a newer one and say where it is:  make PYTHON=python3.12 run",
        )
    if "base" in wanted or "all" in wanted:
        environment("all" if "all" in wanted else "base")
    if "assets" in wanted:
        assets()


def environment(group):
    """The virtual environment with everything in `requirements/<group>.txt`, and the package itself."""
    stamp = fingerprint()
    have = (ENV / ".alongside").read_text().split() if (ENV / ".alongside").exists() else []
    if stamp in have and (group in have or "all" in have):
        return
    make_venv()
    python = ENV / "bin" / "python"
    uv = ENV / "bin" / "uv"
    say(f"Installing what Alongside needs ({group}) …")
    if not uv.exists():
        run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", UV)
    install = (uv, "pip", "install", "--quiet", "--python", python)
    run(*install, "--require-hashes", "-r", f"requirements/{group}.txt")
    run(*install, "--no-deps", "--editable", ".")
    (ENV / ".alongside").write_text(f"{stamp} {group}\n")


def make_venv():
    if (ENV / "bin" / "python").exists():
        return
    try:
        import ensurepip  # noqa: F401
    except ImportError:
        stop(
            "This Python cannot make environments yet. On Debian or Ubuntu:",
            "    sudo apt-get install python3-venv",
            "Then run make again.",
        )
    say("Making an environment in .venv …")
    try:
        run(sys.executable, "-m", "venv", ENV)
    except SystemExit:
        shutil.rmtree(str(ENV), ignore_errors=True)
        raise


def assets():
    """Style, scripts and fonts, fetched and compiled into the site's static folder."""
    run(ENV / "bin" / "python", "tools/build_assets.py")


def fingerprint():
    """Changes with this Python, the locks, and what pyproject.toml says of the package (not of its tools)."""
    package = (ROOT / "pyproject.toml").read_text(encoding="utf-8").split("[tool.")[0]
    digest = hashlib.sha256((sys.version + package).encode())
    for name in ("requirements/base.txt", "requirements/all.txt"):
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()[:24]


def run(*command):
    done = subprocess.run([str(part) for part in command], cwd=str(ROOT), check=False)
    if done.returncode:
        stop("That did not work: " + " ".join(str(part) for part in command))


def say(words):
    print(words, file=sys.stderr, flush=True)


def stop(*lines):
    raise SystemExit("\n".join(lines))


if __name__ == "__main__":
    main(sys.argv[1:] or ["base", "assets"])
