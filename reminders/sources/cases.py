"""Casework with a young person, from allocation to after the ending: rows 11 to 16, and those that no other names."""

from datetime import timedelta

from cases import clock, unassessed
from cases.enums import CHECK_IN_AFTER, CHECK_IN_WITHIN, TaskKind
from cases.models import Case, Ending, Pause, Review, Task
from centres import working_days
from people.ages import birthday
from referrals.enums import Priority
from referrals.models import Referral
from reminders.sources.places import of_case
from reminders.steps import Fact, day_of
from sessions import reached

ASSESSMENT_HEARD_OF = timedelta(weeks=2)
PRIVACY_HEARD_OF = timedelta(days=14)  # after a referral, at the earliest: two weeks before a month is over
AT_ONCE = (Priority.IMMEDIATE, Priority.SOON)


def _read(found, *columns):
    """What a fact says and no more: of ten thousand cases each column counts. ``offer__...`` brings the offer too."""
    beside = {column.partition("__")[0] for column in columns if "__" in column}
    return found.select_related(*beside or [None]).only("centre", "subject", *beside, *columns)


def _fact(case, due, *, owner=None, begins=None, **moments):
    place = of_case(case, owner=owner)
    return Fact(of={"case": case.pk}, place=place, due=due, begins=begins, moments=moments)


def _by(name):
    """Facts of cases that name the day themselves, in an annotation."""

    def of(found):
        return (_fact(case, getattr(case, name)) for case in _read(found))

    return of


def to_try(_on):
    columns = (
        "referral__priority",
        "offer__first_contact_soon_working_days",
        "offer__first_contact_standard_working_days",
    )
    for case in _read(reached.untried(), *columns):
        offer, is_soon = case.offer, case.referral.priority in AT_ONCE
        count = offer.first_contact_soon_working_days if is_soon else offer.first_contact_standard_working_days
        yield _fact(case, working_days.after(day_of(case.lead_since), count))


def to_meet(_on):
    for case in _read(reached.unmet(), "offer__first_meeting_working_days"):
        yield _fact(case, working_days.after(day_of(case.lead_since), case.offer.first_meeting_working_days))


def to_ask_about_taking_part(_on):
    """On whichever comes first: the third time that we spoke to them, or fifteen working days."""
    for case in _read(reached.undecided(), "offer__consent_contacts", "offer__consent_working_days"):
        spoke_on = sorted(map(day_of, [*case.met_at, *case.spoke_at]))
        days = [working_days.after(day_of(case.lead_since), case.offer.consent_working_days)]
        days += spoke_on[case.offer.consent_contacts - 1 :][:1] if case.offer.consent_contacts else []
        yield _fact(case, min(days))


def to_inform(on):
    """A month after we were told of them, as the law has it (Article 14): no centre sets it."""
    near = Case.objects.without_privacy_information().filter(referral__submitted_at__date__lte=on - PRIVACY_HEARD_OF)
    for case in _read(near, "referral__submitted_at"):
        yield _fact(case, clock.months_after(day_of(case.referral.submitted_at), 1))


def to_assess():
    """By the same days as the list of those who have none in time (R-wal-03)."""
    return Case.objects.under_way().filter(referral__in=unassessed.not_signed_yet(Referral.objects))


def assess_by(on):
    near = unassessed.not_signed_yet(Referral.objects).filter(assess_by__lte=on + ASSESSMENT_HEARD_OF)
    days = dict(near.filter(case__isnull=False).values_list("case", "assess_by"))
    return (_fact(case, days[case.pk]) for case in _read(Case.objects.under_way().filter(pk__in=days)))


def to_plan(_on):
    for case in _read(Case.objects.to_plan(), "offer__plan_working_days"):
        yield _fact(case, working_days.after(day_of(case.assessed_at), case.offer.plan_working_days))


def to_confirm_contact(on):
    return _by("confirm_by")(Case.objects.to_confirm_contact(on=on))


def to_rate(on):
    found = Review.objects.lacking_ratings(on=on).select_related("case")
    for review in found.only("held_on", "case__centre", "case__subject"):
        case = review.case
        yield Fact(of={"case": case.pk, "review": review.pk}, place=of_case(case), due=review.held_on)


def to_contribute(on):
    return _by("contribute_by")(Case.objects.to_contribute(on=on))


def to_supervise(on):
    return _by("supervise_by")(Case.objects.to_supervise(on=on))


def to_hear_of(on):
    return _by("hear_by")(reached.unheard_of(on=on))


def birthdays(found):
    for case in _read(found, "young_person__date_of_birth"):
        yield _fact(case, birthday(case.young_person.date_of_birth, case.turns))


def coming_of_age(on):
    return birthdays(Case.objects.coming_of_age(on=on))


def growing_too_old(on):
    return birthdays(Case.objects.growing_too_old(on=on))


def to_close(on):
    """Once it is proposed it waits for a manager alone."""
    ending = Ending.objects.current().filter(case__in=Case.objects.past_their_last_day(on=on))
    for row in ending.select_related("case__offer"):
        due = working_days.after(row.ends_on, row.case.offer.closing_working_days)
        begun = {} if row.proposed_at else {"not_proposed": working_days.before(due, 5)}
        yield _fact(row.case, due, **begun)


def to_check_in(on):
    owed = Task.objects.open().filter(kind=TaskKind.CHECK_IN_AFTER, case__in=Case.objects.owing_a_check_in())
    last = CHECK_IN_WITHIN - CHECK_IN_AFTER
    for task in owed.filter(due_on__lte=on).select_related("case"):
        yield _fact(task.case, task.due_on, owner=task.owner_id, last=task.due_on + last)


def to_look_at_rest(_on):
    for pause in Pause.objects.filter(resumed_on=None, case__in=Case.objects.resting()).select_related("case"):
        yield _fact(pause.case, pause.review_on)
