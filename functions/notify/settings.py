"""What the worker reads from its environment. Plain, because the worker should stay small."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field

BEDS24 = "https://api.beds24.com/v2"
TWILIO_SANDBOX_NUMBER = "+14155238886"


@dataclass(frozen=True)
class MailServer:
    """The SMTP server that takes mail for us; without a host there is none yet."""

    host: str = ""
    port: int = 587
    user: str = ""
    password: str = field(default="", repr=False)
    security: str = "starttls"
    """`starttls`, `tls` from the first byte (port 465), or `none` on loopback."""
    sender: str = ""
    """The address we write from where a hotel has none of its own."""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "MailServer":
        """The server that SMTP_… names; ends the process on one that would carry the password in the open."""
        server = cls(
            host=environment.get("SMTP_HOST", ""),
            port=int(environment.get("SMTP_PORT") or 587),
            user=environment.get("SMTP_USER", ""),
            password=environment.get("SMTP_PASSWORD", ""),
            security=environment.get("SMTP_SECURITY") or "starttls",
            sender=environment.get("SMTP_FROM", ""),
        )
        if server.security not in {"starttls", "tls", "none"}:
            raise SystemExit(f"worker: SMTP_SECURITY is {server.security}; it is starttls, tls or none.")
        if server.security == "none" and server.host not in {"", "127.0.0.1", "localhost", "::1"}:
            raise SystemExit(
                "worker: SMTP_SECURITY is none, which is for a mail server on this machine only."
            )
        return server


@dataclass(frozen=True)
class WorkerSettings:
    """Settings of one worker process; times in seconds."""

    service_url: str = field(repr=False)
    public_url: str
    twilio_account_sid: str
    twilio_auth_token: str = field(repr=False)
    twilio_api_url: str
    whatsapp_from: str
    slack_bot_token: str = field(repr=False)
    slack_api_url: str
    mail: MailServer = field(default_factory=MailServer)
    sms_from: str = ""
    """The number that text messages leave from where a hotel has none of its own; "" is none."""
    operator: str = ""
    """Who is written to when the installation's clock stands still; "": the platform's people."""
    beds24_api_url: str = ""
    """Empty: Beds24 is asked nothing (development without its sandbox)."""
    is_sandbox: bool = False
    """Development: Twilio is the sandbox, which is given the templates as they are needed."""
    provider_timeout: float = 10.0
    """Longest wait for a provider's answer; less than half of the channels' leases."""
    senders: int = 8
    """Calls under way at once, for each channel."""
    quick_poll: float = 0.004
    """Pause between looks in the first moments after work."""
    poll: float = 0.015
    """Pause between looks until the worker falls asleep."""
    quick_for: float = 0.25
    awake_for: float = 1.0
    slow_poll: float = 1.0
    """Pause between looks while asleep, and between sweeps."""
    stop_at: str | None = None
    """Development: the named point at which the process stands still until it is killed (`stop_points`)."""
    marker: str | None = None
    """Development: the file that says it got there."""
    is_unsafe: bool = False
    """Development: the control experiment, without leases and attempt rows. It must send twice."""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "WorkerSettings":
        """The settings; names the first variable that is missing."""
        missing = [name for name in ("STAYBASE_SERVICE_URL",) if not environment.get(name)]
        if missing:
            raise SystemExit(f"worker: {missing[0]} is not set; ./staybase up makes it.")
        is_development = environment.get("STAYBASE_DEVELOPMENT", "") in {"1", "true"}
        is_sandbox = is_development and environment.get("TWILIO_ACCOUNT_SID", "") == environment.get(
            "STAYBASE_SANDBOX_TWILIO_SID"
        )
        return cls(
            service_url=environment["STAYBASE_SERVICE_URL"],
            public_url=environment.get("STAYBASE_PUBLIC_URL", "http://127.0.0.1:8080").rstrip("/"),
            twilio_account_sid=environment.get("TWILIO_ACCOUNT_SID", ""),
            twilio_auth_token=environment.get("TWILIO_AUTH_TOKEN", ""),
            twilio_api_url=environment.get("TWILIO_API_URL", "").rstrip("/"),
            whatsapp_from=environment.get("TWILIO_WHATSAPP_FROM") or TWILIO_SANDBOX_NUMBER,
            slack_bot_token=environment.get("SLACK_BOT_TOKEN", ""),
            slack_api_url=environment.get("SLACK_API_URL", ""),
            sms_from=environment.get("TWILIO_SMS_FROM") or (TWILIO_SANDBOX_NUMBER if is_sandbox else ""),
            operator=environment.get("STAYBASE_OPERATOR_EMAIL", ""),
            mail=MailServer.from_environment(environment),
            beds24_api_url=environment.get("BEDS24_API_URL") or ("" if is_development else BEDS24),
            slow_poll=float(environment.get("STAYBASE_WORKER_SLOW_POLL") or 1.0),
            is_sandbox=is_sandbox,
            stop_at=environment.get("STAYBASE_STOP_AT") if is_development else None,
            marker=environment.get("STAYBASE_STOP_MARKER") if is_development else None,
            is_unsafe=is_development and environment.get("STAYBASE_UNSAFE_OUTBOX") == "1",
        )
