"""Many at once, on real connections: never an eleventh direct session, and nobody on both sides (F2)."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from cases.models import Assignment
from cases.operations import ClosedToThem, assign
from sessions.models.carers import CarerStrand
from sessions.operations import carer_contacts, carer_strands
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.carers import CarerConsentFactory, CarerSessionFactory, CarerStrandFactory
from tests.factories.cases import CaseFactory
from tests.figures import figure

pytestmark = pytest.mark.django_db(transaction=True)

THREADS = 8
TRIALS = figure(2, 100)
REFUSALS = (carer_contacts.NoMoreDirectSessions, carer_strands.WorksWithTheYoungPerson, ClosedToThem)


def at_once(acts):
    """Run each act in a thread and a connection of its own, all from one barrier. What each answered."""
    barrier = threading.Barrier(len(acts))

    def run(act):
        connection.ensure_connection()
        barrier.wait()
        try:
            return act()
        except REFUSALS as refusal:
            return type(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.mark.requirement("R-nat-30", part="eight at once")
def test_of_eight_who_log_the_tenth_session_at_once_one_does():
    people = UserFactory.create_batch(THREADS)
    started_at = timezone.now() - timedelta(hours=2)
    said = {"kind": "direct_session", "mode": "phone", "started_at": started_at}
    said |= {"ended_at": started_at + timedelta(hours=1), "what_we_did": "Talked."}
    for _trial in range(TRIALS):
        strand = CarerConsentFactory().strand
        for number in range(1, 10):
            CarerSessionFactory(strand=strand, held=True, direct_number=number)

        answers = at_once(
            [lambda by=by, strand=strand: carer_contacts.log_contact(strand, by=by, **said) for by in people]
        )

        assert answers.count(carer_contacts.NoMoreDirectSessions) == THREADS - 1
        assert sorted(strand.contacts.values_list("direct_number", flat=True)) == list(range(1, 11))


@pytest.mark.requirement("R-nat-29", part="two managers at once")
@pytest.mark.parametrize("cases", ["one case", "two cases of one young person"])
def test_of_two_managers_who_give_one_colleague_to_both_sides_at_once_one_does(cases):
    managers = UserFactory.create_batch(2)
    for _trial in range(TRIALS):
        case = CaseFactory(kind="yp_only" if cases == "one case" else "carer_only")
        strand = CarerStrandFactory(accepted=True, case=case)
        theirs = case if cases == "one case" else CaseFactory(young_person=case.young_person, subject=case.subject)
        to = MembershipFactory(centre=case.centre, role="practitioner").user

        answers = at_once(
            [
                lambda strand=strand, to=to: carer_strands.allocate(strand, to=to, by=managers[0]),
                lambda theirs=theirs, to=to: assign(theirs, to=to, kind="lead", by=managers[1]),
            ]
        )

        sides = [CarerStrand.objects.worked_on_by(to), Assignment.objects.current().filter(user=to)]
        assert [side.count() for side in sides] in ([0, 1], [1, 0]), answers
