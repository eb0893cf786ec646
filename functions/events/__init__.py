"""What happened, as a stream: one listener a process, fanned out; each client reads as itself."""

from functions.events.stream import router

__all__ = ["router"]
