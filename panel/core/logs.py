"""Structured logs: one line an event, with the request's and the operation's id, and no secret."""

from __future__ import annotations

import logging.config
import re
from collections.abc import Mapping, MutableMapping
from typing import Any

import structlog

_SECRET_KEY = re.compile(r"pass(w(or)?d)?|secret|token|auth_?code|credential|private_?key|apipasswd", re.I)
# Links from e-mails: whoever holds one comes in.
_SECRET_PATH = re.compile(r"(/accounts/(?:invitation|confirm-email|password/reset/key)/)[^/\s]+")
REDACTED = "[redacted]"


def redact(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Replace the value of every key that names a secret, however deep, and what opens a door in an address."""
    for key in event:
        event[key] = REDACTED if _SECRET_KEY.search(str(key)) else _clean(event[key])
    return event


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return _SECRET_PATH.sub(rf"\g<1>{REDACTED}", value)
    if isinstance(value, Mapping):
        return {
            key: REDACTED if _SECRET_KEY.search(str(key)) else _clean(item) for key, item in value.items()
        }
    if isinstance(value, (list, tuple)):
        return type(value)(_clean(item) for item in value) if type(value) in (list, tuple) else value
    return value


def configure(config: dict[str, Any]) -> None:
    """Send structlog and standard logging to stderr, as JSON or for a person's eyes."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        redact,
    ]
    renderer: Any = (
        structlog.processors.JSONRenderer() if config["json"] else structlog.dev.ConsoleRenderer(colors=False)
    )
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "structured": {
                    "()": structlog.stdlib.ProcessorFormatter,
                    "processors": [
                        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                        structlog.processors.format_exc_info,
                        renderer,
                    ],
                    "foreign_pre_chain": shared,
                }
            },
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "structured"}},
            "root": {"handlers": ["stderr"], "level": config["level"]},
            "loggers": {
                # What a task did is said by the code it runs, with the operation's id.
                "celery": {"level": "WARNING"},
                "kombu": {"level": "WARNING"},
                "waitress.queue": {"level": "ERROR"},
            },
        }
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
