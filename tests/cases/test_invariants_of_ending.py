"""What must hold of an ending, whatever people do in whatever order: two people looked at it (security.md A9)."""

from contextlib import suppress

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from cases import operations
from cases.models import Ending
from tests.cases.test_ending import finished
from tests.factories.accounts import UserFactory
from tests.figures import figure

pytestmark = pytest.mark.django_db

PEOPLE = range(3)
REFUSALS = (
    operations.ChangedMeanwhile,
    operations.MoveNotAllowed,
    operations.NotFinished,
    operations.OwnProposal,
    operations.SeenToBeUndone,
)


def write(ending, by, seen):
    operations.write_ending(ending, by=by, seen=seen, shared="Nothing.")


def answer(ending, by, seen):
    operations.answer_requirement(ending, by=by, key="feedback", answer="done")


def propose(ending, by, seen):
    operations.propose_ending(ending, by=by, seen=seen)


def send_back(ending, by, seen):
    operations.send_back_ending(ending, by=by, seen=seen, reason="Who leads?")


def sign_off(ending, by, seen):
    operations.sign_off_ending(ending, by=by, seen=seen)


def sign_off_in_plain_sql(ending, by, seen):
    Ending.objects.filter(pk=ending.pk).update(signed_off_by=by, signed_off_at=timezone.now())


ACTS = [write, answer, propose, send_back, sign_off, sign_off_in_plain_sql]
STEPS = st.tuples(st.sampled_from(ACTS), st.sampled_from(PEOPLE), st.integers(0, 1))


@settings(max_examples=figure(15, 1000))
@given(steps=st.lists(STEPS, min_size=4, max_size=14))
def test_who_signs_an_ending_off_did_nothing_else_for_it_and_has_read_it_as_it_stands(steps):
    """Told apart from what the rows say: who wrote, who answered last, who proposed last."""
    people, ending = [UserFactory() for _each in PEOPLE], finished()
    wrote, last, signed = {ending.begun_by}, {}, []
    for act, who, behind in steps:
        ending.refresh_from_db()
        by, seen = people[who], max(ending.version - behind, 0)
        with suppress(IntegrityError, *REFUSALS), transaction.atomic():
            act(ending, by, seen)
            last[act] = by
            if act is write:
                wrote.add(by)
            if act in (sign_off, sign_off_in_plain_sql):
                signed.append(by)
                assert by not in {*wrote, last.get(answer), last.get(propose)}
                assert act is sign_off_in_plain_sql or seen == ending.version
    ending.refresh_from_db()
    assert [ending.signed_off_by] == (signed or [None])
