"""Two people look at an ending: who wrote, answered or proposed it does not sign it off, whatever the order."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from cases import operations
from cases.models import Ending, EndingWriting
from tests.cases.test_ending import finished
from tests.factories.accounts import UserFactory
from tests.factories.ending import EndingWritingFactory
from tests.traces import leaves_no_trace

pytestmark = pytest.mark.django_db


def begins(ending, by):
    Ending.objects.filter(pk=ending.pk).update(begun_by=by)


def writes_in(ending, by):
    operations.write_ending(ending, by=by, seen=ending.version, strengths="She asks for help.")


def answers_for(ending, by):
    operations.answer_requirement(ending, by=by, key="feedback", answer="done")


@pytest.mark.parametrize("works", [begins, writes_in, answers_for])
def test_whoever_began_wrote_or_answered_it_does_not_sign_it_off(works):
    """A9: two people look at an ending, whoever of them it was that pressed the button."""
    ending, manager = finished(), UserFactory()
    works(ending, manager)
    ending.refresh_from_db()
    ending = operations.propose_ending(ending, seen=ending.version, by=UserFactory())
    with leaves_no_trace(), pytest.raises(operations.OwnProposal):
        operations.sign_off_ending(ending, seen=ending.version, by=manager)
    with pytest.raises(IntegrityError, match="ending_signed_off_by_a_second_person"), transaction.atomic():
        Ending.objects.update(signed_off_by=manager, signed_off_at=timezone.now())
    assert [row.is_own_work for row in Ending.objects.with_own_work(manager)] == [True]
    another = UserFactory()
    assert [row.is_own_work for row in Ending.objects.with_own_work(another)] == [False]
    assert operations.sign_off_ending(ending, seen=ending.version, by=another).signed_off_by == another


def test_who_wrote_in_an_ending_stays_known():
    EndingWritingFactory()
    with pytest.raises(IntegrityError, match="ending_writing_stays"), transaction.atomic():
        EndingWriting.objects.update(by=UserFactory())
    with pytest.raises(IntegrityError, match="ending_writing_stays"), transaction.atomic():
        EndingWriting.objects.all().delete()


# A page that is old


def test_every_act_on_an_ending_raises_its_version():
    ending, by, manager = finished(), UserFactory(), UserFactory()
    ending = operations.write_ending(ending, by=by, seen=0, shared="Nothing.")
    operations.answer_requirement(ending, by=by, key="feedback", answer="done")
    ending = operations.propose_ending(ending, by=by, seen=2)
    ending = operations.send_back_ending(ending, by=manager, seen=3, reason="Who leads?")
    ending = operations.propose_ending(ending, by=by, seen=4)
    assert operations.sign_off_ending(ending, by=manager, seen=5).version == 6


def test_an_old_page_neither_proposes_nor_sends_back_nor_signs_off_what_has_changed_since():
    ending, by, first, second = finished(), UserFactory(), UserFactory(), UserFactory()
    shown = ending.version
    operations.answer_requirement(ending, by=UserFactory(), key="feedback", answer="done")
    with leaves_no_trace(), pytest.raises(operations.ChangedMeanwhile):
        operations.propose_ending(ending, by=by, seen=shown)
    ending = operations.propose_ending(ending, by=by, seen=shown + 1)
    shown = ending.version
    ending = operations.send_back_ending(ending, by=second, seen=shown, reason="Who leads?")
    operations.answer_requirement(ending, by=by, key="network", answer="not_applicable", why="Nobody is there.")
    ending.refresh_from_db()
    operations.propose_ending(ending, by=by, seen=ending.version)
    with leaves_no_trace(), pytest.raises(operations.ChangedMeanwhile):
        operations.sign_off_ending(ending, by=first, seen=shown)
    with leaves_no_trace(), pytest.raises(operations.ChangedMeanwhile):
        operations.send_back_ending(ending, by=first, seen=shown, reason="Too short.")


def test_an_answer_that_a_colleague_gives_stops_nobody_who_writes():
    ending, by = finished(), UserFactory()
    operations.answer_requirement(ending, by=UserFactory(), key="feedback", answer="done")
    assert operations.write_ending(ending, by=by, seen=0, shared="Nothing.").shared == "Nothing."
