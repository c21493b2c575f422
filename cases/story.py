"""The story of a case by pages: the key with which one goes on, the page that begins with a line, and whose that is."""

from django.core import signing
from django.http import QueryDict
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from cases.models import TimelineEntry
from ui.times import moment

CURSOR = "cases.timeline"


def page_after(case, *, at, pk, kind=""):
    """The address of the page of what was before the line with this key."""
    query = QueryDict(mutable=True)
    query["before"] = signing.dumps([at.isoformat(), pk], salt=CURSOR)
    if kind:
        query["kind"] = kind
    return f"{case.get_absolute_url()}?{query.urlencode()}"


def key_from(cursor):
    """The key in a cursor; one that was tampered with begins the story again."""
    try:
        at, pk = signing.loads(cursor or "", salt=CURSOR)
    except (signing.BadSignature, ValueError):
        return None
    return parse_datetime(at), pk


def raised_of(concern, user):
    """The line of which a concern was raised, where ``user`` may read it; its page begins with it."""
    lines = TimelineEntry.objects.filter(concern=concern).on_visible_to(user)
    line = lines.select_related("case__referral").first()
    if line is None:
        return None
    words = {"kind": line.get_kind_display(), "when": moment(line.at)}
    url = page_after(line.case, at=line.at, pk=line.pk + 1)
    return {"url": url, "words": _("What was written down first: %(kind)s, %(when)s") % words}
