"""A case in words: ready strings for heads, rows and lists. Pure over loaded rows; asks the database nothing."""

from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases import addresses, clock, consent_words, missing_words, rules
from cases.enums import RAISED_OF, CaseKind, CaseStatus, EntryKind, ReviewKind, SharingScope, StartRoute
from people.enums import Pronouns
from referrals.presenting import age_words, initials, priority_words, who
from safeguarding.routes import name_of
from ui.templatetags.ui import show_marks
from ui.times import day_and_date, long_date, moment

S = CaseStatus
STATUS_KINDS = {
    S.AWAITING_ALLOCATION: "new",
    S.ENGAGING: "doing",
    S.ASSESSING: "doing",
    S.PLANNING: "doing",
    S.ACTIVE: "done",
    S.ENDING: "waiting",
}


def head(case, *, user):
    """The head of every page of a case: who, on which day of how many, with whom."""
    person, day = case.young_person, timezone.localdate()
    return {
        "reference": case.reference,
        "url": case.get_absolute_url(),
        "who": who_words(person, day),
        "name": person.preferred_name or person.first_name,
        "pronouns": pronouns(person),
        "status": case.get_status_display(),
        "status_kind": STATUS_KINDS.get(case.status, "neutral"),
        "lead": lead_words(case, user),
        "changes": changes_words(case.leads_count),
        "kind": case.get_kind_display() if case.kind != CaseKind.YP_ONLY else "",
        "work_type": case.get_work_type_display(),
        "consent": consent_words.head(case),
        "withdraw_url": _withdraw_url(case, user),
        "raise_url": addresses.of("cases:raise_concern", case.reference) if rules.may_raise_concern(user, case) else "",
        "next_session": next_session_words(case, user),
        "missing": missing_words.banner(case),
        **clock_words(case, day),
        **review_words(case, day),
    }


def _withdraw_url(case, user):
    """On every page: they may say no at any time (R-nat-13). Where they have said it, there is nothing to stop."""
    if case.is_stopped or not rules.may_record_consent(user, case):
        return ""
    return addresses.of("cases:withdraw_consent", case.reference)


def who_words(person, day):
    letters = initials(person.preferred_name or person.first_name, person.last_name)
    return who(letters, age_words(person.date_of_birth, person.estimated_age, day))


def pronouns(person):
    if person.pronouns in ("", Pronouns.NOT_ASKED):
        return ""
    return person.pronouns_in_words if person.pronouns == Pronouns.OTHER else person.get_pronouns_display()


def lead_words(case, user):
    if not case.asks_for_consent:
        return _("The parent or carer has somebody of their own")
    if case.lead_id is None:
        return _("No practitioner now")
    return _("With you") if case.lead_id == user.pk else _("With %(name)s") % {"name": case.lead_name}


def changes_words(leads_count):
    """How often the practitioner has changed: trust is built with one person (R-nat-22)."""
    changes = max((leads_count or 0) - 1, 0)
    if not changes:
        return ""
    return ngettext("%(count)d change of practitioner", "%(count)d changes of practitioner", changes) % {
        "count": changes
    }


def clock_words(case, day):
    """Day n of m and a bar, from the day the plan was agreed. Past the end it says so; it decides nothing."""
    if not case.asks_for_consent:
        return {"clock": "", "day": None, "days": None}
    if case.support_started_on is None:
        return {"clock": _("The time of support begins when the plan is agreed"), "day": None, "days": None}
    now, days = (
        clock.day_of(case.support_started_on, day),
        clock.days_in_all(case.support_started_on, case.planned_end_on),
    )
    words = {"day": now, "days": days, "end": long_date(case.planned_end_on)}
    told = _("Day %(day)d of %(days)d, planned to %(end)s") % words
    late = ""
    if case.is_past_most:
        late = _("Past twelve months: a service manager says how it ends")
    elif case.is_past_planned_end:
        late = _("Past its planned end, %(end)s") % words
    return {"clock": told, "day": min(now, days), "days": days, "late": late}


