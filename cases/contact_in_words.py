"""How it is safe to reach a young person, in the few words of a banner. No number and no code word stands in it:
it is on every page of a case, and somebody may be looking on.
"""

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from people.enums import SafeFlag, SayWhoCalls

CHANNELS = ("safe_to_call", "safe_to_voicemail", "safe_to_text", "safe_to_email", "safe_to_post")


def banner(case, ways):
    """The lines of the banner, its kind, and where the whole stands; of a closed case nothing is said."""
    if not case.is_open:
        return {}
    confirmed = [way for way in ways if way.confirmed_by_id]
    url = reverse("cases:people", args=[case.reference])
    if not ways:
        lines = [_("No safe contact is recorded. Ask the referrer before you ring anybody.")]
    elif not confirmed:
        lines = [_("No safe contact is confirmed yet. Ask before you ring or write.")]
    else:
        lines = [_way(way) for way in confirmed]
    if any(way.must_not_be_told for way in ways):
        lines.append(_("Somebody must not know: read who, and why."))
    return {"lines": lines, "kind": "info" if confirmed else "warning", "url": url}


def _way(way):
    """For example: Mobile phone, hers: call, text. Tuesdays after four. A first name only."""
    whose = _("%(kind)s, %(whose)s") % {"kind": way.get_kind_display(), "whose": way.whose}
    safe = [str(way._meta.get_field(name).verbose_name) for name in CHANNELS if getattr(way, name) == SafeFlag.YES]
    parts = [
        "{}: {}".format(whose if way.whose else way.get_kind_display(), ", ".join(safe) or _("nothing is safe on it")),
        way.safe_times,
        way.unsafe_times and _("not safe: %(times)s") % {"times": way.unsafe_times},
        way.say_who_calls and _say(way),
    ]
    return ". ".join(capfirst(str(part).rstrip(".")) for part in parts if part) + "."


def _say(way):
    if way.say_who_calls == SayWhoCalls.COVER_PHRASE and way.cover_phrase:
        return _("say “%(words)s”") % {"words": way.cover_phrase}
    return way.get_say_who_calls_display()
