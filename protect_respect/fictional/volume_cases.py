"""Many fictional cases at once, on accepted referrals of the volume data: for measuring (``volume.py``)."""

from datetime import timedelta

from django.db import connection, transaction

from cases import clock
from cases.enums import CaseStatus, WorkType
from cases.models import Case
from people.models import YoungPerson
from protect_respect.fictional.volume import CHUNK, check_foreign_keys_at_once
from referrals.enums import ReferralStatus
from referrals.models import Referral


def make(number, *, team, today):
    """Open ``number`` cases at the centre of ``team``, in the middle of support, on referrals that have none yet.

    They began on each of the last two hundred days in turn, so that some are
    past their planned end. Returns how many there were referrals for.
    """
    waiting = Referral.objects.filter(
        centre=team.centre, status=ReferralStatus.ACCEPTED, case=None, subject__is_restricted=False
    )
    found = list(waiting.select_related("young_person", "offer").order_by("-pk")[:number])
    for first in range(0, len(found), CHUNK):
        _make_chunk(found[first : first + CHUNK], team, today, first)
    return len(found)


@transaction.atomic
def _make_chunk(referrals, team, today, first):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
    check_foreign_keys_at_once()
    known = YoungPerson.objects.bulk_create(_known(referral) for referral in referrals)
    pairs = zip(referrals, known, strict=True)
    Case.objects.bulk_create(
        _case(*pair, team, today - timedelta(days=(first + index) % 200)) for index, pair in enumerate(pairs)
    )


def _known(referral):
    said = referral.young_person
    names = ("first_name", "last_name", "date_of_birth", "estimated_age", "preferred_language")
    return YoungPerson(subject_id=referral.subject_id, **{name: getattr(said, name) for name in names})


def _case(referral, young_person, team, started):
    offer = referral.offer
    return Case(
        subject_id=referral.subject_id, young_person=young_person, referral=referral, centre=team.centre, offer=offer,
        status=CaseStatus.ACTIVE, work_type=WorkType.AWARENESS_AND_RECOVERY, opened_by=team.manager,
        opened_at=referral.decided_at, support_started_on=started,
        planned_end_on=clock.months_after(started, offer.support_months_initial),
        months_initial=offer.support_months_initial, months_most=offer.support_months_most,
    )  # fmt: skip
