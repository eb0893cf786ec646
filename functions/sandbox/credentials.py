"""The sandbox's own credentials, and the refusal to start where real ones are configured."""

from collections.abc import Mapping
from dataclasses import dataclass

OWN = {
    "TWILIO_ACCOUNT_SID": "STAYBASE_SANDBOX_TWILIO_SID",
    "TWILIO_AUTH_TOKEN": "STAYBASE_SANDBOX_TWILIO_TOKEN",
    "SLACK_BOT_TOKEN": "STAYBASE_SANDBOX_SLACK_TOKEN",
    "SLACK_SIGNING_SECRET": "STAYBASE_SANDBOX_SLACK_SECRET",
    "SMTP_PASSWORD": "STAYBASE_SANDBOX_SMTP_PASSWORD",
}

MAIL_USER = "sandbox"


class RefusalToStart(SystemExit):
    """Ends the process with one line on stderr and exit code 1."""


@dataclass(frozen=True)
class Credentials:
    """What a caller must present: Twilio's account and token, Slack's bot token, the mail server's login.

    `slack_secret` is what Slack signs its own calls with.
    """

    account_sid: str
    auth_token: str
    slack_token: str
    slack_secret: str
    mail_password: str
    mail_user: str = MAIL_USER


def own_credentials(environment: Mapping[str, str]) -> Credentials:
    """The sandbox's credentials; refuses outside development, without its own, and beside real ones."""
    if environment.get("STAYBASE_DEVELOPMENT", "") not in {"1", "true"}:
        raise RefusalToStart("sandbox: this is no development build; set STAYBASE_DEVELOPMENT=1 to run it.")
    missing = [own for own in OWN.values() if not environment.get(own)]
    if missing:
        raise RefusalToStart(
            f"sandbox: {', '.join(missing)} must be set: its callers prove themselves with them."
        )
    real = [name for name, own in OWN.items() if environment.get(name, environment[own]) != environment[own]]
    if real:
        raise RefusalToStart(
            f"sandbox: real credentials are configured ({', '.join(real)}); unset them to use the sandbox."
        )
    return Credentials(*(environment[own] for own in OWN.values()))
