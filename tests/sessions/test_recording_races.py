"""Two people at one session, on real connections: one is kept, the other is shown it; nothing is overwritten (F3)."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from cases.models import TimelineEntry
from sessions import operations
from sessions.models import SupportSession
from tests.factories.accounts import UserFactory
from tests.factories.sessions import SupportSessionFactory
from tests.figures import figure
from tests.sessions.writing import a_case, ago, draft, form, record

pytestmark = pytest.mark.django_db(transaction=True)

TRIALS = figure(4, 100)
REFUSED = "refused"


def at_once(acts):
    """Run each act in a thread and a connection of its own, all from one barrier."""
    barrier = threading.Barrier(len(acts))

    def run(act):
        connection.ensure_connection()
        barrier.wait()
        try:
            return act()
        except (operations.SessionChanged, operations.MoveNotAllowed):
            return REFUSED
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.mark.parametrize("act", [draft, record])
def test_of_two_who_write_at_once_one_is_kept_and_the_other_is_shown_it(act):
    people = UserFactory.create_batch(2)
    for _trial in range(TRIALS):
        planned = SupportSessionFactory(case=a_case(), planned_at=ago(hours=3))
        texts = ["As one has it.", "As the other has it."]
        answers = at_once(
            [
                lambda by=by, words=words, planned=planned: act(
                    planned.case, by, session=planned, seen=1, what_we_did=words
                )
                for by, words in zip(people, texts, strict=True)
            ]
        )
        assert answers.count(REFUSED) == 1
        kept = SupportSession.objects.get(pk=planned.pk)
        assert (kept.edition, kept.what_we_did) == (2, texts[answers.index(REFUSED) - 1])


def test_a_form_that_is_sent_twice_at_once_is_one_session():
    for _trial in range(TRIALS):
        case = a_case()
        sent = form(and_sign=True)
        answers = at_once([lambda sent=sent, case=case: operations.record_session(case, by=case.opened_by, **sent)] * 4)
        assert len({answer.pk for answer in answers}) == 1
        assert SupportSession.objects.get(case=case).is_signed
        assert TimelineEntry.objects.filter(case=case).count() == 1


def test_who_signs_while_another_writes_signs_what_was_read():
    people = UserFactory.create_batch(2)
    for _trial in range(TRIALS):
        session = record(a_case())
        answers = at_once(
            [
                lambda session=session: operations.sign_session(session, by=people[0], seen=1),
                lambda session=session: draft(
                    session.case, people[1], session=session, seen=1, what_we_did="Something else."
                ),
            ]
        )
        kept = SupportSession.objects.get(pk=session.pk)
        assert answers.count(REFUSED) == 1
        assert kept.is_signed == (kept.what_we_did == "Walked the dog.")
