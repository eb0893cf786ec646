"""What `up` becomes once everything runs: a small process that reports, and ends all when it is ended."""

import os
import signal
import sys
import time

from functions.cli import processes
from functions.cli.home import Home, read_state

ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Follower:
    """Watches the supervisor's word; on Ctrl-C, SIGTERM or a closed terminal it ends the supervisor first."""

    def __init__(self, home: Home, supervisor: int) -> None:
        self.home = home
        self.supervisor = supervisor
        self.birth = processes.born(supervisor)
        self.restarts: dict[str, int] = {}
        self.told_to_end = False

    def run(self) -> int:
        """Until told to end, or until the supervisor is gone."""
        for sign in ENDING:
            signal.signal(sign, self._end)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)
        while processes.is_alive(self.supervisor, self.birth):
            self._report()
            time.sleep(0.5)
        if self.told_to_end:
            print("Staybase is down.", flush=True)
            return 0
        print("Staybase was ended.", flush=True)
        return 0 if self._ended_well() else 1

    def _end(self, _sign: int, _frame: object) -> None:
        if not self.told_to_end:
            self.told_to_end = True
            print("\nEnding…", flush=True)
            os.kill(self.supervisor, signal.SIGTERM)

    def _ended_well(self) -> bool:
        state = read_state(self.home)
        return state is not None and state.phase == "down"

    def _report(self) -> None:
        state = read_state(self.home)
        for name, part in (state.parts if state else {}).items():
            if part.restarts > self.restarts.get(name, 0):
                print(f"{name} ended ({part.last_end}) and was started again.", flush=True)
                self.restarts[name] = part.restarts


if __name__ == "__main__":
    sys.exit(Follower(Home.here(), int(sys.argv[1])).run())
