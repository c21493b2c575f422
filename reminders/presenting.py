"""Reminders in words. Pure over loaded rows; asks the database nothing."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _noop

from cases import due_in_words
from cases.presenting import who_words
from reminders.enums import NEVER_PUT_OFF, SUBJECT_OF, Stage
from reminders.enums import ReminderKind as K
from sessions import carer_diary
from ui.times import day_and_date, moment

# Which a manager sees to on the page of who waits for a practitioner.
WITH_THE_LIST = (K.ALLOCATION, K.WAITING_CHECK, K.WAITING_REVIEW, K.LONG_WAIT)
# Where something of a case is done, and whether each has a page of its own.
PAGES = {
    "case": ("cases:case", False),
    "review": ("cases:reviews", False),
    "request": ("cases:extension", True),
    "session": ("sessions:session", True),
    "task": ("cases:tasks", False),
    "missing": ("cases:missing_episode", True),
}
# And what has a better place than the page of its case.
PAGE_OF = {
    **dict.fromkeys((K.CONSENT, K.PRIVACY, K.COMING_OF_AGE), "cases:consent"),
    K.ASSESSMENT: "cases:assessments",
    **dict.fromkeys((K.PLAN, K.GOAL_RATING), "cases:plan"),
    K.SAFE_CONTACT: "cases:people",
    K.CONTRIBUTION: "cases:network",
    K.SUPERVISION: "cases:supervision",
    K.CLOSING: "cases:ending",
    K.CHECK_IN: "cases:tasks",
}


# For who protects data, who opens no case.
TOLD_BY_REFERENCE = (K.PRIVACY, Stage.ESCALATED)


def lines(reminders, *, today, allocates=False, may_put_off=False):
    """One line for each thing, however many stages speak of it, the first due first.

    ``allocates``: whether they have the page of who waits for a practitioner.
    ``may_put_off``: whether they are shown the way to put it off, of rows that came ``with_put_off``.
    """
    shown = {}
    for reminder in reminders:
        if not shown.get(reminder.subject, {}).get("url"):
            shown[reminder.subject] = _line(reminder, today, allocates) | _put_off(reminder, may_put_off)
    return list(shown.values())


def in_order(lines, *, today):
    """What is about somebody's safety, and late or due today, before whatever is older; then the first due first."""
    return sorted(lines, key=lambda line: (not (line.get("is_safety") and line["on"] <= today), line["on"]))


def beside(lines, others):
    """``lines`` with the ``others`` that none of them says already: a colleague named the day on which they look."""
    said = {(line["reference"], line["what"]) for line in lines}
    return [*lines, *(other for other in others if (other["reference"], other["what"]) not in said)]


def _put_off(reminder, may_put_off):
    """Until when its person has put it off, and why; or where they do."""
    if not hasattr(reminder, "put_off_until"):
        return {}
    if not reminder.is_awake:
        day, why = day_and_date(reminder.put_off_until), reminder.put_off_because
        return {"put_off": _("Put off until %(day)s, because: %(why)s") % {"day": day, "why": why}}
    if may_put_off and reminder.may_be_put_off:
        return {"put_off_url": reverse("reminders:put_off", args=[reminder.pk])}
    return {}


def _line(reminder, today, allocates):
    when = {"due_on": reminder.due_on, "today": today}
    if (reminder.kind, reminder.stage) == TOLD_BY_REFERENCE:
        what = _("They were not told yet what we hold about them. Ask the manager of the centre.")
        return due_in_words.told(reminder.case.reference, "", what=what, url="", pk=reminder.pk, **when)
    of_its_own = OF_ITS_OWN.get(SUBJECT_OF[reminder.kind])
    reference, who, url = of_its_own(reminder) if of_its_own else _of_a_young_person(reminder, today, allocates)
    what = {"what": reminder.get_kind_display(), "is_safety": reminder.kind in NEVER_PUT_OFF}
    return due_in_words.told(reference, who, url=url, pk=reminder.pk, **what, **when)


def _of_a_young_person(reminder, today, allocates):
    about = reminder.referral or reminder.case
    url = _of_the_referral(reminder, allocates) if reminder.referral_id else _of_the_case(reminder)
    return about.reference, who_words(about.young_person, today), url


def _of_the_referral(reminder, allocates):
    if allocates and reminder.kind in WITH_THE_LIST:
        return reverse("cases:waiting")
    return reverse("triage:referral", args=[reminder.referral.reference])