def review_words(case, day):
    """What is looked at next together, and by when."""
    if case.next_review_on is None or not case.is_open:
        return {"review": "", "is_review_late": False}
    words = {"kind": ReviewKind(case.next_review_kind).label, "day": day_and_date(case.next_review_on)}
    is_late = case.next_review_on < day
    told = _("%(kind)s was due on %(day)s") if is_late else _("Next: %(kind)s by %(day)s")
    return {"review": told % words, "is_review_late": is_late}


def next_session_words(case, user):
    """When they meet next, for who works with them. A floor above knows (``CaseQuerySet.told_above``)."""
    at = getattr(case, "next_session_at", None)
    if at is None or not rules.reads_work(user, case):
        return ""
    return _("Next session: %(when)s") % {"when": moment(at)}


def row(case, *, user):
    """One card of a caseload."""
    day = timezone.localdate()
    return {
        "pk": case.pk,
        "reference": case.reference,
        "url": case.get_absolute_url(),
        "who": who_words(case.young_person, day),
        "status": case.get_status_display(),
        "status_kind": STATUS_KINDS.get(case.status, "neutral"),
        "lead": lead_words(case, user),
        "consent": consent_words.head(case),
        "next_session": next_session_words(case, user),
        "missing": missing_words.since_when(case),
        **clock_words(case, day),
        **review_words(case, day),
    }


def waiting_row(referral, *, due_on):
    """One accepted young person who waits for a practitioner."""
    day, said = timezone.localdate(), referral.young_person
    days = (day - timezone.localdate(referral.decided_at)).days
    return {
        "pk": referral.pk,
        "reference": referral.reference,
        "url": referral.get_absolute_url(),
        "who": who(initials(said.preferred_name or said.first_name, said.last_name),
                   age_words(said.date_of_birth, said.estimated_age, day)),
        "priority": priority_words(referral.priority) if referral.priority else _("Priority not set"),
        "area": str(referral.local_authority),
        "waits": ngettext("Waits %(count)d day", "Waits %(count)d days", days) % {"count": days},
        "check": _("Ask how they are by %(day)s") % {"day": day_and_date(due_on)},
        "is_check_due": due_on <= day,
        "allocate_url": addresses.of("cases:allocate", referral.reference),
        "check_url": addresses.of("cases:check_on_waiting", referral.reference),
    }  # fmt: skip


def unassessed_row(referral):
    """One accepted young person whose time for an assessment has passed; ``assess_by`` and ``begins`` are annotated."""
    day, said = timezone.localdate(), referral.young_person
    case = getattr(referral, "case", None)
    route = referral.begins
    return {
        "pk": referral.pk,
        "reference": referral.reference,
        "url": addresses.of("cases:case", referral.reference) if case else referral.get_absolute_url(),
        "who": who(initials(said.preferred_name or said.first_name, said.last_name),
                   age_words(said.date_of_birth, said.estimated_age, day)),
        "due": _("Due by %(day)s") % {"day": long_date(referral.assess_by)},
        "begins": StartRoute(route).label if route else _("Waits for a practitioner"),
    }  # fmt: skip


def entries(rows, *, case, may_pin, may_raise=False):
    """Lines of the timeline. What has no page of its own stands here in full: a link would lead to where one is."""
    here, pin, unpin = case.get_absolute_url(), _("Pin"), _("Unpin")
    of = {row.pk for row in rows if may_raise and row.words and row.kind in RAISED_OF and row.concern_id is None}
    kinds = _each_escaped_once({row.kind: EntryKind(row.kind).label for row in rows})
    titles = _each_escaped_once({row.title: row.title for row in rows})
    people = _each_escaped_once({row.by_id: row.by or "" for row in rows})
    return [
        {
            "kind": kinds[row.kind],
            "title": titles[row.title],
            "at": SafeString(row.at.isoformat()),
            "when": when,
            "which": SafeString(f"{titles[row.title]}, {when}"),
            "by": people[row.by_id],
            "text": show_marks(row.words),
            "url": "" if row.path == here else row.path,
            "is_pinned": row.pinned_at is not None,
            "pin_url": addresses.of("cases:pin", case.reference, row.pk) if may_pin else "",
            "pin": unpin if row.pinned_at else pin,
            "raise_url": addresses.of("cases:raise_of_entry", case.reference, row.pk) if row.pk in of else "",
            "concern_url": row.concern.get_absolute_url() if row.concern_id else "",
        }
        for row, when in [(row, moment(row.at)) for row in rows]
    ]


