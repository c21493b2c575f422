"""What people, pastes and machines put into the forms of this side, and beside the sessions: never a failure."""

import pytest
from django.db import transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from accounts.enums import Role
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.carers import CarerAssessmentFactory, CarerSessionFactory, CarerStrandFactory
from tests.factories.cases import AssignmentFactory
from tests.factories.signposts import ResourceFactory
from tests.figures import DEEP, figure
from tests.referrals.public.corpus import ODD, REFUSED

pytestmark = pytest.mark.django_db

ANSWERS = {200, 302, 400, 409}
THEIRS = ["log_contact", "plan_contact", "record_contact", "move_contact", "cancel_contact", "record_carer_consent"]
THEIRS += [
    "carer_task",
    "carer_share",
    "end_strand",
    "write_carer_assessment",
    "carer_answer",
    "carer_not_safe",
    "carer_worry",
]
BESIDE = ["signpost", "ask_feedback", "add_carer"]
LONGEST = THEIRS if DEEP else ["log_contact", "record_carer_consent", "write_carer_assessment"]
KNOWN = ["", "0", "1", "5", "45", "yes", "no", "given", "other", "attended", "not_held", "worse", "direct_session"]
KNOWN += ["9:30", "2026", "11", "in_person_centre", "young_person", "settling_in", "told_us", "mother"]


@pytest.fixture
def send(client, case):
    """Post to a form of this name as who works there, in a world of its own; with the names of its fields."""
    works_there = UserFactory(with_factor=True)
    MembershipFactory(user=works_there, role=Role.PRACTITIONER, centre=case.centre)
    strand = CarerStrandFactory(active=True, practitioner=works_there)
    MembershipFactory(user=works_there, role=Role.PRACTITIONER, centre=strand.case.centre)
    AssignmentFactory(case=case, user=works_there)
    ResourceFactory(centre=case.centre)
    CarerAssessmentFactory(strand=strand)
    rows = dict.fromkeys(["record_contact", "move_contact", "cancel_contact"], CarerSessionFactory(strand=strand).pk)
    rows["write_carer_assessment"] = 1
    client.force_login(works_there)

    fields = {}

    def sent(name, fill):
        args = [case.reference] if name in BESIDE else [strand.key, *([rows[name]] if name in rows else [])]
        url = reverse(f"sessions:{name}", args=args)
        if name not in fields:
            fields[name] = list(client.get(url).context["form"].input_names())
        with transaction.atomic():
            status = client.post(url, fill(fields[name])).status_code
            transaction.set_rollback(True)
        return status

    return sent


@pytest.mark.parametrize("name", [*LONGEST, *BESIDE])
def test_no_text_breaks_a_form(send, name):
    texts = [text.encode(errors="replace").decode() for text in ODD + REFUSED]
    answered = {text[:20]: send(name, lambda fields, text=text: dict.fromkeys(fields, text)) for text in texts}
    assert {text: status for text, status in answered.items() if status not in ANSWERS} == {}


@pytest.mark.parametrize("name", [*THEIRS, *BESIDE])
@given(data=st.data())
@hypothesis(max_examples=figure(3, 200))
def test_no_combination_of_answers_breaks_a_form(send, name, data):
    value = st.sampled_from(KNOWN) | st.text(max_size=30)

    def fill(fields):
        typed = data.draw(st.fixed_dictionaries({}, optional=dict.fromkeys(fields, st.lists(value, max_size=2))))
        return {field: [text.encode(errors="replace").decode() for text in texts] for field, texts in typed.items()}

    assert send(name, fill) in ANSWERS
