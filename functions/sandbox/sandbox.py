"""The sandbox's parts, put together once for each process."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from functions.sandbox.beds24 import Beds24
from functions.sandbox.beds24_books import Books
from functions.sandbox.beds24_hooks import Hooks
from functions.sandbox.bell import Bell
from functions.sandbox.callbacks import Callbacks
from functions.sandbox.channels import Channels
from functions.sandbox.content import Templates, reference_contents
from functions.sandbox.credentials import Credentials, own_credentials
from functions.sandbox.guests import Guests
from functions.sandbox.messages import Messages
from functions.sandbox.slack import Slack
from functions.sandbox.slack_press import Presses
from functions.sandbox.smtp import MailServer
from functions.sandbox.switches import Switchboard
from functions.sandbox.twilio_content import TwilioContent
from functions.sandbox.twilio_messages import TwilioMessages
from functions.sandbox.windows import Windows


@dataclass
class Sandbox:
    """The providers over one store and one switchboard."""

    credentials: Credentials
    bell: Bell
    messages: Messages
    templates: Templates
    windows: Windows
    guests: Guests
    channels: Channels
    switchboard: Switchboard
    callbacks: Callbacks
    twilio: TwilioMessages
    content: TwilioContent
    slack: Slack
    presses: Presses
    beds24: Beds24
    mail: MailServer
    mail_port: int

    def reset(self, *, with_templates: bool = False) -> None:
        """Back to the first day: no messages, windows, switches, held calls or untold callbacks."""
        self.switchboard.clear(then="drop")
        self.callbacks.clear()
        self.messages.clear()
        self.beds24.reset()
        self.channels.tell(None)
        if with_templates:
            self.templates.clear()


def build(environment: Mapping[str, str]) -> Sandbox:
    """The sandbox of a home, or of nothing but memory when there is no home."""
    credentials = own_credentials(environment)
    bell = Bell()
    messages = Messages(place(environment), bell)
    templates, windows = Templates(messages.database), Windows(messages.database)
    for name, language, samples, types in reference_contents():
        if name not in templates.names():
            templates.register(name, language, samples, types)
    channels, switchboard = Channels(messages.database), Switchboard(bell)
    callbacks = Callbacks(credentials, messages, switchboard)
    twilio = TwilioMessages(credentials, messages, templates, windows, switchboard, callbacks)
    return Sandbox(
        credentials=credentials,
        bell=bell,
        messages=messages,
        templates=templates,
        windows=windows,
        guests=Guests(environment, credentials, messages, windows),
        channels=channels,
        switchboard=switchboard,
        callbacks=callbacks,
        twilio=twilio,
        content=TwilioContent(twilio, templates),
        slack=Slack(credentials, messages, channels, switchboard),
        presses=Presses(credentials, environment),
        beds24=Beds24(Books(messages.database), Hooks(environment), switchboard),
        mail=MailServer(credentials, messages, switchboard),
        mail_port=int(environment.get("STAYBASE_SANDBOX_SMTP_PORT") or 0),
    )


def place(environment: Mapping[str, str]) -> str:
    """The store's file below the home; memory when there is no home."""
    home = environment.get("STAYBASE_HOME")
    if not home:
        return ":memory:"
    folder = Path(home, "sandbox")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return str(folder / "messages.sqlite3")