def _each_escaped_once(words):
    """Twenty lines say the same few kinds, titles and names, each of them three times."""
    return {key: escape(str(said)) for key, said in words.items()}


def raised_of(entry):
    """A line of which somebody is about to raise a concern; and the concern, where somebody did so already."""
    when = {"kind": entry.get_kind_display(), "when": moment(entry.at), "by": str(entry.by or "")}
    return when | {"concern_url": entry.concern.get_absolute_url() if entry.concern_id else ""}


def contribution_rows(row):
    """What we brought to others, as questions and answers; what does not apply is left out."""
    told = [
        (_("When"), long_date(row.held_on)),
        (_("How we took part"), row.get_how_display()),
        (_("What we did instead"), row.instead),
        (_("What it was for"), row.purpose),
        (_("What the young person wanted said"), row.wanted_said),
        (_("Was it said?"), row.get_was_said_display()),
        (_("Who led it"), row.chair),
        (_("Who was there"), row.present),
        (_("What we shared"), row.shared),
        (_("Why we may share it"), row.get_sharing_basis_display()),
        (_("Why without their agreement"), row.sharing_reason),
        (_("What was decided"), row.decisions),
        (_("What we did not agree with"), row.disagreement),
    ]
    return [{"label": label, "value": value} for label, value in told if value]


def safety_change(row, nation):
    """One change in safety, with what was done about it and who was told; what nobody said is left out."""
    said = [
        (_("To whom we took it"), ", ".join(str(name_of(route, nation)) for route in row.done)),
        (_("What the young person was told"), row.told_young_person),
        (_("Why the young person was not told"), row.not_told_because),
        (_("Whom else we told"), ", ".join(str(SharingScope(scope).label) for scope in row.informed)),
        (_("What we told them"), row.network_informed),
    ]
    return {
        "title": row.get_change_display(),
        "day": row.noticed_on,
        "by": row.by,
        "what": row.what,
        "rows": [{"label": label, "value": value} for label, value in said if value],
    }


def supervision(row):
    """One supervision or note of oversight, with what was agreed."""
    said = [
        (_("What is working"), row.working),
        (_("What we worry about"), row.worries),
        (_("What we do not know"), row.not_known),
        (_("What we take for granted"), row.assumptions),
        (_("What the young person says"), row.young_persons_voice),
        (_("Identity and culture"), row.identity_and_culture),
        (_("What has changed in their safety"), row.risk_changes),
        (_("Do we still do what the plan says?"), row.drift),
        (_("What the manager says"), row.oversight),
    ]
    return {
        "pk": row.pk,
        "title": f"{row.get_kind_display()}, {long_date(row.held_on)}",
        "by": row.by,
        "with_whom": row.with_whom,
        "next_on": row.next_on,
        "rows": [{"label": label, "value": value} for label, value in said if value],
        "actions": list(row.actions.all()),
    }


def without_contribution_row(case, *, user):
    """One case whose network has heard nothing from us for too long."""
    last = case.last_contribution_on
    return {
        **row(case, user=user),
        "last": _("Last: %(day)s") % {"day": long_date(last)} if last else _("Nothing contributed yet"),
        "contribute_url": addresses.of("cases:contribute", case.reference),
        "explain_url": addresses.of("cases:no_contribution", case.reference),
    }
