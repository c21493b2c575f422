"""What the trail needs to know of a request, and the refusals that a rollback must not undo."""

import secrets

import pghistory

from audit.context import RequestContext, current
from audit.recording import record

REFUSED = (403, 404)
SECRET = {"token"}  # what an address knows by itself: it opens something, or opened it until yesterday


class RequestInContext:
    """Give each request an id, and tell the trail and the row history who acts and by which route."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.id = secrets.token_hex(8)
        token = current.set(RequestContext(request_id=request.id))
        try:
            return self._respond(request)
        finally:
            current.reset(token)

    def _respond(self, request):
        if request.method in ("GET", "HEAD", "OPTIONS"):
            return self.get_response(request)
        with pghistory.context(request=request.id):
            return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        route = request.resolver_match.view_name or ""
        current.set(RequestContext(route=route, request_id=request.id))
        if request.method not in ("GET", "HEAD", "OPTIONS"):
            pghistory.context(user=getattr(request.user, "pk", None), route=route)


def refusals(get_response):
    """Record what staff were refused, outside the request's transaction, which the refusal rolled back."""

    def middleware(request):
        response = get_response(request)
        if response.status_code in REFUSED and request.resolver_match and request.user.is_authenticated:
            asked = request.resolver_match.kwargs
            facts = {key: str(value)[:60] for key, value in asked.items() if key not in SECRET}
            record("access.refused", "request", by=request.user, status=response.status_code, **facts)
        return response

    return middleware


history_context = RequestInContext