def _of_the_case(reminder):
    column = SUBJECT_OF[reminder.kind]
    page, has_own = (PAGE_OF[reminder.kind], False) if reminder.kind in PAGE_OF else PAGES[column]
    own = [getattr(reminder, f"{column}_id")] if has_own else []
    return reverse(page, args=[reminder.case.reference, *own])


def _strand(reminder):
    return _of_a_carer(reminder.strand, reverse("sessions:strand", args=[reminder.strand.key]))


def _contact(reminder):
    strand, pk = reminder.contact.strand, reminder.contact_id
    return _of_a_carer(strand, reverse("sessions:carer_session", args=[strand.key, pk]))


def _of_a_carer(strand, url):
    """As on every page of theirs: the parent or carer, and nothing of the young person."""
    return strand.case.reference, carer_diary.who(strand.carer), url


def _escalation(reminder):
    return _of_a_concern(reminder.escalation.concern)


def _action(reminder):
    return _of_a_concern(reminder.action.concern)


def _of_a_concern(concern):
    return _("Concern: %(severity)s") % {"severity": concern.get_severity_display()}, "", concern.get_absolute_url()


def _contact_point(reminder):
    point = reminder.contact_point
    return str(point.centre), str(point), reverse("admin:centres_contactpointofcentre_change", args=[point.pk])


def _public_contact(reminder):
    contact = reminder.public_contact
    return contact.name, "", reverse("admin:centres_publiccontact_change", args=[contact.pk])


# What is not a young person's: the words of its link, whom or what it is about, and where it is done.
OF_ITS_OWN = {
    "strand": _strand,
    "contact": _contact,
    "escalation": _escalation,
    "action": _action,
    "contact_point": _contact_point,
    "public_contact": _public_contact,
}


def parts(lines, *, today):
    """What is late or due today, what comes, and what was put off."""
    awake = [line for line in lines if "put_off" not in line]
    return {
        "due": [line for line in awake if line["on"] <= today],
        "coming": [line for line in awake if line["on"] > today],
        "put_off": [line for line in lines if "put_off" in line],
    }


def away(absence, *, today):
    """Until when somebody is away, and who covers."""
    days = {"first": day_and_date(absence.from_on), "back": day_and_date(absence.until_on)}
    words = _("Away, and back on %(back)s") if absence.from_on <= today else _("Away from %(first)s, back on %(back)s")
    cover = _("%(name)s covers") % {"name": absence.cover.full_name}
    return {"pk": absence.pk, "words": words % days, "cover": cover}


def team_row(person, counts, absence, *, today):
    """A colleague, and how much waits for them."""
    return {
        "away": absence and away(absence, today=today),
        "name": person.full_name,
        "url": f"{reverse('reminders:team')}?who={person.pk}",
        "late": counts["late"],
        "words": " · ".join(words for words in _counted(counts) if words) or _("Nothing waits."),
    }


def _counted(counts):
    yield counts["late"] and _("%(number)d late") % {"number": counts["late"]}
    yield counts["today"] and _("%(number)d due today") % {"number": counts["today"]}
    yield counts["coming"] and _("%(number)d coming") % {"number": counts["coming"]}


OF_AN_ACCOUNT = "staff-"  # letters about how somebody signs in are theirs alone
OF_A_CONCERN = "concern"  # nobody else learns when one was heard of: it may be about them
LETTERS = {
    "allocated": _noop("A case is given to you"),
    "case-stopped": _noop("A case needs a manager"),
    "concern": _noop("A concern about somebody’s safety"),
    "danger": _noop("Danger now"),
    "missing": _noop("A young person is missing"),
    "nobody-left": _noop("A referral that nobody is left to see"),
    "reminders": _noop("How much is due"),
    "staff-factors-reset": _noop("Signing in: begin anew with a second factor"),
    "staff-invitation": _noop("Signing in: your account"),
    "staff-password-reset": _noop("Signing in: a new password"),
    "staff-role-granted": _noop("A role was given to a colleague"),
    "staff-sign-in-changed": _noop("Signing in: something was changed"),
}


def letter(message, *, is_own=False):
    """One letter: what kind, when it was owed and when it left; and where it leads, for whom it was written to."""
    said = LETTERS.get(message.template)
    return {
        "what": _(said) if said else _("A letter about your work"),
        "owed": moment(message.created_at),
        "sent": moment(message.sent_at) if message.sent_at else "",
        "url": message.path if is_own and not message.template.startswith(OF_AN_ACCOUNT) else "",
    }
