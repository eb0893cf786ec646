""".env.example lists every setting that the code knows, and no other."""

import re

from functions.cli.home import ROOT
from functions.shared.settings import Settings

NAMED = re.compile(r"\b(?:STAYBASE_[A-Z][A-Z_]*[A-Z]|DATABASE_URL|POSTGREST_BIN)\b")
OF_PROVIDERS = re.compile(
    r'"((?:TWILIO|SLACK|BEDS24)_(?:ACCOUNT_SID|AUTH_TOKEN|BOT_TOKEN|SIGNING_SECRET|API_URL|WHATSAPP_FROM|SMS_FROM)|SMTP_[A-Z]+)"'
)


def known() -> set[str]:
    """What the command line, the functions and the worker ask their environment for."""
    files = [ROOT / "staybase", *(ROOT / "functions").rglob("*.py")]
    text = "\n".join(file.read_text("utf-8") for file in files)
    fields = {
        str(field.validation_alias or f"STAYBASE_{name.upper()}")
        for name, field in Settings.model_fields.items()
    }
    return {*NAMED.findall(text), *OF_PROVIDERS.findall(text), *fields}


def listed() -> list[str]:
    """The names in .env.example."""
    return re.findall(r"^([A-Z0-9_]+)=$", (ROOT / ".env.example").read_text("utf-8"), re.MULTILINE)


def test_every_setting_is_listed_once() -> None:
    assert sorted(listed()) == sorted(known())


def test_it_holds_no_value() -> None:
    lines = (ROOT / ".env.example").read_text("utf-8").splitlines()
    assert [line for line in lines if line and not line.startswith("#") and not line.endswith("=")] == []
