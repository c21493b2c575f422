"""A page asks the same number of questions for one row and for three."""

import pytest
from django.urls import reverse

from accounts.enums import Role
from referrals.enums import Criterion
from tests.factories.centres import ServiceCentreFactory
from tests.factories.referrals import DecisionFactory, NoteFactory, ReferralFactory, StatusChangeFactory
from tests.factories.safeguarding import ConcernFactory
from tests.factories.said import (
    AgreementFactory,
    FamilyMemberFactory,
    PersonOfConcernFactory,
    ProfessionalInvolvedFactory,
    SafeContactFactory,
)
from tests.factories.screening import CriterionCheckFactory, QuestionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre():
    return ServiceCentreFactory()


@pytest.mark.parametrize("count", [1, 3])
def test_the_queue(client, sign_in, centre, statements, count):
    sign_in(Role.DUTY_WORKER, at=centre)
    ReferralFactory.create_batch(count, waiting=True, centre=centre)

    with statements() as asked:
        response = client.get(reverse("triage:queue"))

    assert len(response.context["rows"]) == count
    # session, user, factors, memberships with duty, areas and centres, referrals, tiles, saved views, trail, contacts;
    # and for the navigation concerns
    assert len(asked.sent) == 10


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_a_referral(client, sign_in, centre, statements, count):
    sign_in(Role.TEAM_MANAGER, at=centre)
    referral = ReferralFactory(screening=True, centre=centre)
    NoteFactory.create_batch(count, referral=referral)
    StatusChangeFactory.create_batch(count, referral=referral)
    DecisionFactory.create_batch(count, referral=referral, sent_back=True)
    ConcernFactory.create_batch(count, subject=referral.subject)
    QuestionFactory.create_batch(count, referral=referral, closed=True)
    for criterion in list(Criterion)[:count]:
        CriterionCheckFactory(referral=referral, criterion=criterion)
    for factory in (AgreementFactory, FamilyMemberFactory, ProfessionalInvolvedFactory, PersonOfConcernFactory):
        factory.create_batch(count, referral=referral, **({"adult": True} if factory is AgreementFactory else {}))
    SafeContactFactory.create_batch(count, subject=referral.subject)

    with statements() as asked:
        response = client.get(referral.get_absolute_url())

    assert len(response.context["history"]) == 7 * count
    # session, user, factors, memberships, referral, changes, notes, decisions, questions, criteria, concerns,
    # all lists of answers, trail, contacts; and for the navigation unread referrals and concerns
    assert len(asked.sent) == 15


@pytest.mark.parametrize("count", [1, 3])
def test_home(client, sign_in, centre, statements, count):
    user = sign_in(Role.TEAM_MANAGER, at=centre)
    ReferralFactory.create_batch(count, waiting=True, centre=centre, owner=user)
    ReferralFactory.create_batch(count, overdue=True, centre=centre)
    for referral in ReferralFactory.create_batch(count, centre=centre):
        ConcernFactory(subject=referral.subject)

    with statements() as asked:
        response = client.get(reverse("home"))

    assert [section["count"] for section in response.context["lists"]] == [count, 0, count, count]
    assert response.context["concern_count"] == count
    # session, user, factors, memberships, mine, sent back, second person, overdue, concerns, their referrals,
    # trail, contacts, unread referrals, what this person is reminded of, their tasks, whom to look at again; their
    # sessions and drafts, with young people and with parents, tasks and strands of parents, who waits for a manager,
    # and who is missing
    assert len(asked.sent) == 22


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_concerns(client, sign_in, centre, statements, count):
    sign_in(Role.SAFEGUARDING_LEAD, at=centre)
    for referral in ReferralFactory.create_batch(count, centre=centre):
        ConcernFactory(subject=referral.subject)
        ConcernFactory(subject=referral.subject, acknowledged=True)

    with statements() as asked:
        response = client.get(reverse("safeguarding:concerns"))

    assert len(response.context["waiting"]) == len(response.context["followed"]) == count
    # session, user, factors, memberships, concerns that wait and those that are followed, their referrals, who is
    # missing, trail, contacts; and for the navigation unread referrals and waiting concerns
    assert len(asked.sent) == 11
