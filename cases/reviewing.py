"""Planning reviews: the days that ``clock.reviews`` names, as rows of a case. No acts of their own."""

from django.utils import timezone
from django.utils.translation import gettext as _

from audit.recording import record
from cases import clock
from cases.enums import ReviewKind
from cases.models import Review


def plan_reviews_locked(case, *, by, since=None):
    """Plan what the time of support asks for, and cancel what it asks for no more. For a case this act holds.

    ``since`` leaves days before it out: when the end moves, nothing is owed
    in the past. What was held stays, and is not asked for again. Somebody
    always decides at six months, however short the support was made.
    """
    wanted = {
        (due.kind, due.due_on): due
        for due in clock.reviews(
            case.support_started_on,
            case.planned_end_on,
            months_initial=case.months_initial,
            timescales=clock.Timescales.of(case.offer),
        )
    }
    planned = {(row.kind, row.due_on): row for row in Review.objects.filter(case=case, cancelled_at__isnull=True)}
    missing = [due for key, due in wanted.items() if key not in planned and (since is None or due.due_on >= since)]
    Review.objects.bulk_create(
        [Review(case=case, kind=due.kind, opens_on=due.opens_on, due_on=due.due_on) for due in missing]
    )
    not_needed = [
        row.pk
        for key, row in planned.items()
        if key not in wanted and row.is_open and row.kind != ReviewKind.SIX_MONTH_DECISION
    ]
    cancelled = cancel_locked(Review.objects.filter(pk__in=not_needed), by=by, because=_("The planned end has moved."))
    record("reviews.planned", case, by=by, planned=len(missing), cancelled=cancelled)


def plan_again_locked(case, *, cancelled_since, by):
    """Plan again what closing cancelled, from today on: nothing is owed in the past. For a case this act holds.

    What somebody had said is not needed stays so, and what is planned is not planned twice.
    """
    gone = Review.objects.filter(case=case, cancelled_at__gte=cancelled_since, due_on__gte=timezone.localdate())
    still = set(Review.objects.filter(case=case, cancelled_at__isnull=True).values_list("kind", "due_on"))
    missing = [row for row in gone if (row.kind, row.due_on) not in still]
    Review.objects.bulk_create(
        [Review(case=case, kind=row.kind, opens_on=row.opens_on, due_on=row.due_on) for row in missing]
    )
    record("reviews.planned", case, by=by, planned=len(missing), cancelled=0)


def cancel_locked(reviews, *, by, because):
    """Say that open reviews are not needed. For a case this act holds; returns how many."""
    return reviews.open().update(cancelled_at=timezone.now(), cancelled_by=by, cancelled_because=because)
