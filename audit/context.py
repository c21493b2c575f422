"""What the current request is, for the trail: its route by name and its id. Never its address."""

from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True)
class RequestContext:
    route: str = ""
    request_id: str = ""


current: ContextVar[RequestContext] = ContextVar("audit_request", default=RequestContext())  # noqa: B039 -- frozen
