"""What the worker reads from its environment. Plain, because the worker should stay small."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field

TWILIO_SANDBOX_NUMBER = "+14155238886"


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
        return cls(
            service_url=environment["STAYBASE_SERVICE_URL"],
            public_url=environment.get("STAYBASE_PUBLIC_URL", "http://127.0.0.1:8080").rstrip("/"),
            twilio_account_sid=environment.get("TWILIO_ACCOUNT_SID", ""),
            twilio_auth_token=environment.get("TWILIO_AUTH_TOKEN", ""),
            twilio_api_url=environment.get("TWILIO_API_URL", "").rstrip("/"),
            whatsapp_from=environment.get("TWILIO_WHATSAPP_FROM") or TWILIO_SANDBOX_NUMBER,
            slack_bot_token=environment.get("SLACK_BOT_TOKEN", ""),
            slack_api_url=environment.get("SLACK_API_URL", ""),
            slow_poll=float(environment.get("STAYBASE_WORKER_SLOW_POLL") or 1.0),
            is_sandbox=is_development
            and environment.get("TWILIO_ACCOUNT_SID", "") == environment.get("STAYBASE_SANDBOX_TWILIO_SID"),
            stop_at=environment.get("STAYBASE_STOP_AT") if is_development else None,
            marker=environment.get("STAYBASE_STOP_MARKER") if is_development else None,
            is_unsafe=is_development and environment.get("STAYBASE_UNSAFE_OUTBOX") == "1",
        )
