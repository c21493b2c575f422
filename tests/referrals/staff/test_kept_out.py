"""Who is kept out, and the way back in."""

import pytest

from accounts.enums import Role
from people.models import Exclusion
from referrals.models import Referral
from tests.factories.accounts import MembershipFactory
from tests.factories.people import ExclusionFactory
from tests.referrals.staff.test_acts import said

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(stand_before, referral):
    return stand_before(Role.TEAM_MANAGER, referral)


@pytest.fixture
def kept_out(referral):
    worker = MembershipFactory(role=Role.DUTY_WORKER, centre=referral.centre).user
    return ExclusionFactory(subject=referral.subject, user=worker, own=True)


def test_a_manager_lets_a_colleague_back_in_and_says_why(client, referral, manager, kept_out, at):
    assert not Referral.objects.visible_to(kept_out.user).exists()

    response = client.post(at("kept_out", referral), {"exclusion": kept_out.pk, "reason": "Pressed by mistake."})

    assert Referral.objects.visible_to(kept_out.user).get() == referral
    assert said(response) == [f"{kept_out.user.full_name} may see this young person again."]
    page = client.get(at("kept_out", referral)).text
    assert "Pressed by mistake." in page
    assert "Nobody is kept out" in page


def test_the_page_says_who_is_kept_out_since_when_and_by_whom(client, referral, manager, at):
    exclusion = ExclusionFactory(subject=referral.subject)
    page = client.get(at("kept_out", referral)).text
    for words in (exclusion.user.full_name, exclusion.set_by.full_name, "Kept out by a colleague"):
        assert words in page


def test_a_reason_must_be_given(client, referral, manager, kept_out, at):
    page = client.post(at("kept_out", referral), {"exclusion": kept_out.pk, "reason": " "})
    assert list(page.context["form"].errors) == ["reason"]
    assert Exclusion.objects.current().get() == kept_out


def test_only_what_is_about_this_person_and_still_holds_can_be_lifted(client, referral, manager, at):
    of_somebody_else, over = ExclusionFactory(), ExclusionFactory(subject=referral.subject, lifted=True)
    ExclusionFactory(subject=referral.subject)
    for exclusion in (of_somebody_else, over):
        page = client.post(at("kept_out", referral), {"exclusion": exclusion.pk, "reason": "A mistake."})
        assert list(page.context["form"].errors) == ["exclusion"]
    assert Exclusion.objects.current().count() == 2


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_a_fixed_number_of_questions(client, referral, manager, at, statements, count):
    ExclusionFactory.create_batch(count, subject=referral.subject)
    ExclusionFactory.create_batch(count, subject=referral.subject, lifted=True)

    with statements() as asked:
        response = client.get(at("kept_out", referral))

    assert (len(response.context["current"]), len(response.context["lifted"])) == (count, count)
    # session, user, factors, memberships, referral, exclusions, trail, choices, contacts;
    # and for the navigation unread referrals and concerns
    assert len(asked.sent) == 10
