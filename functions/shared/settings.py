"""The environment that a part of Staybase runs in; the command line keeps it in $STAYBASE_HOME/env."""

from functools import lru_cache
from pathlib import Path
from typing import Annotated, Final
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

MINIMUM_SECRET_BYTES: Final = 32
Hidden = Annotated[str, Field(repr=False)]


class Settings(BaseSettings):
    """One field is one environment variable: STAYBASE_ and its name, save where an alias says otherwise."""

    model_config = SettingsConfigDict(
        env_prefix="STAYBASE_", extra="ignore", frozen=True, hide_input_in_errors=True, populate_by_name=True
    )

    home: Path = Path(".staybase")
    port: int = 8080
    public_url: str = "http://127.0.0.1:8080"
    functions_port: int = 8000
    postgrest_url: str = ""
    sandbox_url: str = ""
    development: bool = False
    """Development build: demo, sandbox, development sign-in, test clock."""

    authenticator_url: Hidden
    """Login role `authenticator`: may become the role of a session and nothing else."""
    service_url: Hidden
    """Login role `service`: the worker and the functions' own work."""
    owner_url: Hidden = ""
    """The migrating role; no function uses it."""
    database_url: Hidden = Field(default="", validation_alias="DATABASE_URL")

    jwt_secret: Hidden
    jwt_audience: str = "staybase"
    jwt_issuer: str = "staybase"
    publishable_key: Hidden = ""
    secret_key: Hidden = ""

    twilio_account_sid: str = Field(default="", validation_alias="TWILIO_ACCOUNT_SID")
    twilio_auth_token: Hidden = Field(default="", validation_alias="TWILIO_AUTH_TOKEN")
    twilio_api_url: str = Field(default="", validation_alias="TWILIO_API_URL")
    slack_bot_token: Hidden = Field(default="", validation_alias="SLACK_BOT_TOKEN")
    slack_signing_secret: Hidden = Field(default="", validation_alias="SLACK_SIGNING_SECRET")
    """What Slack signs its calls with; without it none is taken."""
    slack_api_url: str = Field(default="", validation_alias="SLACK_API_URL")

    @field_validator("jwt_secret")
    @classmethod
    def _secret_is_long_enough(cls, value: str) -> str:
        if len(value.encode()) < MINIMUM_SECRET_BYTES:
            raise ValueError(f"has {len(value.encode())} bytes and needs {MINIMUM_SECRET_BYTES} or more")
        return value

    @property
    def is_https(self) -> bool:
        """Whether visitors come by https, so that cookies may ask for it."""
        return urlsplit(self.public_url).scheme == "https"


def read_settings() -> Settings:
    """The settings of this process. Ends it with one line for each variable that is missing or wrong."""
    try:
        return Settings.model_validate({})
    except ValidationError as refused:
        lines = [f"{_variable(str(error['loc'][0]))}: {_reason(error['msg'])}" for error in refused.errors()]
        raise SystemExit("\n".join(lines)) from None


@lru_cache(maxsize=1)
def get_settings() -> Settings:
    """`read_settings`, once a process."""
    return read_settings()


def _variable(field: str) -> str:
    return field if field.isupper() else f"STAYBASE_{field.upper()}"


def _reason(message: str) -> str:
    reason = message.removeprefix("Value error, ").lower()
    return "is missing; ./staybase up writes it" if reason == "field required" else reason
