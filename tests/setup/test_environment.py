"""setup/environment.sh: quick when nothing changed, and one line with its mend when something is wrong.

Nothing is installed here: a copy of the few files that it reads, and programs that
stand in for Python where it would take long or where something has to be missing.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SAYS = "dermlock set-up: "

INDEX = "http://127.0.0.1:9/simple"
"""A port on this machine that nobody listens on: nothing is fetched by these tests, whatever goes wrong."""


class Checkout:
    """A clone of which only the set-up is there. bin: comes first in PATH."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.bin, self.venv = folder / "dermlock", folder / "bin", folder / "dermlock" / ".venv"
        (self.folder / "setup").mkdir(parents=True)
        self.bin.mkdir()
        for name in ("setup/environment.sh", "setup/run.lock", "setup/dev.lock", "pyproject.toml"):
            shutil.copy(ROOT / name, self.folder / name)

    def set_up(self, which: str = "run", **environ: str) -> subprocess.CompletedProcess[str]:
        given = {
            "PATH": f"{self.bin}:{os.environ['PATH']}",
            "HOME": str(self.folder),
            "LANG": "C.UTF-8",
            "PYTHON": sys.executable,
            "PIP_CONFIG_FILE": os.devnull,
            "PIP_INDEX_URL": INDEX,
            "PIP_REQUIRE_VIRTUALENV": "1",
        }
        return subprocess.run(
            ["sh", self.folder / "setup" / "environment.sh", which],
            env={**given, **environ},
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
            cwd="/",
        )

    def stub(self, name: str, script: str) -> Path:
        """A program of that name; `$REAL` in it is this Python."""
        file = self.bin / name
        file.write_text(f"#!/bin/sh\nREAL='{sys.executable}'\n{script}\n")
        file.chmod(0o755)
        return file

    def made(self, which: str = "run") -> None:
        """As a set-up leaves it: a Python that works, the program, and the stamp of what it was made of.

        The Python is a stand-in that has no pip, and never a link to a real one.
        """
        (self.venv / "bin").mkdir(parents=True)
        python = self.stub("venv-python", 'case "$*" in *pip*) exit 97;; esac; exec "$REAL" "$@"')
        shutil.move(python, self.venv / "bin" / "python")
        (self.venv / "bin" / "dermlock").touch(mode=0o755)
        lock, project = (
            hashlib.sha256((self.folder / name).read_bytes()).hexdigest()
            for name in (f"setup/{which}.lock", "pyproject.toml")
        )
        version = f"{sys.version_info[0]}.{sys.version_info[1]}"
        (self.venv / f"dermlock-{which}.stamp").write_text(f"{lock} {version} {self.folder}\n{project}\n")


