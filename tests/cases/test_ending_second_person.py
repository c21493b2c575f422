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
    ending = operations.propose_ending(Ending.objects.get(pk=ending.pk), by=UserFactory())
    with leaves_no_trace(), pytest.raises(operations.OwnProposal):
        operations.sign_off_ending(ending, by=manager)
    with pytest.raises(IntegrityError, match="ending_signed_off_by_a_second_person"), transaction.atomic():
        Ending.objects.update(signed_off_by=manager, signed_off_at=timezone.now())
    assert [row.is_own_work for row in Ending.objects.with_own_work(manager)] == [True]
    another = UserFactory()
    assert [row.is_own_work for row in Ending.objects.with_own_work(another)] == [False]
    assert operations.sign_off_ending(ending, by=another).signed_off_by == another


def test_who_wrote_in_an_ending_stays_known():
    EndingWritingFactory()
    with pytest.raises(IntegrityError, match="ending_writing_stays"), transaction.atomic():
        EndingWriting.objects.update(by=UserFactory())
    with pytest.raises(IntegrityError, match="ending_writing_stays"), transaction.atomic():
        EndingWriting.objects.all().delete()
