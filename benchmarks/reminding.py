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
from django.db import connection

PRACTITIONERS = 200
LETTERS = 1_000


def main(act):
    django.setup()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = '60s'")  # as a worker has it
    print(json.dumps({"give": give, "measure": measure, "owe": owe}[act]()))


def give():
    """Each open case that has nobody a lead, two hundred in all, since it was opened."""
    from accounts.enums import Role  # noqa: PLC0415 -- after setup
    from cases.models import Case  # noqa: PLC0415
    from protect_respect.fictional.bulk import CHUNK, one_act  # noqa: PLC0415
    from tests.factories.accounts import MembershipFactory  # noqa: PLC0415

    cases = list(Case.objects.open().filter(support_started_on__isnull=False, assignments=None).order_by("pk"))
    team = [
        MembershipFactory(centre=cases[0].centre, role=Role.PRACTITIONER, user__email=f"clock{number}@service.example")
        for number in range(PRACTITIONERS)
    ]
    pairs = [(case, team[index % PRACTITIONERS].user) for index, case in enumerate(cases)]
    for first in range(0, len(pairs), CHUNK):
        with one_act():
            _assign(pairs[first : first + CHUNK])
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0; ANALYZE")
    return {"made": Case.objects.open().count()}


def _assign(pairs):
    from cases.models import Assignment  # noqa: PLC0415
    from people.models import AccessGrant  # noqa: PLC0415

    since = [{"from_at": case.opened_at} for case, _user in pairs]
    grants = AccessGrant.objects.bulk_create(
        AccessGrant(subject_id=case.subject_id, user=user, ground="assignment", granted_by=user, **begun)
        for (case, user), begun in zip(pairs, since, strict=True)
    )
    Assignment.objects.bulk_create(
        Assignment(case=case, user=user, kind="lead", grant=grant, assigned_by=user, **begun)
        for (case, user), grant, begun in zip(pairs, grants, since, strict=True)
    )


def measure():
    """A sweep, one that finds nothing new, and the letters of a morning."""
    from django.utils import timezone  # noqa: PLC0415

    from reminders import projecting  # noqa: PLC0415
    from reminders.digests import send_digests  # noqa: PLC0415
    from reminders.models import Reminder  # noqa: PLC0415

    before = _largest()
    first, made = _timed(lambda: projecting.project_reminders(by="bench"))
    grown = _largest() - before
    second, again = _timed(lambda: projecting.project_reminders(by="bench"))
    assert (made > 0, again) == (True, 0)
    people, on = list(Reminder.objects.people_to_tell()[:PRACTITIONERS]), timezone.localdate()
    digests, letters = _timed(lambda: send_digests(people, by="bench", on=on))
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
