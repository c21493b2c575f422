"""The pages that say no, each in words for people, and the style guide."""

import logging
import secrets
import sys

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.template.loader import get_template, render_to_string
from django.views.decorators.http import require_safe

from ui import specimens
from ui.outages import is_outage
from ui.typed import words_of

logger = logging.getLogger("ui.incidents")
RETRY_AFTER_SECONDS = "30"


def _page(request, status, template=None, context=None):
    content = render_to_string(template or f"{status}.html", context, request=request)
    return HttpResponse(content, status=status)


def bad_request(request, exception=None):
    return _page(request, 400)


def csrf_failure(request, reason=""):
    """The form was open longer than its session, or the browser sent no cookie."""
    return _page(request, 403, "403_csrf.html")


def permission_denied(request, exception=None):
    return _page(request, 403, context={"typed": words_of(request)})


def page_not_found(request, exception=None):
    """Byte for byte the same, whether a thing is not there or not for you; of what was sent, words come back."""
    return _page(request, 404, context={"typed": words_of(request)})


def conflict(request, *, template="409.html", **context):
    """Somebody else was first. ``message`` is a sentence, ``address`` shows the page as it is now."""
    return _page(request, 409, template, {"typed": words_of(request)} | context)


def gone(request, *, template="410.html", **context):
    """``message`` is a sentence, ``address`` and ``action`` lead on."""
    return _page(request, 410, template, context)


def too_large(request, exception=None):
    return _page(request, 413)


def too_many_requests(request, exception=None, *, retry_after=60):
    response = _page(request, 429)
    response.headers["Retry-After"] = str(retry_after)
    return response


def server_error(request):
    """A mistake of ours, or the database is away. Neither page asks the database or the session."""
    exception = sys.exc_info()[1]
    if exception is not None and is_outage(exception):
        return unavailable(request, exception)
    incident = _log_incident(request, "a page failed")
    try:
        content = get_template("500.html").render({"incident": incident})
    except Exception:  # the last page there is: it must answer even where a template or a static file is missing
        logger.exception("the error page failed", extra={"incident": incident})
        return HttpResponse(_static_page(), status=500)
    return HttpResponse(content, status=500)


def unavailable(request, exception=None):
    _log_incident(request, "the database is away")
    response = HttpResponse(_static_page(), status=503)
    response.headers["Retry-After"] = RETRY_AFTER_SECONDS
    return response


def _static_page():
    return (settings.BASE_DIR / "static" / "503.html").read_bytes()


def _log_incident(request, what):
    """The id that the person reads out on the telephone, beside the name of the route and nothing of the data."""
    incident = secrets.token_hex(4).upper()
    match = getattr(request, "resolver_match", None)
    route = match.view_name if match else ""
    logger.error(what, exc_info=True, extra={"incident": incident, "route": route})
    return incident


@login_not_required
@require_safe
def style_guide(request):
    """Every component in every state, for those who build pages and for the tests that measure them."""
    return HttpResponse(render_to_string("ui/style_guide.html", specimens.everything(), request=request))
