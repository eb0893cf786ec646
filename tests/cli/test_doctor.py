"""`doctor` names what is wrong, each thing with the command that mends it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from functions.cli import doctor, environment
from functions.cli.cluster import free_port
from functions.cli.home import ROOT, Home, PartState
from tests.stack import Stack, run, running_stack, temporary_home
from tests.world import wait_for


@pytest.fixture
def home() -> Iterator[Home]:
    """A home that was set up and never started."""
    with temporary_home() as folder:
        made = Home(folder)
        made.make()
        environment.prepare(made, {"STAYBASE_PORT": str(free_port())})
        yield made


@pytest.fixture
def stack() -> Iterator[Stack]:
    """A running copy."""
    with running_stack() as running:
        yield running


def wrong(home: Home) -> dict[str, str]:
    """What is wrong, with its mend."""
    return {f"{subject}: {fault}": mend for subject, fault, mend in doctor.examine(home) if fault}


def test_says_that_nothing_was_set_up(tmp_path: Path) -> None:
    assert wrong(Home(tmp_path)) == {"set up: not yet": "./staybase up"}


def test_says_that_it_is_down(home: Home) -> None:
    assert wrong(home) == {"stack: it is down": "./staybase up"}


def test_finds_secrets_that_others_may_read_until_they_are_closed(home: Home) -> None:
    home.environment_file.chmod(0o644)
    found = wrong(home)
    assert found["secrets are for their owner only: others may read them"] == (
        f"chmod 600 {home.environment_file}"
    )

    home.environment_file.chmod(0o600)
    assert not any("secrets" in line for line in wrong(home))


def test_finds_a_missing_package(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "installed", lambda package: package != "postgresql-15-cron")
    assert wrong(home)["Debian package postgresql-15-cron: missing"] == "apt-get install postgresql-15-cron"


def test_every_package_that_the_set_up_installs_is_looked_at() -> None:
    listed = re.findall(r'^  set -- (?:"\$@" )?(.+)$', (ROOT / "staybase").read_text(), re.MULTILINE)
    assert sorted(" ".join(listed).split()) == sorted(doctor.PACKAGES)


def test_finds_nothing_in_a_healthy_copy_and_each_part_of_a_sick_one(
    stack: Stack, monkeypatch: pytest.MonkeyPatch
) -> None:
    wait_for(lambda: wrong(stack.home) == {}, "the first tick")
    subjects = [subject for subject, _fault, _mend in doctor.examine(stack.home)]
    assert any(re.match(r"clock: last tick 20.+, \d+ ms, \d+ jobs", subject) for subject in subjects)
    assert any(subject.startswith("Beds24 at hamsun FSL: last asked") for subject in subjects)

    sick = stack.state
    sick.parts["worker"] = PartState(last_end="killed by signal 9")
    sick.parts["gateway"].restarts = 3
    monkeypatch.setattr(doctor, "read_state", lambda _home: sick)
    with stack.connect() as conn:
        conn.execute("update app.last_tick set ticked_at = now() - interval '4 minutes'")
        conn.execute(
            "update notify.beds24_access as a set state = 'refused', problem = 'token_refused'"
            " from public.tenants as t where t.id = a.tenant_id and t.slug = 'hamsun'"
        )
    found = wrong(stack.home)
    late = next(line for line in found if line.startswith("clock: "))
    assert late.endswith("nobody has ticked for three minutes")
    assert "worker" in found.pop(late)
    parted = next(line for line in found if line.startswith("Beds24 at "))
    assert parted.endswith("token refused")
    assert "/admin/beds24?property=FSL" in found.pop(parted)
    assert found == {
        "part worker: not running (last end: killed by signal 9)": (
            "./staybase down && ./staybase up   (why: ./staybase logs worker)"
        ),
        "part gateway stays up: started again 3 times": (
            "./staybase down && ./staybase up   (why: ./staybase logs gateway)"
        ),
    }


def test_ends_with_one_and_names_the_mend_when_something_is_wrong(home: Home) -> None:
    said = run(home.folder, free_port(), "doctor")
    assert said.returncode == 1
    assert "mend it: ./staybase up" in said.stdout
