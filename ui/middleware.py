"""What holds for every answer, whatever page it is."""

import re

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.http import UnreadablePostError
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request, override

from ui import views
from ui.outages import is_outage

# Nothing on our pages needs the device: each feature is off for us and for anything inside us.
# Only names that browsers know: an unknown one is an error in their console.
FEATURES_OFF = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "gamepad",
    "geolocation",
    "gyroscope",
    "hid",
    "identity-credentials-get",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "screen-wake-lock",
    "serial",
    "storage-access",
    "usb",
    "xr-spatial-tracking",
)
PERMISSIONS_POLICY = ", ".join(f"{feature}=()" for feature in FEATURES_OFF)
MAY_BE_FOUND = {"/", "/cy/"}  # search engines may list the front page; another public view may say so itself
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


def headers(get_response):
    def middleware(request):
        response = get_response(request)
        response.headers["Permissions-Policy"] = PERMISSIONS_POLICY
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        response.headers.setdefault("X-Frame-Options", settings.X_FRAME_OPTIONS)
        if not _is_static(request, response):
            response.headers["Cache-Control"] = "no-store"
            if request.path_info not in MAY_BE_FOUND:
                response.headers.setdefault("X-Robots-Tag", "noindex, nofollow, noarchive")
        if request.headers.get("HX-Request"):
            patch_vary_headers(response, ["HX-Request"])
        del response.headers["Server"]
        return response

    return middleware


def _is_static(request, response):
    return request.path_info.startswith(settings.STATIC_URL) and response.status_code in (200, 206, 304)


def service_unavailable(get_response):
    """The database is away: say so in a page for people, and let the next request try again.

    An exception of a view comes here. One of another middleware has become a
    response before we could see it, so ``views.server_error`` asks the same question.
    """

    def middleware(request):
        return get_response(request)

    def process_exception(request, exception):
        return views.unavailable(request, exception) if is_outage(exception) else None

    middleware.process_exception = process_exception
    return middleware


def well_formed_input(get_response):
    """Refuse what no keyboard types before a view, a log or the database meets it.

    NUL and other control characters, halves of a surrogate pair, more fields or
    more text than any form of ours has: each answers with a page for people.
    """

    def middleware(request):
        refuse = _refusal(request)
        if refuse is None:
            return get_response(request)
        with override(get_language_from_request(request, check_path=True)):
            return refuse(request)

    return middleware


def _refusal(request):
    try:
        bad = FORBIDDEN.search(request.path_info) or any(FORBIDDEN.search(text) for text in _texts(request))
    except RequestDataTooBig:
        return views.too_large
    except (SuspiciousOperation, BadRequest, UnreadablePostError):
        return views.bad_request
    return views.bad_request if bad or _is_cut_short(request) else None


def _is_cut_short(request):
    """The connection ended before the form did: what arrived may stop in the middle of a word."""
    promised = request.META.get("CONTENT_LENGTH") or ""
    is_form = request.content_type == "application/x-www-form-urlencoded"
    return is_form and promised.isdecimal() and len(request.body) < int(promised)


def _texts(request):
    for sent in (request.GET, request.POST):
        for name, values in sent.lists():
            yield name
            yield from values
    for upload in request.FILES.values():
        yield upload.name or ""
