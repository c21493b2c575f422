"""Many at once, on real connections: what is sent twice is kept once, and a task is neither lost nor waited for."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from cases import operations
from cases.models import CaseNote
from safeguarding.models import Concern
from safeguarding.operations import raise_concern
from tests.factories.accounts import UserFactory, practitioner_of
from tests.factories.cases import AssignmentFactory, CaseFactory, TaskFactory
from tests.figures import figure

pytestmark = pytest.mark.django_db(transaction=True)

THREADS = 8
TRIALS = figure(3, 100)
SAID = {"severity": "high", "what": "Not seen since Friday."}
WHY = {"because": "She moves to another team.", "handover": "Ask before you ring."}


def at_once(acts):
    """Run each act in a thread and a connection of its own, all from one barrier."""
    barrier = threading.Barrier(len(acts))

    def run(act):
        connection.ensure_connection()
        barrier.wait()
        try:
            return act()
        except operations.KeptAlready:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_a_note_and_a_concern_that_are_sent_many_times_at_once_are_kept_once():
    for _trial in range(TRIALS):
        case, by = CaseFactory(), UserFactory()
        at_once([lambda case=case, by=by: operations.add_note(case, by=by, text="Rang.")] * THREADS)
        raised = at_once([lambda case=case, by=by: raise_concern(case.subject, by=by, **SAID)] * THREADS)
        assert CaseNote.objects.filter(case=case).count() == 1
        assert {concern.pk for concern in raised} == {Concern.objects.get(subject=case.subject).pk}


def test_a_task_that_is_done_while_its_owner_goes_is_done_or_handed_over_and_nobody_waits_for_ever():
    for _trial in range(TRIALS):
        lead, by = AssignmentFactory(), UserFactory()
        successor = practitioner_of(lead.case)
        task = TaskFactory(case=lead.case, owner=lead.user)
        acts = [
            lambda lead=lead, by=by, successor=successor: operations.reassign(lead.case, to=successor, by=by, **WHY),
            lambda lead=lead, task=task: operations.finish_task(task, by=lead.user),
        ]
        at_once(acts)
        task.refresh_from_db()
        assert task.done_by == lead.user
        assert task.owner in (lead.user, successor)
