"""Logs for engineers: ids and timings. No name, no address with a child in it, no answer, no message of an error."""

import json
import logging
import traceback
from datetime import UTC, datetime

from django.views.debug import SafeExceptionReporterFilter

# What a caller may add with ``extra=``. Anything else is left out.
KNOWN_EXTRAS = ("incident", "route", "status", "milliseconds", "count", "kind", "id", "task")
CELERY_FACTS = {"id": "id", "name": "task", "runtime": "seconds"}


class JsonFormatter(logging.Formatter):
    """One line of JSON. The words of a message are kept, what was put into them is not:

    arguments can be anything a person typed. For the same reason an exception
    gives its type and the places it passed, and neither its text nor any value.
    """

    def format(self, record):
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "event": self._event(record),
        }
        line |= {name: getattr(record, name) for name in KNOWN_EXTRAS if hasattr(record, name)}
        line |= self._celery_facts(record)
        if record.exc_info and record.exc_info[1] is not None:
            line["error"] = self._error(record.exc_info[1])
        return json.dumps(line, default=lambda value: type(value).__name__)

    def _event(self, record):
        """Django logs a refusal with the text of its exception as the message: its type says enough."""
        exception = record.exc_info[1] if record.exc_info else None
        if not isinstance(record.msg, str):
            return type(record.msg).__name__
        if exception is not None and str(exception) and str(exception) in record.msg:
            return type(exception).__name__
        return record.msg

    def _celery_facts(self, record):
        """A task's id, name and time; never its arguments or its result."""
        if not record.name.startswith("celery") or not isinstance(record.args, dict):
            return {}
        return {ours: record.args[theirs] for theirs, ours in CELERY_FACTS.items() if theirs in record.args}

    def _error(self, exception):
        chain, seen = [], set()
        while exception is not None and id(exception) not in seen:
            seen.add(id(exception))
            frames = traceback.extract_tb(exception.__traceback__)
            places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
            chain.append({"type": type(exception).__qualname__, "places": places})
            exception = exception.__cause__ or exception.__context__
        return chain


class HideEverything(SafeExceptionReporterFilter):
    """A report of an error shows where it happened, and nothing that was sent, stored or configured."""

    def is_active(self, request):
        return True

    def get_safe_settings(self):
        return {}

    def get_safe_request_meta(self, request):
        return {}

    def get_safe_cookies(self, request):
        return {}

    def get_post_parameters(self, request):
        return {}

    def get_traceback_frame_variables(self, request, tb_frame):
        return []