# Stands in for "python -m venv" and for the pip in what it made: quick, and it notes what it was asked.
QUICK = r"""
case "$*" in
"-m venv .venv")
    mkdir -p .venv/bin
    rm -f .venv/bin/python
    cat >.venv/bin/python <<PY
#!/bin/sh
case "\$*" in
*"pip install"*) echo "\$*" >>pip.asked; : >.venv/bin/dermlock; chmod +x .venv/bin/dermlock; PIP;;
*pip*) exit 97;;
*) exec '$REAL' "\$@";;
esac
PY
    chmod +x .venv/bin/python;;
*) exec "$REAL" "$@";;
esac
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path)


def append(file: Path) -> None:
    with file.open("a") as stream:
        stream.write("\n")


def one_line(done: subprocess.CompletedProcess[str]) -> str:
    """What it said was wrong: exactly one line, behind at most the one that it has begun."""
    lines = [line for line in done.stderr.splitlines() if not line.startswith("Setting up dermlock's own environment")]
    assert (done.returncode, done.stdout) == (1, "")
    assert len(lines) == 1, done.stderr
    assert lines[0].startswith(SAYS)
    return lines[0].removeprefix(SAYS)


def test_a_second_run_does_nothing_and_says_nothing(checkout: Checkout) -> None:
    checkout.made()
    before = {path: path.lstat().st_mtime_ns for path in checkout.folder.rglob("*")}
    checkout.stub("mkdir", "exit 9")
    checkout.stub("rm", "exit 9")
    done = checkout.set_up()
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert {path: path.lstat().st_mtime_ns for path in checkout.folder.rglob("*")} == before


def test_a_first_run_installs_what_the_lock_names_and_nothing_else(checkout: Checkout) -> None:
    python = checkout.stub("quick-python", QUICK.replace("PIP", ""))
    done = checkout.set_up(PYTHON=str(python))
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    packages, project = (checkout.folder / "pip.asked").read_text().splitlines()
    for option in ("--require-hashes", "--only-binary :all:", "--requirement setup/run.lock"):
        assert option in packages
    for option in ("--no-deps", "--no-index", "--no-build-isolation", "--editable ."):
        assert option in project
    assert checkout.set_up(PYTHON=str(python)).stderr == ""
    assert len((checkout.folder / "pip.asked").read_text().splitlines()) == 2, "the second run asked for nothing"


@pytest.mark.parametrize("change", ["lock", "project", "no program", "interrupted", "broken python"])
def test_what_changed_or_is_half_there_is_made_anew(checkout: Checkout, change: str) -> None:
    checkout.made()
    (checkout.venv / "left-behind").touch()
    match change:
        case "lock":
            append(checkout.folder / "setup" / "run.lock")
        case "project":
            append(checkout.folder / "pyproject.toml")
        case "no program":
            (checkout.venv / "bin" / "dermlock").unlink()
        case "interrupted":
            (checkout.venv / "dermlock-unfinished").touch()
        case "broken python":
            (checkout.venv / "bin" / "python").unlink()
    done = checkout.set_up(PYTHON=str(checkout.stub("quick-python", QUICK.replace("PIP", ""))))
    assert done.returncode == 0, done.stderr
    assert (checkout.folder / "pip.asked").exists()
    kept = change in ("project", "no program")
    assert (checkout.venv / "left-behind").exists() == kept, "packages that are right are not fetched again"
    assert not (checkout.venv / "dermlock-unfinished").exists()


def test_an_interrupted_run_says_how_to_go_on_and_the_next_begins_anew(checkout: Checkout) -> None:
    python = checkout.stub("quick-python", QUICK.replace("PIP", "kill -INT $PPID"))
    done = checkout.set_up(PYTHON=str(python))
    assert "interrupted" in one_line(done)
    assert "make again" in done.stderr
    assert (checkout.venv / "dermlock-unfinished").exists()
    python = checkout.stub("quick-python", QUICK.replace("PIP", ""))
    assert checkout.set_up(PYTHON=str(python)).returncode == 0


def test_no_python_at_all(checkout: Checkout) -> None:
    said = one_line(checkout.set_up(PYTHON="python-that-is-not-there"))
    assert said.startswith("python-that-is-not-there does not start. Install Python 3.11 or later")


def test_an_old_python(checkout: Checkout) -> None:
    old = checkout.stub("old-python", 'case "$1" in --version) echo "Python 3.9.2";; *) exit 1;; esac')
    said = one_line(checkout.set_up(PYTHON=str(old)))
    assert said == (
        "Python 3.9.2 is too old, dermlock needs 3.11 or later. Install a newer one and name it: make PYTHON=python3.12"
    )


def test_a_python_without_its_venv_module(checkout: Checkout) -> None:
    python = checkout.stub("bare-python", 'case "$*" in *ensurepip*) exit 1;; esac; exec "$REAL" "$@"')
    said = one_line(checkout.set_up(PYTHON=str(python)))
    assert said.endswith("(Debian: apt install python3-venv) and run make again.")
    assert not checkout.venv.exists()


def test_a_lock_that_is_not_there(checkout: Checkout) -> None:
    (checkout.folder / "setup" / "run.lock").unlink()
    assert one_line(checkout.set_up()) == "setup/run.lock cannot be read. Take it back: git checkout -- setup"


def test_a_folder_that_cannot_be_written_to(checkout: Checkout) -> None:
    checkout.stub("mkdir", 'echo "mkdir: Permission denied" >&2; exit 1')
    said = one_line(checkout.set_up())
    assert said.endswith("cannot write to this folder. Clone dermlock into a folder of your own.")


def test_no_network(checkout: Checkout) -> None:
    """With a real pip, whose index is a port on this machine that nobody listens on."""
    done = checkout.set_up()
    assert one_line(done).startswith("the package index cannot be reached. Connect to the network")
    assert (checkout.venv / "dermlock-unfinished").exists(), "the next run begins anew"


@pytest.mark.parametrize(
    ("pip_says", "told"),
    [
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "a downloaded package is not the one in the lock"),
        ("ERROR: [Errno 28] No space left on device", "the disk is full. Free about 300 MB"),
        (
            "ERROR: No matching distribution found for click",
            "ERROR: No matching distribution found for click The whole",
        ),
    ],
)
def test_what_pip_complains_about_is_told_in_one_line(checkout: Checkout, pip_says: str, told: str) -> None:
    python = checkout.stub("quick-python", QUICK.replace("PIP", f"echo '{pip_says}'; exit 1"))
    assert one_line(checkout.set_up(PYTHON=str(python))).startswith(told)
    assert not list(checkout.venv.glob("*.stamp"))
