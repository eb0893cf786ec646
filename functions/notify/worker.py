"""The worker: claims what is due, writes the attempt down, lets the lanes send, marks what came of it.

Run as `python -m functions.notify.worker`. One loop and one connection; the calls to providers run in the
lanes' threads. It looks every few milliseconds after work; after a quiet second it declares itself asleep,
looks again at once and after 50 and 200 ms (for commits that saw it awake), and from then on when it is
notified and at a slow poll.
"""

import os
import queue
import select
import signal
import sys
import time
import uuid
from collections.abc import Mapping
from types import FrameType

import psycopg

from functions.beds24.desk import Desk
from functions.notify.alarm import Alarm
from functions.notify.channels import Channel
from functions.notify.lanes import Lane
from functions.notify.media import Media
from functions.notify.messages import Claim, LookedUp, Lookup, Sent
from functions.notify.outbox import Outbox
from functions.notify.settings import WorkerSettings
from functions.notify.stop_points import StopPoints
from functions.notify.tick import Ticker
from functions.shared.files import own_files
from functions.shared.logs import configure_logs, get_log
from functions.slack.workspaces import Workspaces

LOOKS_AFTER_FALLING_ASLEEP = (0.0, 0.05, 0.2)
SIGN_OF_LIFE = 30.0
LONGEST_RECONNECT = 5.0
MOST_LOOKUPS = 8


