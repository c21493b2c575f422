"""The clock's sweeps over many open cases: what is due, said once, in letters. Prints JSON.

``give`` everybody their part in the work, in a process of its own; ``measure`` in another, whose memory then
grows by nothing else. ``owe`` leaves letters to a relay.
"""

import json
import resource
import sys
import time

import django
from django.conf import settings
from django.db import connection, transaction

PRACTITIONERS = 200
LETTERS = 1_000


def main(act):
    django.setup()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = '60s'")  # as a worker has it
    print(json.dumps({"give": give, "measure": measure, "owe": owe}[act]()))


def give():
    """Each open case a lead, two hundred in all, and the reviews of its time of support."""
    from accounts.enums import Role  # noqa: PLC0415 -- after setup
    from cases.models import Case  # noqa: PLC0415
    from protect_respect.fictional.volume import check_foreign_keys_at_once  # noqa: PLC0415
    from tests.factories.accounts import MembershipFactory  # noqa: PLC0415

    without = Case.objects.open().filter(support_started_on__isnull=False, reviews=None, assignments=None)
    cases = list(without.select_related("offer"))
    team = MembershipFactory.create_batch(PRACTITIONERS, centre=cases[0].centre, role=Role.PRACTITIONER)
    with transaction.atomic():
        check_foreign_keys_at_once()
        _assign(cases, [membership.user for membership in team])
        _plan(cases)
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0; ANALYZE")
    return {"made": len(cases)}


def _assign(cases, practitioners):
    from cases.models import Assignment  # noqa: PLC0415
    from people.models import AccessGrant  # noqa: PLC0415

    pairs = [(case, practitioners[index % len(practitioners)]) for index, case in enumerate(cases)]
    grants = AccessGrant.objects.bulk_create(
        [
            AccessGrant(subject_id=case.subject_id, user=user, ground="assignment", granted_by=user)
            for case, user in pairs
        ],
        batch_size=500,
    )
    Assignment.objects.bulk_create(
        [
            Assignment(case=case, user=user, kind="lead", grant=grant, assigned_by=user)
            for (case, user), grant in zip(pairs, grants, strict=True)
        ],
        batch_size=500,
    )


def _plan(cases):
    """From three weeks ago on: those before were held, as far as anybody needs to know here."""
    from datetime import timedelta  # noqa: PLC0415

    from django.utils import timezone  # noqa: PLC0415

    from cases import clock  # noqa: PLC0415
    from cases.models import Review  # noqa: PLC0415

    since = timezone.localdate() - timedelta(weeks=3)

    Review.objects.bulk_create(
        [
            Review(case=case, kind=due.kind, opens_on=due.opens_on, due_on=due.due_on)
            for case in cases
            for due in clock.reviews(
                case.support_started_on, case.planned_end_on, months_initial=case.months_initial,
                timescales=clock.Timescales.of(case.offer),
            )
            if due.due_on >= since
        ],
        batch_size=500,
    )  # fmt: skip


def measure():
    """A sweep, one that finds nothing new, and the letters of a morning."""
    from django.utils import timezone  # noqa: PLC0415

    from reminders import operations, projecting  # noqa: PLC0415
    from reminders.models import Reminder  # noqa: PLC0415

    before = _largest()
    first, made = _timed(lambda: projecting.project_reminders(by="bench"))
    grown = _largest() - before
    second, again = _timed(lambda: projecting.project_reminders(by="bench"))
    assert (made > 0, again) == (True, 0)
    people, on = list(Reminder.objects.people_to_tell()[:PRACTITIONERS]), timezone.localdate()
    digests, letters = _timed(lambda: sum(operations.send_digest(person, by="bench", on=on) for person in people))
    return {"made": made, "first": first, "grown": grown, "second": second, "digests": digests, "letters": letters}


def _timed(act):
    began = time.perf_counter()
    result = act()
    return time.perf_counter() - began, result


def _largest():
    """The most memory that this process had so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def owe():
    from outbox.models import Message  # noqa: PLC0415
    from tests.factories.outbox import MessageFactory  # noqa: PLC0415

    Message.objects.unsent().delete()
    Message.objects.bulk_create(MessageFactory.build_batch(LETTERS, template="reminders", counts={"all": 3}))
    return {"owed": LETTERS}


if __name__ == "__main__":
    main(sys.argv[1])
