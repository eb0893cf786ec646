"""Logs as JSON lines on standard output. No name, phone, address, code, body or query string goes in."""

import logging
import traceback
from pathlib import Path

import structlog


def configure_logs() -> None:
    """One line an event, with the request's id where there is one. Replaces uvicorn's access log."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        cache_logger_on_first_use=True,
    )
    logging.getLogger("uvicorn.access").disabled = True


def log_defect(error: Exception, **more: object) -> None:
    """A defect of ours: where it was, not what it said, since messages quote what people entered."""
    frames = traceback.extract_tb(error.__traceback__)[-8:]
    where = [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
    get_log().error("defect", kind=type(error).__name__, where=where, **more)


def get_log() -> structlog.typing.FilteringBoundLogger:
    """The log of this process."""
    log: structlog.typing.FilteringBoundLogger = structlog.get_logger()
    return log
