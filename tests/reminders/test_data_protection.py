"""Row 14: who protects data hears that somebody was not told what we hold, by its reference alone; no case opens.

When they hear of it: test_casework.
"""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from cases.models import Case
from reminders import my_work, operations
from reminders.enums import Whom
from reminders.models import Reminder
from reminders.people import Listeners
from reminders.sources.places import of_case
from tests.factories.accounts import MembershipFactory
from tests.factories.cases import CaseFactory
from tests.factories.consent import PrivacyInformationFactory
from tests.factories.people import ExclusionFactory
from tests.factories.reminders import ReminderFactory

pytestmark = pytest.mark.django_db

WORDS = "They were not told yet what we hold about them. Ask the manager of the centre."


@pytest.fixture
def case():
    return CaseFactory()


@pytest.fixture
def officer(case, sign_in):
    return sign_in(Role.DATA_PROTECTION, at=case.centre)


def hears(person, case, **more):
    of = {"kind": "privacy", "stage": "escalated", "review": None, "due_on": timezone.localdate()} | more
    return ReminderFactory(case=case, person=person, **of)


def lines(person):
    return my_work.of(person, today=timezone.localdate())


def test_they_read_the_reference_and_whom_to_ask_and_nothing_leads_to_the_case(client, officer, case):
    hears(officer, case)
    for address in (reverse("reminders:my_work"), reverse("home")):
        page = client.get(address)
        [line] = page.context["due"]
        assert (line["reference"], line["what"], line["who"], line["url"]) == (case.reference, WORDS, "", "")
        assert case.get_absolute_url() not in page.text
        assert case.young_person.last_name not in page.text
    assert client.get(case.get_absolute_url()).status_code == 404
    assert not Case.objects.visible_to(officer).exists()


def test_their_letter_counts_it_until_somebody_has_told_them(officer, case):
    hears(officer, case)
    assert operations.send_digest(officer.pk, by="test", on=timezone.localdate())
    PrivacyInformationFactory(case=case)
    assert lines(officer) == []


@pytest.mark.parametrize("why", ["elsewhere", "kept out", "restricted", "role is over", "another kind", "another's"])
def test_nobody_reads_it_without_the_role_at_that_centre_or_where_the_person_is_closed_to_them(officer, case, why):
    reminder = hears(officer, case)
    assert len(lines(officer)) == 1
    if why == "elsewhere":
        reminder = hears(MembershipFactory(role=Role.DATA_PROTECTION).user, case)
    elif why == "kept out":
        ExclusionFactory(subject=case.subject, user=officer)
    elif why == "restricted":
        type(case.subject).objects.update(is_restricted=True)
    elif why == "role is over":
        officer.memberships.update(until_on=timezone.localdate())
    elif why == "another kind":
        reminder = hears(officer, case, kind="consent")
    else:
        reminder = hears(MembershipFactory(role=Role.CENTRE_ADMIN, centre=case.centre).user, case)
    person = type(officer).objects.get(pk=reminder.person_id)
    assert reminder.pk not in {line["pk"] for line in lines(person)}
    assert not Reminder.objects.visible_to(person).filter(pk=reminder.pk).exists()


def test_who_may_open_the_case_too_has_the_line_that_leads_there(officer, case):
    MembershipFactory(user=officer, role=Role.TEAM_MANAGER, centre=case.centre)
    hears(officer, case)
    hears(officer, case, stage="late")
    officer = type(officer).objects.get(pk=officer.pk)
    [line] = lines(officer)
    assert line["url"] == reverse("cases:consent", args=[case.reference])


def test_where_nobody_protects_data_nobody_hears_in_their_place(case):
    MembershipFactory(role=Role.TEAM_MANAGER, centre=case.centre)
    place = of_case(case)
    assert Listeners({place}).of(place, Whom.DATA_PROTECTION) == set()
