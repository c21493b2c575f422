"""A young person is missing, as the floor of sessions sees it: on their own side everywhere, on the other nowhere."""

import pytest
from django.urls import reverse

from accounts.enums import Role
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.carers import CarerStrandFactory
from tests.factories.missing import MissingEpisodeFactory

pytestmark = pytest.mark.django_db


def test_whoever_works_with_a_parent_reads_nothing_of_it(client, case):
    mine = UserFactory(with_factor=True)
    MembershipFactory(user=mine, role=Role.PRACTITIONER, centre=case.centre)
    strand = CarerStrandFactory(case=case, active=True, practitioner=mine)
    client.force_login(mine)
    names = ["strand", "carer_sessions", "carer_consent", "carer_shared", "carer_contacts", "log_contact", "carer_note"]
    urls = [reverse(f"sessions:{name}", kwargs={"key": strand.key}) for name in names]
    urls += [reverse("home"), reverse("sessions:strands"), reverse("cases:caseload"), reverse("sessions:diary")]
    MissingEpisodeFactory(case=case, told_us_by="Her aunt", last_seen="At the bus stop.")
    pages = [client.get(url) for url in urls]
    assert {page.status_code for page in pages} == {200}
    assert [page for page in pages for words in ("Missing since", "issing/", "bus stop") if words in page.text] == []


def test_whoever_works_with_them_reads_it_on_every_page_of_their_sessions(client, practitioner, case, at):
    MissingEpisodeFactory(case=case)
    names = ["sessions", "log", "plan", "signposts", "feedback", "parents"]
    assert [name for name in names if "Missing since" not in client.get(at(name, case)).text] == []
