"""The shell script `staybase`: what it says when a machine cannot be set up, before Python is there."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from functions.cli.home import ROOT

WORKS = "#!/bin/sh\nexit 0\n"


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """The script and its locks in a folder of their own, and a place for programs that stand in."""
    for name in ("staybase", "requirements.lock", "package.json", "package-lock.json"):
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / "bin").mkdir()
    return tmp_path


def stand_in(clone: Path, program: str, script: str) -> None:
    """A program that is found before Debian's own."""
    (clone / "bin" / program).write_text(script)
    (clone / "bin" / program).chmod(0o755)


def run(clone: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    environment = {
        "PATH": f"{clone / 'bin'}:{os.environ['PATH']}",
        "STAYBASE_HOME": str(clone / "home"),
        "HOME": str(clone),
    }
    return subprocess.run(
        ["/bin/sh", str(clone / "staybase"), *words],
        env=environment, text=True, capture_output=True, check=False, timeout=120,
    )  # fmt: skip


def test_names_the_missing_packages_and_the_command_to_who_may_not_install(clone: Path) -> None:
    stand_in(clone, "dpkg-query", "#!/bin/sh\necho not-installed\n")
    stand_in(clone, "id", "#!/bin/sh\necho 1000\n")
    said = run(clone, "up")
    assert (said.returncode, said.stdout, said.stderr.count("\n")) == (1, "", 1)
    assert "as root: apt-get install python3 " in said.stderr
    assert "postgresql-15-cron" in said.stderr


def test_says_in_one_line_why_debian_could_not_install(clone: Path) -> None:
    stand_in(clone, "dpkg-query", "#!/bin/sh\necho not-installed\n")
    stand_in(clone, "id", "#!/bin/sh\necho 0\n")
    stand_in(
        clone,
        "apt-get",
        "#!/bin/sh\necho 'Reading lists'\necho 'E: Unable to locate package' >&2\nexit 100\n",
    )
    said = run(clone, "up")
    refusals = [line for line in said.stderr.splitlines() if line.startswith("staybase:")]
    assert (said.returncode, len(refusals)) == (1, 1)
    assert "(E: Unable to locate package)" in refusals[0]
    assert "apt-get update && apt-get install python3 " in refusals[0]
    assert not (clone / "home" / "venv").exists()


def test_says_in_one_line_why_python_packages_could_not_be_installed(clone: Path) -> None:
    stand_in(clone, "dpkg-query", "#!/bin/sh\nprintf installed\n")
    (clone / "requirements.lock").write_text("no-such-package-of-ours==1.0 --hash=sha256:" + "0" * 64 + "\n")
    said = run(clone, "up")
    refusals = [line for line in said.stderr.splitlines() if line.startswith("staybase:")]
    assert (said.returncode, len(refusals)) == (1, 1)
    assert "The Python packages could not be installed (ERROR: " in refusals[0]
    assert "Check the network and the disk" in refusals[0]
    assert not (clone / "home" / "venv").exists()


def test_asks_for_room_before_it_fills_the_disk(clone: Path) -> None:
    stand_in(clone, "dpkg-query", "#!/bin/sh\nprintf installed\n")
    stand_in(clone, "df", "#!/bin/sh\nprintf 'heading\\ndisk 100 90 10 90%% /\\n'\n")
    said = run(clone, "up")
    assert (said.returncode, said.stderr.count("\n")) == (1, 1)
    assert "Only 10 MB are free" in said.stderr
    assert "need 1200 MB" in said.stderr


@pytest.mark.parametrize("words", [("status",), ("down",), ("doctor",), ()])
def test_what_only_looks_says_how_to_begin(clone: Path, words: tuple[str, ...]) -> None:
    stand_in(clone, "apt-get", WORKS)
    said = run(clone, *words)
    assert (said.returncode, said.stderr.count("\n")) == (1, 1)
    assert "./staybase up" in said.stderr


def test_is_a_posix_script() -> None:
    done = subprocess.run(["/bin/dash", "-n", str(ROOT / "staybase")], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
