"""Two beats up, many workers, one review held meanwhile: each reminder once, and one letter each."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from accounts.enums import Role
from cases import operations as cases
from cases.reviewing import plan_reviews_locked
from outbox.models import Message
from reminders import projecting
from reminders.digests import send_digests
from reminders.models import Reminder
from tests.factories.accounts import MembershipFactory
from tests.factories.cases import CaseFactory
from tests.figures import figure

pytestmark = pytest.mark.django_db(transaction=True)

THREADS = 6
TRIALS = figure(2, 50)
HELD = {"what_changed": "x", "safety": "x", "because": "x", "consent_check": "still_wanted"}


def at_once(acts):
    barrier = threading.Barrier(len(acts))

    def run(act):
        connection.ensure_connection()
        barrier.wait()
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def a_case(centre=None):
    """Support began three months ago and no review was held."""
    started_on = timezone.localdate() - timedelta(days=95)
    more = {"referral__centre": centre} if centre else {}
    practitioner = MembershipFactory(role=Role.PRACTITIONER, **({"centre": centre} if centre else {})).user
    case = CaseFactory(active=True, support_started_on=started_on, led_by=practitioner, **more)
    with transaction.atomic():
        plan_reviews_locked(case, by=practitioner)
    return case, practitioner


def sweep():
    projecting.project_reminders(by="test")
    send_digests(list(Reminder.objects.people_to_tell()), by="test", on=timezone.localdate())


def test_however_many_sweep_at_once_each_reminder_is_there_once_and_each_person_has_one_letter():
    for _trial in range(TRIALS):
        case, practitioner = a_case()
        manager = MembershipFactory(centre=case.centre, role=Role.TEAM_MANAGER).user

        at_once([sweep] * THREADS)
        sweep()

        rows = Reminder.objects.filter(case=case)
        keys = Counter(rows.values_list("kind", "review", "due_on", "stage", "person"))
        assert keys
        assert max(keys.values()) == 1
        for person in (practitioner, manager):
            [message] = Message.objects.filter(to=person.email)
            subjects = {reminder.subject for reminder in rows.filter(person=person)}
            assert message.counts["all"] == len(subjects)
        assert not rows.filter(told_on=None).exists()


def test_a_review_that_is_held_while_the_sweep_runs_is_silent_from_then_on():
    for _trial in range(TRIALS):
        case, practitioner = a_case()
        review = case.reviews.get(kind="settling_in")

        def hold(review=review, practitioner=practitioner):
            cases.hold_review(review, by=practitioner, held_on=timezone.localdate(), outcome="continue", **HELD)

        at_once([hold, *[sweep] * (THREADS - 1)])

        assert not Reminder.objects.speaking().filter(review=review).exists()
        assert Message.objects.filter(to=practitioner.email).count() == 1
        before = Message.objects.count()
        sweep()
        assert Message.objects.count() == before
