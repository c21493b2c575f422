"""How it is safe to reach a young person: in the few words of a banner, and in full.

No number and no code word stands in the banner: it is on every page of a case, and somebody may be looking on.
In full, what forbids something stands before the number that somebody in haste would ring.
"""

from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases import addresses
from people.enums import CallerNumber, SafeContactKind, SafeFlag, SayWhoCalls, WhoReadsIt
from ui.templatetags.ui import show_marks, tag, telephone
from ui.times import long_date

CHANNELS = ("safe_to_call", "safe_to_voicemail", "safe_to_text", "safe_to_email", "safe_to_post")
PHONES = (SafeContactKind.MOBILE, SafeContactKind.HOME_PHONE, SafeContactKind.WORK_PHONE)
K = SafeContactKind
BELONGS_TO = {  # what may be done on a way of this kind; what somebody said of another is shown as well
    "safe_to_call": PHONES,
    "safe_to_voicemail": PHONES,
    "safe_to_text": (K.MOBILE, K.APP_MESSAGE),
    "safe_to_email": (K.EMAIL,),
    "safe_to_post": (K.POST,),
}
WORDS = {
    "safe_to_call": {
        SafeFlag.YES: gettext_lazy("Safe to call"),
        SafeFlag.NO: gettext_lazy("Do not call"),
        SafeFlag.NOT_CONFIRMED: gettext_lazy("Calling: not confirmed"),
    },
    "safe_to_voicemail": {
        SafeFlag.YES: gettext_lazy("Safe to leave a message"),
        SafeFlag.NO: gettext_lazy("Do not leave a message"),
        SafeFlag.NOT_CONFIRMED: gettext_lazy("Leaving a message: not confirmed"),
    },
    "safe_to_text": {
        SafeFlag.YES: gettext_lazy("Safe to text"),
        SafeFlag.NO: gettext_lazy("Do not text"),
        SafeFlag.NOT_CONFIRMED: gettext_lazy("Texting: not confirmed"),
    },
    "safe_to_email": {
        SafeFlag.YES: gettext_lazy("Safe to e-mail"),
        SafeFlag.NO: gettext_lazy("Do not e-mail"),
        SafeFlag.NOT_CONFIRMED: gettext_lazy("E-mail: not confirmed"),
    },
    "safe_to_post": {
        SafeFlag.YES: gettext_lazy("Safe to post a letter"),
        SafeFlag.NO: gettext_lazy("Do not post a letter"),
        SafeFlag.NOT_CONFIRMED: gettext_lazy("Posting a letter: not confirmed"),
    },
}
LOOKS = {SafeFlag.YES: ("✓", "done"), SafeFlag.NO: ("✕", "stopped"), SafeFlag.NOT_CONFIRMED: ("?", "waiting")}


def banner(case, ways):
    """The lines of the banner, its kind, and where the whole stands; of a closed case nothing is said."""
    if not case.is_open:
        return {}
    return lines(ways, addresses.of("cases:people", case.reference) + "#contact")


def lines(ways, url):
    """The same of anybody, where ``url`` leads to the whole."""
    confirmed = [way for way in ways if way.confirmed_by_id]
    if not ways:
        told = [_("No safe contact is recorded. Ask the referrer before you ring anybody.")]
    elif not confirmed:
        told = [_("No safe contact is confirmed yet. Ask before you ring or write.")]
    else:
        told = [_way(way) for way in confirmed]
    if any(way.must_not_be_told for way in ways):
        told.append(_("Somebody must not know: read who, and why."))
    return {"lines": told, "kind": "info" if confirmed else "warning", "url": url}


def _way(way):
    """For example: Mobile phone, hers: safe to text. Do not call. Tuesdays after four. A first name only."""
    safe = [str(way._meta.get_field(name).verbose_name) for name in CHANNELS if getattr(way, name) == SafeFlag.YES]
    parts = [
        "{}: {}".format(_label(way), ", ".join(safe) or _("nothing is safe on it")),
        *(str(WORDS[name][SafeFlag.NO]) for name in CHANNELS if getattr(way, name) == SafeFlag.NO),
        way.safe_times,
        way.unsafe_times and _("not safe: %(times)s") % {"times": way.unsafe_times},
        way.say_who_calls and _say(way),
    ]
    return ". ".join(capfirst(str(part).rstrip(".")) for part in parts if part) + "."