class Worker:
    """One process's worker. `run` returns when it was asked to stop and nothing is under way any more."""

    def __init__(
        self, settings: WorkerSettings, channels: Mapping[str, Channel], media: Media | None = None
    ) -> None:
        self._settings = settings
        self._media = media
        self._points = StopPoints(settings)
        self._id = uuid.uuid4()
        self._stir = os.eventfd(0, os.EFD_NONBLOCK | os.EFD_CLOEXEC)
        self._reports: queue.SimpleQueue[Sent | LookedUp] = queue.SimpleQueue()
        self._unmarked: list[Sent] = []
        self._unsettled: list[LookedUp] = []
        self._lanes = {
            key: Lane(channel, settings.senders, self._report, self._points)
            for key, channel in channels.items()
        }
        self._under_way: dict[Claim | Lookup, Lane] = {}
        self._ticker = Ticker(settings.service_url)
        self._alarm = Alarm(settings, channels["email"]) if "email" in channels else None
        self._beds24 = (
            Desk(settings.service_url, settings.beds24_api_url) if settings.beds24_api_url else None
        )
        self._workspaces = Workspaces(settings)
        self._is_stopping = False
        self._is_asleep = False
        self._worked_at = 0.0
        self._swept_at = float("-inf")
        self._told_at = float("-inf")
        self._looks: list[float] = []

    def stop(self, *_signal: int | FrameType | None) -> None:
        """Takes nothing new, finishes what is under way, ends. Safe in a signal handler."""
        self._is_stopping = True
        os.eventfd_write(self._stir, 1)

    def run(self) -> None:
        """Works until stopped; a lost connection is made anew, what was sent meanwhile is marked then."""
        pause = 0.1
        while not self._is_over:
            try:
                outbox = Outbox(self._settings.service_url, self._id)
            except psycopg.OperationalError as error:
                get_log().warning("database_not_reached", error=type(error).__name__)
                self._wait(None, pause)
                pause = min(pause * 2, LONGEST_RECONNECT)
                continue
            try:
                self._is_asleep, self._told_at, self._worked_at = False, float("-inf"), time.monotonic()
                while not self._is_over:
                    self._turn(outbox)
                    pause = 0.1
            except psycopg.Error as error:
                get_log().warning("database_lost", error=type(error).__name__, code=error.sqlstate)
                self._wait(None, pause)
            finally:
                outbox.close()
        if self._alarm:
            self._alarm.close()
        self._workspaces.close()
        if self._beds24:
            self._beds24.close()

    @property
    def _is_over(self) -> bool:
        return self._is_stopping and not self._under_way and not self._unmarked and not self._unsettled

    def _report(self, report: Sent | LookedUp) -> None:
        self._reports.put(report)
        os.eventfd_write(self._stir, 1)

    def _turn(self, outbox: Outbox) -> None:
        """One turn: mark, sweep, take, wait."""
        has_worked = self._collect(outbox)
        now = time.monotonic()
        if now - self._swept_at >= self._settings.slow_poll:
            self._swept_at = now
            has_worked |= self._sweep(outbox, now)
        if not self._is_stopping:
            has_worked |= self._take(outbox)
        if has_worked:
            self._worked_at = time.monotonic()
            if self._is_asleep:
                self._set_asleep(outbox, False)
        self._wait(outbox, self._pause(outbox))

    def _collect(self, outbox: Outbox) -> bool:
        """Writes down what the lanes have reported; what cannot be written waits for the next connection."""
        while not self._reports.empty():
            report = self._reports.get_nowait()
            if isinstance(report, Sent):
                self._under_way.pop(report.claim).done()
                self._unmarked.append(report)
            else:
                self._under_way.pop(report.lookup).done()
                self._unsettled.append(report)
        has_worked = bool(self._unmarked or self._unsettled)
        if self._unmarked:
            self._points.reach("before_mark")
            outbox.mark(self._unmarked)
            self._unmarked.clear()
        while self._unsettled:
            outbox.settle(self._unsettled[0])
            self._unsettled.pop(0)
        return has_worked

    def _take(self, outbox: Outbox) -> bool:
        """Claims as much as there is room for, commits the attempts, hands the messages to the lanes."""
        room = {key: lane.room for key, lane in self._lanes.items() if lane.room > 0}
        if self._settings.is_unsafe:
            messages = outbox.due(room, [work.id for work in self._under_way])
            if not messages:
                return False
        else:
            claims = outbox.claim(room) if room else []
            if not claims:
                return False
            self._points.reach("after_claim")
            messages = outbox.begin(claims)
            self._points.reach("after_attempt")
        for message in messages:
            lane = self._under_way[message.claim] = self._lanes[message.channel]
            lane.send(message)
        return True

    def _sweep(self, outbox: Outbox, now: float) -> bool:
        """Once in a while: leases that ran out, look-ups that are due, the minute's tick, a sign of life."""
        if now - self._told_at >= SIGN_OF_LIFE:
            self._set_asleep(outbox, self._is_asleep)
        if self._is_stopping:
            return False
        self._ticker.run_if_due()
        if self._alarm:
            self._alarm.run_if_due()
        if self._beds24:
            self._beds24.look()
        if self._media and outbox.awaits_media():
            self._media.run_if_free()
        if outbox.awaits_slack():
            self._workspaces.look()
        has_worked = outbox.expire() > 0
        for lookup, message in outbox.claim_lookups(MOST_LOOKUPS):
            has_worked = True
            if message.channel in self._lanes:
                lane = self._under_way[lookup] = self._lanes[message.channel]
                lane.look_up(message, lookup)
            else:
                self._unsettled.append(LookedUp(lookup, None))
        return has_worked

    def _set_asleep(self, outbox: Outbox, is_asleep: bool) -> None:
        outbox.sleep(is_asleep)
        self._is_asleep, self._told_at = is_asleep, time.monotonic()
        self._looks = [self._told_at + delay for delay in LOOKS_AFTER_FALLING_ASLEEP] if is_asleep else []

    def _pause(self, outbox: Outbox) -> float:
        """How long to wait before the next turn; falls asleep when it has been quiet for long enough."""
        quiet_for = time.monotonic() - self._worked_at
        if not self._is_asleep:
            if quiet_for < self._settings.quick_for:
                return self._settings.quick_poll
            if quiet_for < self._settings.awake_for:
                return self._settings.poll
            self._set_asleep(outbox, True)
        while self._looks:
            until = self._looks.pop(0) - time.monotonic()
            if until > -0.01:
                return max(until, 0.0)
        return self._settings.slow_poll

    def _wait(self, outbox: Outbox | None, seconds: float) -> None:
        """Until something is reported or notified, a signal comes, or the time is up."""
        files = [self._stir, outbox.connection.fileno()] if outbox else [self._stir]
        stirred, _, _ = select.select(files, [], [], seconds)
        if self._stir in stirred:
            os.eventfd_read(self._stir)


def real_channels(settings: WorkerSettings) -> dict[str, Channel]:
    """The channels that are built, over the providers' own SDKs."""
    from functions.notify.channels.beds24 import Beds24
    from functions.notify.channels.email import Email
    from functions.notify.channels.slack import Slack
    from functions.notify.channels.sms import Sms
    from functions.notify.channels.whatsapp import WhatsApp

    to_beds24: dict[str, Channel] = {"beds24": Beds24(settings)} if settings.beds24_api_url else {}
    return {
        "whatsapp": WhatsApp(settings),
        "sms": Sms(settings),
        "email": Email(settings),
        "slack": Slack(settings),
        **to_beds24,
    }


def main() -> None:
    """The process: until SIGTERM or SIGINT."""
    configure_logs()
    sys.setswitchinterval(0.001)
    settings = WorkerSettings.from_environment()
    worker = Worker(settings, real_channels(settings), Media(settings, own_files()))
    signal.signal(signal.SIGTERM, worker.stop)
    signal.signal(signal.SIGINT, worker.stop)
    get_log().info("worker_started", is_unsafe=settings.is_unsafe)
    worker.run()
    get_log().info("worker_stopped")


if __name__ == "__main__":
    main()
