"""Times of being missing in words: ready strings for banners, lists and pages. Pure over loaded rows; no query."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases import addresses
from cases.enums import ASKS_FOR_TALK, TALK_WAITS, MissingType
from people.enums import YesNoNotKnown
from safeguarding.enums import Severity
from ui.times import long_date, moment

M = MissingType
SINCE = {
    M.MISSING: gettext_lazy("Missing since %(when)s"),
    M.AWAY_WITHOUT_AGREEMENT: gettext_lazy("Away without agreement since %(when)s"),
    M.SCHOOL_ABSENCE: gettext_lazy("Not at school since %(when)s"),
    M.NOT_KNOWN: gettext_lazy("Nobody knows where they are, since %(when)s"),
}

POLICE = {
    YesNoNotKnown.YES: gettext_lazy("The police know."),
    YesNoNotKnown.NO: gettext_lazy("The police do not know."),
    YesNoNotKnown.NOT_KNOWN: gettext_lazy("We do not know whether the police know."),
}


def since(kind, from_at):
    return SINCE[kind] % {"when": moment(from_at)}


def banner(case):
    """On every page of the case while they are missing; of a closed case, or where they are not, nothing."""
    if not case.is_open or getattr(case, "missing_id", None) is None:
        return {}
    return {
        "title": since(case.missing_kind, case.missing_since),
        "police_know": case.missing_told == YesNoNotKnown.YES,
        "url": addresses.of("cases:missing_episode", case.reference, case.missing_id),
    }


def since_when(case):
    """The same in a row of a list."""
    if not case.is_open or getattr(case, "missing_id", None) is None:
        return ""
    return since(case.missing_kind, case.missing_since)


def now(episode):
    """A line above what else waits."""
    return {
        "pk": episode.pk,
        "reference": episode.case.reference,
        "url": episode.get_absolute_url(),
        "words": since(episode.kind, episode.from_at),
        "police": POLICE[episode.police_told],
        "police_know": episode.police_told == YesNoNotKnown.YES,
    }


def severity(episode):
    """How soon somebody must see the concern that they are missing."""
    if episode.kind == M.SCHOOL_ABSENCE:
        return Severity.STANDARD
    return Severity.HIGH if episode.police_told == YesNoNotKnown.YES else Severity.IMMEDIATE


def as_concern(episode):
    """What is seen or said, for whoever hears of the concern and may never see the case."""
    return f"{since(episode.kind, episode.from_at)}. {POLICE[episode.police_told]}"


def row(episode, case):
    """One line among the times of a case."""
    from_to = {"from": moment(episode.from_at), "to": moment(episode.until_at) if episode.is_over else ""}
    return {
        "pk": episode.pk,
        "url": addresses.of("cases:missing_episode", case.reference, episode.pk),
        "when": _("%(from)s to %(to)s") % from_to if episode.is_over else since(episode.kind, episode.from_at),
        "kind": episode.get_kind_display(),
        "status": status(episode),
        "status_kind": status_kind(episode),
    }


def status(episode):
    if not episode.is_over:
        return _("Still missing")
    return _("Return conversation to come") if waits_for_talk(episode) else _("Back")


def status_kind(episode):
    if not episode.is_over:
        return "stopped"
    return "waiting" if waits_for_talk(episode) else "done"


def waits_for_talk(episode):
    return episode.is_over and episode.kind in ASKS_FOR_TALK and episode.talk in TALK_WAITS


def talk_due(episode):
    """By when somebody is to have talked with them; nothing where nobody waits for it."""
    return _("By %(when)s, 72 hours after they came back.") % {"when": moment(episode.talk_due_at)}


def title(episode):
    if not episode.is_over:
        return since(episode.kind, episode.from_at)
    when = {"from": moment(episode.from_at), "to": moment(episode.until_at)}
    return _("%(from)s to %(to)s") % when


def rows(episode, part, *, reads_restricted):
    """What is written of one part, as questions and answers; what was not answered, or is not theirs, is left out."""
    hidden = () if reads_restricted else episode.RESTRICTED
    told = [(name, *says) for name, *says in PARTS[part] if name not in hidden]
    found = [{"label": label, "value": value(episode)} for _name, label, value in told]
    return [row for row in found if row["value"]]


def _shown(name, label, say=None):
    return (name, label, say or (lambda episode: getattr(episode, name)))


def _moment_of(name):
    return lambda episode: getattr(episode, name) and moment(getattr(episode, name))


def _day_of(name):
    return lambda episode: getattr(episode, name) and long_date(getattr(episode, name))


PARTS = {
    "reported": [
        _shown("kind", gettext_lazy("What is it?"), lambda episode: episode.get_kind_display()),
        _shown("agency_term", gettext_lazy("What others call it")),
        _shown("from_at", gettext_lazy("Since when"), _moment_of("from_at")),
        _shown("told_us_by", gettext_lazy("Who told us")),
        _shown("told_us_at", gettext_lazy("When we were told"), _moment_of("told_us_at")),
        _shown("police_told", gettext_lazy("Do the police know?"), lambda episode: episode.get_police_told_display()),
        _shown("police_reference", gettext_lazy("Reference of the police")),
        _shown("reported_by", gettext_lazy("Who told the police")),
        _shown("police_told_at", gettext_lazy("When the police were told"), _moment_of("police_told_at")),
    ],
    "known": [
        _shown("last_seen", gettext_lazy("Where and when they were seen last")),
        _shown("possible_place", gettext_lazy("Where they may be")),
        _shown("with_whom", gettext_lazy("With whom they may be")),
        _shown("circumstances", gettext_lazy("How it came about")),
        _shown("fears", gettext_lazy("What we fear")),
        _shown("our_actions", gettext_lazy("What we have done")),
        _shown("shared_with", gettext_lazy("With whom we shared it")),
    ],
    "back": [
        _shown("until_at", gettext_lazy("Since when they are back"), _moment_of("until_at")),
        _shown("found_how", gettext_lazy("How they came back")),
        _shown("harm", gettext_lazy("What harm came to them")),
    ],
    "talk": [
        _shown("talk", gettext_lazy("How far it has come"), lambda episode: episode.get_talk_display()),
        _shown("talk_by", gettext_lazy("Who offers it")),
        _shown("talk_offered_on", gettext_lazy("Offered on"), _day_of("talk_offered_on")),
        _shown("talk_on", gettext_lazy("It took place on"), _day_of("talk_on")),
        _shown("talk_outcome", gettext_lazy("What came of it")),
    ],
    "learnt": [
        _shown("own_words", gettext_lazy("What they say of it")),
        _shown("learning", gettext_lazy("What we learn from it for the safety plan")),
    ],
}
