"""Logs as JSON lines on standard output. No name, phone, address, code, body or query string goes in."""

import logging

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


def get_log() -> structlog.typing.FilteringBoundLogger:
    """The log of this process."""
    log: structlog.typing.FilteringBoundLogger = structlog.get_logger()
    return log
