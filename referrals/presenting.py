"""A referral in words: ready strings for rows and pages. Pure over loaded rows; asks the database nothing."""

from functools import cache

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from centres import working_days
from people.ages import age_on
from referrals.enums import OPEN, Danger, Priority, ReferralStatus, YesNoNotKnown
from referrals.querysets import SAFETY_FACTS
from ui.templatetags.ui import tag
from ui.times import day_and_date, long_date, moment, time_of_day

S, P = ReferralStatus, Priority
YES, NO = YesNoNotKnown.YES, YesNoNotKnown.NO
STATUS_KINDS = {
    S.SUBMITTED: "new",
    S.SCREENING: "doing",
    S.AWAITING_INFORMATION: "waiting",
    S.ON_HOLD: "waiting",
    S.ACCEPTED: "done",
}
PRIORITY_KINDS = {P.IMMEDIATE: "now", P.SOON: "soon", P.STANDARD: "planned", P.AWARENESS: "later"}


def due_words(decide_by, now):
    """When a decision is due, or how long ago it was; late is told in working days, as it is counted."""
    due, day = timezone.localtime(decide_by), timezone.localdate(now)
    if now > decide_by:
        late = working_days.between(due.date(), day)
        if late:
            return ngettext("Overdue by %(count)d working day", "Overdue by %(count)d working days", late) % {
                "count": late
            }
        return _("Overdue since %(moment)s") % {"moment": moment(due)}
    if due.date() == day:
        return _("Due today by %(time)s") % {"time": time_of_day(due)}
    return _("Due %(day)s") % {"day": day_and_date(due)}


def paused_words(paused_at, answer_due_on, day):
    """The clock that stands still, seen: since when, and for what."""
    since = _("Paused since %(day)s") % {"day": day_and_date(paused_at)}
    if answer_due_on is None:
        return since, ""
    if answer_due_on < day:
        return since, _("No answer by %(day)s") % {"day": day_and_date(answer_due_on)}
    return since, _("Answer due %(day)s") % {"day": day_and_date(answer_due_on)}


def review_words(review_on, day):
    if review_on <= day:
        return _("The hold is over: look at it again")
    return _("On hold until %(day)s") % {"day": day_and_date(review_on)}


def initials(first_name, last_name):
    return "".join(f"{part[0].upper()}." for part in (first_name, last_name) if part)


def who(initials, age):
    return _("%(initials)s, %(age)s") % {"initials": initials, "age": age}


def mention(values, day):
    """A referral beside something else about the person, from the plain values of ``for_mention()``."""
    letters = initials(values["preferred_name"] or values["first_name"], values["last_name"])
    return {
        "reference": values["reference"],
        "url": reverse("triage:referral", args=[values["reference"]]),
        "who": who(letters, age_words(values["date_of_birth"], values["estimated_age"], day)),
    }


def age_words(date_of_birth, estimated_age, day):
    if date_of_birth:
        return ngettext("%(count)d year", "%(count)d years", age := age_on(date_of_birth, day)) % {"count": age}
    if estimated_age is None:
        return _("age not known")
    return _("about %(age)d") % {"age": estimated_age}


def status_words(status, is_waiting, is_answered=False):
    if is_waiting:
        return _("Waiting for a second person")
    if is_answered:
        return _("The referrer has answered")
    return ReferralStatus(status).label


def priority_words(priority):
    return Priority(priority).label if priority else _("Not set")


def owner_words(owner_id, owner_name, user):
    if owner_id is None:
        return _("With nobody yet")
    return _("With you") if owner_id == user.pk else _("With %(name)s") % {"name": owner_name}


def status_kind(status, is_waiting, is_answered=False):
    if is_waiting:
        return "waiting"
    return "new" if is_answered else STATUS_KINDS.get(status, "neutral")


def status_tag(status, is_waiting, is_answered):
    return tag(status_words(status, is_waiting, is_answered), status_kind(status, is_waiting, is_answered))


def priority_tag(priority):
    """What is not set is no tag: nobody has said anything yet."""
    words = priority_words(priority)
    return tag(words, PRIORITY_KINDS[priority]) if priority else format_html('<span class="sub">{}</span>', words)


