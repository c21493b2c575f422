"""Every letter is listed for its person, and for their manager: never what it says."""

import pytest
from django.conf import settings
from django.urls import reverse

from accounts.enums import Role
from cases import operations as cases
from cases.enums import AssignmentKind
from outbox import relay
from outbox.models import Message
from outbox.operations import owe
from reminders import presenting
from tests.cases.ladder import is_refused, is_sent_to_sign_in
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.cases import CaseFactory

pytestmark = pytest.mark.django_db

LETTERS = reverse("reminders:letters")


def write(person, template, number=1, **more):
    owe(template, key=f"{template}:{person.pk}:{number}", to=person.email, language="en-gb", **more)


def rows(client, **whose):
    return [(row["what"], bool(row["sent"])) for row in client.get(LETTERS, whose).context["rows"]]


def test_i_see_what_was_written_to_me_and_whether_it_left(client, sign_in):
    user = sign_in(Role.PRACTITIONER)
    write(user, "reminders", counts={"all": 3})
    relay.pay()
    write(user, "danger", reference="PR-2345-67")
    write(UserFactory(), "reminders")
    assert rows(client) == [("Danger now", False), ("How much is due", True)]
    assert "PR-2345-67" not in client.get(LETTERS).text


def test_mine_lead_where_they_led_and_a_colleagues_do_not(client, sign_in):
    mine = sign_in(Role.PRACTITIONER)
    write(mine, "allocated", path="/cases/PR-2345-67/")
    assert [row["url"] for row in client.get(LETTERS).context["rows"]] == ["/cases/PR-2345-67/"]
    sign_in(Role.TEAM_MANAGER, at=mine.memberships.get().centre)
    assert "PR-2345-67" not in client.get(LETTERS, {"who": mine.pk}).text


def test_each_letter_that_staff_may_get_is_called_what_it_is():
    written = {path.stem for path in (settings.BASE_DIR / "templates" / "outbox").glob("[!_]*.txt")}
    to_referrers = {"one-time-code", *(name for name in written if name.startswith("referral-"))}
    assert set(presenting.LETTERS) == written - to_referrers


def test_a_manager_sees_those_of_a_colleague_but_not_how_they_sign_in(client, sign_in):
    colleague = MembershipFactory(role=Role.PRACTITIONER)
    write(colleague.user, "reminders")
    write(colleague.user, "staff-password-reset")
    sign_in(Role.TEAM_MANAGER, at=colleague.centre)
    assert rows(client, who=colleague.user.pk) == [("How much is due", False)]
    assert client.get(LETTERS, {"who": MembershipFactory().user.pk}).status_code == 404
    sign_in(Role.PRACTITIONER, at=colleague.centre)
    is_refused(client, [("another's", "get", f"{LETTERS}?who={colleague.user.pk}")])


APART = [Role.SAFEGUARDING_LEAD, Role.SERVICE_MANAGER]


@pytest.mark.parametrize("role", [Role.PRACTITIONER, *APART])
def test_nobody_else_learns_that_they_were_written_to_of_a_concern_it_may_be_about_the_one_who_reads(
    client, sign_in, role
):
    colleague = MembershipFactory(role=role, user__with_factor=True)
    write(colleague.user, "concern", counts={"high": 1, "step": 0})
    write(colleague.user, "allocated", reference="PR-2345-67")
    sign_in(Role.SERVICE_MANAGER, at=colleague.centre)
    assert rows(client, who=colleague.user.pk) == [("A case is given to you", False)]
    client.force_login(colleague.user)
    assert len(rows(client)) == 2


@pytest.mark.parametrize("role", APART)
def test_when_those_who_hear_of_colleagues_are_written_to_is_not_for_a_team_manager(client, sign_in, role):
    colleague = MembershipFactory(role=role)
    sign_in(Role.TEAM_MANAGER, at=colleague.centre)
    page = f"{LETTERS}?who={colleague.user.pk}"
    is_refused(client, [("theirs", "get", page)])
    team = reverse("reminders:team")
    assert page not in client.get(team, {"who": colleague.user.pk}).text
    another = MembershipFactory(role=Role.PRACTITIONER, centre=colleague.centre).user
    assert f"{LETTERS}?who={another.pk}" in client.get(team, {"who": another.pk}).text


def test_a_stranger_is_sent_to_sign_in(client):
    is_sent_to_sign_in(client, [("letters", "get", LETTERS)])


@pytest.mark.parametrize("count", [1, 3])
def test_it_asks_as_often_for_three_as_for_one(client, sign_in, count, django_assert_num_queries):
    user = sign_in(Role.PRACTITIONER)
    for number in range(count):
        write(user, "reminders", number)
    client.get(LETTERS)
    with django_assert_num_queries(OF_LETTERS):
        assert len(rows(client)) == count


OF_LETTERS = 9


def test_whoever_is_given_a_case_has_a_letter_at_once_without_a_name():
    case = CaseFactory(active=True)
    lead, alongside, manager = (MembershipFactory(centre=case.centre, role=Role.PRACTITIONER).user for _ in range(3))
    cases.assign(case, to=lead, kind=AssignmentKind.LEAD, by=manager)
    cases.assign(case, to=alongside, kind=AssignmentKind.CO_WORKER, by=manager)
    [message] = Message.objects.all()
    assert (message.template, message.to, message.reference) == ("allocated", lead.email, case.reference)
    cases.reassign(case, to=manager, by=manager, because="Moves away.", handover="Ask before you ring.")
    assert Message.objects.count() == 1


def test_and_says_nothing_but_its_reference(mailoutbox):
    case = CaseFactory(active=True)
    lead = MembershipFactory(centre=case.centre, role=Role.PRACTITIONER).user
    cases.assign(case, to=lead, kind=AssignmentKind.LEAD, by=UserFactory())
    relay.pay()
    [letter] = mailoutbox
    assert letter.subject == f"Case {case.reference} is with you"
    assert case.get_absolute_url() in letter.body
    assert case.young_person.last_name not in letter.body
