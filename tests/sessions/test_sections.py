"""Every page below a case, or below the support of a parent or carer, leads back to the tab that it belongs to."""

import pytest
from django.urls import reverse

from accounts.enums import Role
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.carers import CarerSessionFactory, CarerStrandFactory
from tests.factories.sessions import SupportSessionFactory
from tests.sessions.carer_hands import at as at_strand

pytestmark = pytest.mark.django_db
BELOW = {
    "cases:scales": "Plan",
    "cases:golden_thread": "Plan",
    "cases:supervision": "Working with others",
    "cases:add_contact": "People",
    "cases:note": "",
    "sessions:plan": "Sessions",
    "sessions:log": "Sessions",
    "sessions:signposts": "Sessions",
    "sessions:ask_feedback": "Sessions",
    "sessions:add_carer": "Parents and carers",
}


def leads(client, address):
    """Which tab is marked below itself, and where the way back leads in words."""
    page = client.get(address)
    assert page.status_code == 200, address
    held = [tab["label"] for tab in page.context["tabs"] if tab["holds_current"]]
    return held, page.context["back"]["label"]


def test_a_page_below_a_case_leads_back_to_its_tab(client, practitioner, case):
    for name, tab in BELOW.items():
        held, back = leads(client, reverse(name, args=[case.reference]))
        assert (held, back) == ([tab or "Timeline"], tab or case.reference)
    assert leads(client, SupportSessionFactory(case=case).get_absolute_url()) == (["Sessions"], "Sessions")


def test_an_act_on_a_session_leads_back_to_that_session(client, practitioner, case, at):
    session = SupportSessionFactory(case=case, signed=True)
    assert leads(client, at("add", case, session.pk)) == (["Sessions"], "This session")


def test_the_page_of_a_tab_says_that_it_is_this_page_and_leads_back_to_all_cases(client, practitioner, case, at):
    page = client.get(at("sessions", case))
    assert page.context["back"]["label"] == "All cases"
    assert page.text.count('aria-current="page">Sessions') == 1
    below = client.get(SupportSessionFactory(case=case).get_absolute_url())
    assert 'aria-current="true">Sessions' in below.text


def test_a_page_below_the_support_of_a_carer_leads_back_to_its_tab(client, case):
    mine = UserFactory(with_factor=True)
    MembershipFactory(user=mine, role=Role.PRACTITIONER, centre=case.centre)
    strand = CarerStrandFactory(case=case, active=True, practitioner=mine)
    client.force_login(mine)
    contact = CarerSessionFactory(strand=strand)
    assert leads(client, at_strand("carer_session", strand, contact.pk)) == (["Contacts"], "Contacts")
    assert leads(client, at_strand("carer_note", strand)) == (["Story"], case.reference)
    assert leads(client, at_strand("strand", strand)) == ([], "All parents and carers")