class Rows:
    """Rows of the queue. What many rows of a page share is put into words, or into a tag, once."""

    def __init__(self, *, user, may_take, now):
        self.user, self.may_take, self.now, self.day = user, may_take, now, timezone.localdate(now)
        self.queue = reverse("triage:queue")
        self.due = cache(lambda decide_by: due_words(decide_by, now))
        self.received = cache(lambda day: _("Received %(day)s") % {"day": long_date(day)})
        self.status = cache(status_tag)
        self.priority = cache(priority_tag)
        self.danger = tag(_("Danger now"), "now")
        self.facts = cache(lambda *facts: format_html_join(" ", "{}", [[tag(fact)] for fact in safety_facts(*facts)]))
        self.owner = cache(lambda *facts: owner_words(*facts, user))
        self.who = _("%(initials)s, %(age)s")
        self.age = cache(lambda *facts: age_words(*facts, self.day))

    def of(self, found):
        return [self.row(values) for values in found]

    def row(self, values, *, notice="", is_fresh=False):
        """One row, from the plain values of ``Referral.objects.for_queue()``.

        It has every key that a template asks for: one that is missing takes ten times as long.
        """
        is_open, url = values["status"] in OPEN, f"{self.queue}{values['reference']}/"
        return {
            "pk": values["pk"],
            "reference": values["reference"],
            "url": url,
            "take_url": f"{url}take/" if is_open and self.may_take else "",
            "is_unread": values["status"] == S.SUBMITTED and values["owner_id"] is None,
            "danger": self.danger if is_open and values["danger"] == Danger.YES else "",
            "priority": self.priority(values["priority"]),
            "who": self._who(values),
            "facts": self.facts(*(values[name] for name in SAFETY_FACTS)) if is_open else "",
            "area": values["area"],
            "referrer": values["referrer_name"],
            "agency": values["referrer_agency"],
            "owner_id": values["owner_id"] or "",
            "owner": self.owner(values["owner_id"], values["owner_name"]),
            "is_mine": values["owner_id"] == self.user.pk,
            "received": self.received(timezone.localdate(values["submitted_at"])),
            "notice": notice,
            "is_fresh": is_fresh,
            **self._stage(values, is_open),
        }

    def _stage(self, values, is_open):
        is_waiting = values["is_waiting"] and is_open
        return {
            "status": self.status(values["status"], is_waiting, values["is_answered"]),
            "then": review_words(values["review_on"], self.day) if values["review_on"] else "",
            **self._clock(values, is_open),
        }

    def _clock(self, values, is_open):
        if not is_open:
            return {"due": "", "is_overdue": False}
        if values["paused_at"]:
            since, then = paused_words(values["paused_at"], values["answer_due_on"], self.day)
            return {"due": since, "then": then, "is_overdue": False}
        return {"due": self.due(values["decide_by"]), "is_overdue": self.now > values["decide_by"]}

    def _who(self, values):
        letters = initials(values["preferred_name"] or values["first_name"], values["last_name"])
        age = self.age(values["date_of_birth"], values["estimated_age"])
        return self.who % {"initials": letters, "age": age}


def safety_facts(missing_now, contact_with_person_of_concern, safe_at_home, self_harm_now):
    """What the referrer said of harm now, each as a fact in words: no score, no colour, no order of weight."""
    facts = [
        (_("Missing now"), missing_now == YES),
        (_("In contact now"), contact_with_person_of_concern == YES),
        (_("Not safe at home"), safe_at_home == NO),
        (_("Worry about self-harm"), self_harm_now == YES),
    ]
    return [words for words, holds in facts if holds]


def facts_of(referral):
    return safety_facts(*(getattr(referral.safety, name) for name in SAFETY_FACTS))


def _warnings(referral):
    """The facts that nobody on the page should have to look for."""
    warnings = [
        (_("The address must be kept from somebody"), referral.young_person.address_is_confidential == YES),
        (_("Somebody must not know"), any(way.must_not_be_told for way in referral.subject.safe_contacts.all())),
    ]
    return facts_of(referral) + [words for words, holds in warnings if holds]


def is_answered(referral):
    """As ``Referral.objects.answered()`` has it, over loaded rows."""
    answers = [question.answered_at for question in referral.questions.all() if question.answered_at]
    if referral.status != S.SCREENING or not answers:
        return False
    acts = [note.at for note in referral.notes.all()]
    acts += [change.at for change in referral.status_changes.all() if change.by_id]
    acts += [decision.decided_at for decision in referral.decisions.all()]
    return max(answers) >= max(acts, default=min(answers))


def _clock(referral, day, now):
    if referral.is_paused:
        due_on = next((question.due_on for question in referral.questions.all() if question.is_open), None)
        return dict(zip(("due", "then"), paused_words(referral.paused_at, due_on, day), strict=True))
    return {
        "due": due_words(referral.decide_by, now) if referral.is_open else "",
        "then": review_words(referral.review_on, day) if referral.review_on else "",
    }


def head(referral, waiting, *, user, now):
    """The head of a referral's page: how fast, by when, whose, and whether it waits for somebody."""
    stage = (referral.status, waiting is not None, is_answered(referral))
    return {
        "reference": referral.reference,
        "status": status_words(*stage),
        "status_kind": status_kind(*stage),
        "priority": priority_words(referral.priority) if referral.priority else _("Priority not set"),
        "priority_kind": PRIORITY_KINDS.get(referral.priority, "neutral"),
        **_clock(referral, timezone.localdate(now), now),
        "is_overdue": referral.is_overdue,
        "is_hold_over": referral.is_hold_over,
        "decided": _("Decided %(moment)s") % {"moment": moment(referral.decided_at)} if referral.decided_at else "",
        "owner": owner_words(referral.owner_id, str(referral.owner or ""), user),
        "facts": _warnings(referral),
    }
