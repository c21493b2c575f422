"""What people, pastes and machines put into the forms of a plan: an answer for people, never a failure."""

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from tests.factories.cases import CaseFactory
from tests.factories.plans import SafetyPlanFactory, SupportPlanFactory
from tests.figures import figure
from tests.referrals.public.corpus import ODD, REFUSED

pytestmark = pytest.mark.django_db

ANSWERS = {200, 302, 400, 409}
DAY = ("day", "month", "year")
STEP = ["steps-0-what", "steps-0-who", "steps-0-whose_name", "steps-0-pk", *(f"steps-0-due_on_{part}" for part in DAY)]
RATED = ["voice", "occasion", *(f"rated_on_{part}" for part in DAY)]
FORMS = {
    "write_plan": ["seen", "what_matters", "working_together", "information_sharing", "good_ending"],
    "add_goal": ["seen", "own_words", "why_it_matters", "practitioner_wording", "target", "add", "remove", *STEP],
    "agree_plan": [
        "seen", "participation", "participation_reason", "agreement", "agreement_reason", "copy_is_safe",
        *(f"agreed_on_{part}" for part in DAY),
    ],
    "rate_goals": ["goal", *RATED],
    "scales": ["wellbeing", "resilience", "safety", *RATED],
    "step": ["status", "note"],
    "plan_copy": ["copy_is_safe", *(f"copy_given_on_{part}" for part in DAY)],
    "end_plan": ["status", "because", *(f"on_{part}" for part in DAY)],
    "write_safety_plan": [
        "seen", "adults_do", "warning_signs", "code_word", "triggers_for_review", "copy_kept", "why_changed",
        *(f"look_again_on_{part}" for part in DAY),
    ],
}  # fmt: skip
# Answers that a form knows, so that what is generated also gets past the first question.
KNOWN = ["", "0", "1", "5", "yes", "co_wrote", "agreed", "not_agreed", "young_person", "start", "done", "completed"]
KNOWN += ["move", "none", "steps", "steps-0", "11", "2026"]


@pytest.fixture
def case():
    return CaseFactory(planning=True)


@pytest.fixture
def address(case, at):
    """The address of a form, and the names of its fields."""
    used = SupportPlanFactory(case=case, active=True, copy_is_safe="yes")
    written, goal = SupportPlanFactory(case=case, with_goal=True), used.goals.get()
    SafetyPlanFactory(case=case)
    rows = dict.fromkeys(["write_plan", "add_goal", "agree_plan"], written.pk) | {"step": goal.steps.get().pk}
    rows |= dict.fromkeys(["rate_goals", "plan_copy", "end_plan"], used.pk)

    def of(name):
        fields = [f"goal_{goal.pk}" if field == "goal" else field for field in FORMS[name]]
        return at(name, case, *([rows[name]] if name in rows else [])), fields

    return of


def send(client, url, typed):
    """In a world of its own: somebody's form may have been valid."""
    with transaction.atomic():
        status = client.post(url, typed).status_code
        transaction.set_rollback(True)
    return status


@pytest.mark.parametrize("name", FORMS)
def test_no_text_breaks_a_form(client, practitioner, address, name):
    url, fields = address(name)
    texts = [text.encode(errors="replace").decode() for text in ODD + REFUSED]
    answered = {text[:20]: send(client, url, dict.fromkeys(fields, text)) for text in texts}
    assert {text: status for text, status in answered.items() if status not in ANSWERS} == {}


@pytest.mark.parametrize("name", FORMS)
@given(data=st.data())
@hypothesis(max_examples=figure(8, 200))
def test_no_combination_of_answers_breaks_a_form(client, practitioner, address, name, data):
    url, fields = address(name)
    value = st.sampled_from(KNOWN) | st.text(max_size=40)
    typed = data.draw(st.fixed_dictionaries({}, optional=dict.fromkeys(fields, st.lists(value, max_size=2))))
    typed = {field: [text.encode(errors="replace").decode() for text in texts] for field, texts in typed.items()}
    assert send(client, url, typed) in ANSWERS
