"""No key of a provider, no phone number or address of anybody real stands in this repository."""

import re

import pytest

from functions.cli.home import ROOT
from tests.layout.files import tracked

KEYS = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY|\bAKIA[0-9A-Z]{16}\b|\b(?:AC|SK)[0-9a-f]{32}\b|\bxox[abp]-\d{6,}\S+"
    r"|\bsk_live_\w+|\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]{10,}"
)
PHONES = re.compile(r"(?<![\w.:+-])\+[1-9]\d{9,14}\b(?!:)")
MAIL = re.compile(r"[\w.%+-]+@((?:[\w-]+\.)+[a-z]{2,})\b", re.IGNORECASE)

# Ranges that belong to nobody; the number that every Twilio sandbox writes from; counted-up ones of countries
# without a range of that kind, and an account as one looks.
FICTION = re.compile(r"\+1\d{3}55501\d{2}|\+447700900\d{3}")
NOBODYS = {
    "+14155238886",
    "+923001234567",
    "+351912345678",
    "+77012345678",
    "AC7f3e19b2c4d58a60e1f2937b4c5d6e8a",
}
NO_DOMAIN = re.compile(
    r"(?:.*\.)?(?:example|invalid|test|localhost)|example\.(?:com|org|net)|pytest\.mark\.\w+"
)


def secrets_and_people(name: str, text: str) -> list[str]:
    """Keys, phone numbers and mail addresses that may be somebody's."""
    found = [key for key in KEYS.findall(text) if key not in NOBODYS]
    found += [
        phone for phone in PHONES.findall(text) if not FICTION.fullmatch(phone) and phone not in NOBODYS
    ]
    found += [f"@{domain}" for domain in MAIL.findall(text) if not NO_DOMAIN.fullmatch(domain.lower())]
    return [f"{name}: {each}" for each in found]


@pytest.mark.shows("invariant/no_secrets_in_the_repository")
def test_no_secrets_in_the_repository() -> None:
    files = {name: (ROOT / name).read_text("utf-8") for name in tracked()}
    assert [one for name, text in files.items() for one in secrets_and_people(name, text)] == []


@pytest.mark.parametrize(
    "text",
    [
        "token = 'xoxb-" + "1234567890-abc'",
        "sid: AC" + "0123456789abcdef" * 2,
        "-----BEGIN RSA PRIVATE " + "KEY-----",
        "call +4915112" + "345678 now",
        "write to somebody@gmail" + ".com",
    ],
)
def test_the_control_is_found(text: str) -> None:
    assert len(secrets_and_people("a file", text)) == 1
