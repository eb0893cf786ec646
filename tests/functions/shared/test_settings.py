"""A process does not start on settings that would not hold."""

import pytest

from functions.shared.settings import read_settings

WHOLE = {
    "STAYBASE_AUTHENTICATOR_URL": "postgresql://a",
    "STAYBASE_SERVICE_URL": "postgresql://s",
    "STAYBASE_JWT_SECRET": "x" * 32,
}


@pytest.fixture(autouse=True)
def _whole(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in WHOLE.items():
        monkeypatch.setenv(name, value)


def test_whole_settings_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STAYBASE_PUBLIC_URL", "https://stay.example")
    monkeypatch.setenv("TWILIO_ACCOUNT_SID", "AC0")
    settings = read_settings()
    assert (settings.is_https, settings.twilio_account_sid, settings.development) == (True, "AC0", False)


def test_a_short_secret_is_refused_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STAYBASE_JWT_SECRET", "short")
    with pytest.raises(SystemExit) as refused:
        read_settings()
    assert str(refused.value) == "STAYBASE_JWT_SECRET: has 5 bytes and needs 32 or more"


def test_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("STAYBASE_SERVICE_URL")
    with pytest.raises(SystemExit) as refused:
        read_settings()
    assert str(refused.value) == "STAYBASE_SERVICE_URL: is missing; ./staybase up writes it"


def test_secrets_are_not_shown() -> None:
    assert "x" * 32 not in repr(read_settings())
