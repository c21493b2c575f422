"""What people, pastes and machines put into the pages of a session: an answer for people, never a failure."""

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from sessions.forms.recording import SessionForm
from sessions.forms.remote import RemoteAgreementForm, RemoteStartForm
from tests.factories.consent import ConsentEventFactory
from tests.factories.plans import SupportPlanFactory
from tests.factories.sessions import AwarenessTopicFactory, SupportSessionFactory
from tests.figures import figure
from tests.referrals.public.corpus import ODD, REFUSED
from tests.sessions.writing import SAFE, ago, agreed_today, typed

pytestmark = pytest.mark.django_db

ANSWERS = {200, 302, 400, 409, 410}
DAYS = ["on", "next_on", "agreed_on"]
DAYS = [f"{name}_{part}" for name in DAYS for part in ("day", "month", "year")]
FORMS = {
    "log": SessionForm,
    "record": SessionForm,
    "start_remote": RemoteStartForm,
    "remote_agreement": RemoteAgreementForm,
}
VALID = {"log": typed, "record": typed, "start_remote": lambda: SAFE, "remote_agreement": agreed_today}
# Answers that a form knows, so that what is generated also gets past the first question.
KNOWN = [
    "",
    "0",
    "1",
    "-5",
    "1500",
    "not_held",
    "attended_part",
    "was_not_brought",
    "not_safe_to_go_ahead",
    "therapeutic",
]
KNOWN += ["therapeutic", "bespoke_intervention", "awareness_raising", "video", "letter_or_worksheet", "worse", "high"]
KNOWN += [
    "another_day",
    "in_a_week",
    "01:30",
    "31",
    "12",
    "2026",
    "9999",
    "wider_issues",
    "not_safe",
    "not_now",
    "reached",
    "yes",
]


@pytest.fixture
def address(case, at):
    ConsentEventFactory(case=case, at=case.opened_at)
    SupportPlanFactory(case=case, active=True)
    AwarenessTopicFactory()
    planned = SupportSessionFactory(case=case, mode="phone", planned_at=ago(hours=3)).pk
    return lambda name: at(name, case, *([planned] if name in ("record", "start_remote") else []))


def send(client, url, sent, **options):
    """In a world of its own: somebody's form may have been valid."""
    with transaction.atomic():
        status = client.post(url, sent, **options).status_code
        transaction.set_rollback(True)
    return status


def names(name):
    return [field for field in FORMS[name].base_fields if f"{field}_day" not in DAYS] + DAYS


@pytest.mark.parametrize("name", ["log", "start_remote", "remote_agreement"])
def test_no_text_breaks_a_form(client, practitioner, address, name):
    url, answered = address(name), {}
    for text in (text.encode(errors="replace").decode() for text in ODD + REFUSED):
        in_words = dict.fromkeys(["what_we_did", "worries", "present", "risks", "where", "at_time", "minutes"], text)
        everywhere = dict.fromkeys(names(name), text)
        answered[text[:20]] = send(client, url, everywhere if name != "log" else VALID[name]() | in_words)
    assert {text: status for text, status in answered.items() if status not in ANSWERS} == {}


@pytest.mark.parametrize("is_autosave", [True, False])
@pytest.mark.parametrize("name", FORMS)
@given(data=st.data())
@hypothesis(max_examples=figure(10, 200))
def test_no_combination_of_answers_breaks_a_form(client, practitioner, address, name, is_autosave, data):
    value = st.sampled_from(KNOWN) | st.text(max_size=20)
    changes = st.fixed_dictionaries({}, optional=dict.fromkeys(names(name), st.lists(value, max_size=2)))
    changed = {
        field: [text.encode(errors="replace").decode() for text in texts] for field, texts in data.draw(changes).items()
    }
    options = {"headers": {"X-Autosave": "1"}} if is_autosave else {}
    assert send(client, address(name), VALID[name]() | changed, **options) in ANSWERS