def _say(way):
    if way.say_who_calls == SayWhoCalls.COVER_PHRASE and way.cover_phrase:
        return _("say “%(words)s”") % {"words": way.cover_phrase}
    return way.get_say_who_calls_display()


def _label(way):
    kind = way.get_kind_display()
    return _("%(kind)s, %(whose)s") % {"kind": kind, "whose": show_marks(way.whose)} if way.whose else kind


def who_must_not_know(ways):
    """Of all ways together: it is read before any number, for one who must not know may be beside any of them."""
    told = [way for way in ways if way.must_not_be_told]
    if len(ways) == 1:
        return [show_marks(way.must_not_be_told) for way in told]
    words = [{"way": _label(way), "who": show_marks(way.must_not_be_told)} for way in told]
    return [_("%(way)s: %(who)s") % each for each in words]


def in_full(way, *, with_code_words):
    """One way for the page of people: what it is, whether one of us has confirmed it, and rows for a summary list.

    ``way``: loaded with ``confirmed_by``. Code words are for who works with them.
    """
    is_confirmed = way.confirmed_by_id is not None
    return {
        "pk": way.pk,
        "label": _label(way),
        "is_confirmed": is_confirmed,
        "confirmed": _confirmed(way) if is_confirmed else "",
        "rows": [row for row in _rows(way, is_confirmed, with_code_words) if row.get("value") or row.get("lines")],
    }


def _confirmed(way):
    words = {"day": long_date(way.confirmed_on), "name": way.confirmed_by}
    return _("%(name)s confirmed it on %(day)s.") % words


def _rows(way, is_confirmed, with_code_words):
    safe = _("What is safe on it") if is_confirmed else _("What the referrer says of it")
    rows = [
        {"label": _("Not safe at"), "value": show_marks(way.unsafe_times), "is_strong": True},
        {"label": safe, "lines": _channels(way, is_confirmed)},
        {"label": _("Number or address"), "lines": _value(way, is_confirmed)},
        {"label": _("Safe days and times"), "value": show_marks(way.safe_times)},
        {"label": _("Who else reads or hears it"), "value": _reader(way)},
        {"label": _("What we may say or write"), "value": _may_say(way)},
        {"label": _("Our number"), "value": _our_number(way)},
    ]
    if with_code_words:
        rows += [
            {"label": _("Their word for “I cannot talk safely”"), "value": show_marks(way.code_word_not_safe)},
            {"label": _("Their word for “I need help now”"), "value": show_marks(way.code_word_help)},
        ]
    return rows


def _channels(way, is_confirmed):
    """Each in words with a sign before it. What a referrer calls safe is not green: nobody of us has asked."""
    asked = [name for name in CHANNELS if way.kind in BELONGS_TO[name] or getattr(way, name) != SafeFlag.NOT_CONFIRMED]
    return [_channel(name, SafeFlag(getattr(way, name)), is_confirmed) for name in asked]


def _channel(name, flag, is_confirmed):
    sign, kind = LOOKS[flag]
    if flag == SafeFlag.YES and not is_confirmed:
        sign, kind = LOOKS[SafeFlag.NOT_CONFIRMED][0], "neutral"
    return tag(format_html('<span aria-hidden="true">{}</span> {}', sign, WORDS[name][flag]), kind)


def _value(way, is_confirmed):
    """A number to press only where one of us has confirmed that calling is safe."""
    if not way.value:
        return []
    shown = show_marks(way.value)
    if way.kind not in PHONES:
        return [shown]
    if way.safe_to_call == SafeFlag.NO:
        return [format_html("{} {}", shown, _channel("safe_to_call", SafeFlag.NO, is_confirmed))]
    if way.safe_to_call == SafeFlag.YES and is_confirmed:
        return [format_html('<a href="tel:{}">{}</a>', telephone(way.value), shown)]
    return [shown]


def _reader(way):
    return WhoReadsIt(way.who_reads_it or WhoReadsIt.NOT_KNOWN).label


def _may_say(way):
    if way.say_who_calls:
        return capfirst(_say(way))
    return _("Nothing is agreed: a first name only, and no word of who we are or why.")


def _our_number(way):
    if way.kind not in PHONES:
        return ""
    return CallerNumber(way.caller_number or CallerNumber.NOT_CONFIRMED).label
