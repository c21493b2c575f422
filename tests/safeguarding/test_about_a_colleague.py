"""A concern about a colleague: for the safeguarding leads and service managers alone, and never for that colleague."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from accounts.permissions import centres_with_role
from cases.models import Case
from outbox.models import Message
from referrals.models import Referral
from safeguarding import operations, powers, rules
from safeguarding.models import Concern
from safeguarding.owners import who_may_be_asked
from safeguarding.sweep import escalate_all
from safeguarding.visible import about, has_open, unacknowledged
from tests.factories.accounts import MembershipFactory
from tests.factories.cases import AssignmentFactory, CaseFactory
from tests.factories.centres import ServiceCentreFactory
from tests.factories.people import AccessGrantFactory, ExclusionFactory
from tests.factories.safeguarding import ConcernFactory
from tests.traces import leaves_no_trace

pytestmark = pytest.mark.django_db
CANARY = "Canary-7731 met her alone in his car."
HEARS = {Role.SAFEGUARDING_LEAD, Role.SERVICE_MANAGER}


@pytest.fixture
def case():
    return CaseFactory(active=True)


@pytest.fixture
def staff(case):
    return {role: MembershipFactory(role=role, centre=case.centre).user for role in Role}


def raised(case, *, by, colleague=None, severity="immediate"):
    said = {"severity": severity, "what": CANARY, "about_colleague": True, "colleague": colleague}
    return operations.raise_concern(case.subject, by=by, **said)


def who_sees(concern, people):
    return {user for user in people if Concern.objects.visible_to(user).filter(pk=concern.pk).exists()}


@pytest.mark.parametrize("role", Role)
def test_whoever_raises_it_only_leads_and_service_managers_see_or_count_it(case, staff, role):
    raiser = staff[Role.PRACTITIONER]
    AccessGrantFactory(subject=case.subject, user=raiser)
    concern, user = raised(case, by=raiser), staff[role]

    sees = role in HEARS
    assert (who_sees(concern, [user]) == {user}) == sees
    assert unacknowledged(user) == int(sees)
    assert bool(about(case.subject, user)) == sees


def test_the_colleague_it_is_about_never_sees_it_whatever_they_are(case, staff):
    accused = staff[Role.SAFEGUARDING_LEAD]
    concern = raised(case, by=staff[Role.DUTY_WORKER], colleague=accused)
    assert who_sees(concern, staff.values()) == {staff[Role.SERVICE_MANAGER]}
    assert (unacknowledged(accused), about(case.subject, accused)) == (0, [])
    # What an open concern opens to a lead of safeguarding, one about themselves does not.
    assert centres_with_role(accused, Role.SAFEGUARDING_LEAD) == [case.centre_id]
    assert not Case.objects.visible_to(accused).exists()
    assert not Referral.objects.visible_to(accused).exists()
    other = MembershipFactory(role=Role.SAFEGUARDING_LEAD, centre=case.centre).user
    assert Case.objects.visible_to(other).get() == case
    assert Referral.objects.visible_to(other).exists()


def test_to_whom_the_person_is_closed_it_is_closed_too(case, staff):
    lead = staff[Role.SAFEGUARDING_LEAD]
    ExclusionFactory(subject=case.subject, user=lead)
    concern = raised(case, by=staff[Role.DUTY_WORKER])
    assert who_sees(concern, staff.values()) == {staff[Role.SERVICE_MANAGER]}


@pytest.mark.parametrize("accused", [None, *sorted(HEARS)])
def test_at_every_step_only_they_have_a_letter(case, staff, accused):
    colleague = staff[accused] if accused else None
    concern = raised(case, by=staff[Role.PRACTITIONER], colleague=colleague)
    hear = {staff[role] for role in HEARS} - {colleague}
    for hours in (0, 1, 2, 3):
        with time_machine.travel(concern.raised_at + timedelta(hours=hours, seconds=1)):
            escalate_all(by="test")
        assert set(Message.objects.values_list("to", flat=True)) == {user.email for user in hear}
        Message.objects.all().delete()
    assert concern.alerts.count() == 4


def test_where_nobody_is_left_for_it_the_leads_of_the_national_centre_hear_and_see_it():
    case, national = CaseFactory(active=True), ServiceCentreFactory(national=True)
    there = {role: MembershipFactory(role=role, centre=national).user for role in Role}
    accused = MembershipFactory(role=Role.SERVICE_MANAGER, centre=case.centre).user
    manager = MembershipFactory(role=Role.TEAM_MANAGER, centre=case.centre).user
    AccessGrantFactory(subject=case.subject, user=there[Role.DUTY_WORKER])

    concern = raised(case, by=manager, colleague=accused)

    hear = {there[role] for role in HEARS}
    assert set(Message.objects.values_list("to", flat=True)) == {user.email for user in hear}
    assert who_sees(concern, [*there.values(), accused, manager]) == hear


def test_what_the_only_one_left_raises_herself_is_heard_by_others_and_seen_to_by_them():
    case, national = CaseFactory(active=True), ServiceCentreFactory(national=True)
    called_in = MembershipFactory(role=Role.SAFEGUARDING_LEAD, centre=national).user
    sole, accused = (MembershipFactory(role=role, centre=case.centre).user for role in sorted(HEARS))

    concern = raised(case, by=sole, colleague=accused)

    for hours in (0, 1, 2):
        with time_machine.travel(concern.raised_at + timedelta(hours=hours, seconds=1)):
            escalate_all(by="test")
        assert {*Message.objects.values_list("to", flat=True)} == {called_in.email}
        Message.objects.all().delete()
    with leaves_no_trace(), pytest.raises(operations.NotForThem):
        operations.acknowledge(concern, by=sole)
    assert [rules.may_acknowledge(user, concern) for user in (sole, called_in)] == [False, True]
    assert set(who_may_be_asked(concern)) == {sole, called_in}
    concern = operations.acknowledge(concern, by=called_in)
    given = {"owner": called_in, "due_on": timezone.localdate()}
    operations.set_action(concern, by=called_in, what="Ring the LADO.", **given)
    assert powers.follows(called_in, concern)


def test_who_is_left_hears_of_what_she_did_not_raise_and_she_who_raised_it_has_no_letter(case, staff):
    lead, other = staff[Role.SAFEGUARDING_LEAD], staff[Role.SERVICE_MANAGER]
    concern = raised(case, by=lead)
    assert {*Message.objects.values_list("to", flat=True)} == {other.email}
    assert [rules.may_acknowledge(user, concern) for user in (lead, other)] == [False, True]


@pytest.mark.parametrize("accused", sorted(HEARS))
def test_the_colleague_it_is_about_does_nothing_with_it_and_is_given_nothing_to_do(case, staff, accused):
    [other] = HEARS - {accused}
    accused, other = staff[accused], staff[other]
    concern = raised(case, by=staff[Role.PRACTITIONER], colleague=accused)
    with leaves_no_trace(), pytest.raises(operations.NotForThem):
        operations.acknowledge(concern, by=accused)
    concern = operations.acknowledge(concern, by=other)
    due = timezone.localdate()
    for owner in (accused, staff[Role.TEAM_MANAGER]):
        with leaves_no_trace(), pytest.raises(operations.ClosedToThem):
            operations.set_action(concern, by=other, what="Ring.", owner=owner, due_on=due)
    action = operations.set_action(concern, by=other, what="Ring.", owner=other, due_on=due)
    for act in (
        lambda: operations.finish_action(action, by=accused, came_to="done"),
        lambda: operations.close(concern, by=accused, outcome="All is well."),
    ):
        with leaves_no_trace(), pytest.raises(operations.NotForThem):
            act()


def test_it_holds_up_nobody_who_must_not_know_of_it(case, staff):
    raised(case, by=staff[Role.PRACTITIONER])
    assert not has_open(case.subject_id)
    ConcernFactory(subject=case.subject)
    assert has_open(case.subject_id)


def test_nobody_else_is_given_something_to_do_about_it(case, staff):
    AssignmentFactory(case=case, user=staff[Role.PRACTITIONER])
    concern = raised(case, by=staff[Role.PRACTITIONER], colleague=staff[Role.SERVICE_MANAGER])
    assert set(who_may_be_asked(concern)) == {staff[Role.SAFEGUARDING_LEAD]}


# Pages


def pages(case):
    of_the_case = [reverse(f"cases:{name}", args=[case.reference]) for name in ("case", "reviews", "raise_concern")]
    return [*of_the_case, reverse("triage:referral", args=[case.reference]), reverse("home"), "/concerns/"]


def test_no_page_of_anybody_else_tells_of_it(client, sign_in, case):
    lead = AssignmentFactory(case=case, user=sign_in(Role.PRACTITIONER, at=case.centre)).user
    accused = MembershipFactory(role=Role.TEAM_MANAGER, centre=case.centre).user
    concern = raised(case, by=lead, colleague=accused, severity="high")
    for role in (Role.PRACTITIONER, Role.TEAM_MANAGER, Role.DUTY_WORKER):
        user = sign_in(role, at=case.centre)
        AccessGrantFactory(subject=case.subject, user=user)
        read = [client.get(page) for page in pages(case)]
        assert 200 in {answer.status_code for answer in read}
        for answer in read:
            assert "Canary-7731" not in answer.text
            assert str(concern.key) not in answer.text
        assert client.get(concern.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("route", ["cases:raise_about_colleague", "triage:raise_about_colleague"])
def test_it_is_raised_by_a_form_of_its_own_behind_a_link(client, sign_in, case, route):
    user = sign_in(Role.TEAM_MANAGER, at=case.centre)
    accused = MembershipFactory(role=Role.PRACTITIONER, centre=case.centre).user
    address = reverse(route, args=[case.reference])
    assert address in client.get(reverse(route.replace("about_colleague", "concern"), args=[case.reference])).text
    offered = set(client.get(address).context["form"].fields["colleague"].queryset)
    assert (accused in offered, user in offered) == (True, False)

    answers = {"severity": "high", "what": CANARY, "colleague": accused.pk}
    page = client.post(address, answers, follow=True)

    concern = Concern.objects.get()
    assert (concern.about_colleague, concern.colleague, concern.raised_by) == (True, accused, user)
    assert "Only the safeguarding leads and the service managers" in page.text
    assert "Canary-7731" not in page.text
    assert concern.raised_at <= timezone.now()


def test_who_follows_it_reads_whom_it_is_about(client, sign_in, case):
    accused = MembershipFactory(role=Role.PRACTITIONER, centre=case.centre).user
    concern = raised(case, by=accused, colleague=accused)
    sign_in(Role.SAFEGUARDING_LEAD, at=case.centre)
    page = client.get(concern.get_absolute_url()).text
    assert "Canary-7731" in page
    assert f"About a colleague: {accused.full_name}." in page
    assert "About a colleague" in client.get("/concerns/").text
