"""My plan on paper: their words under a neutral title, and nothing that says whose it is or who we are."""

import io
import time

import pytest
from django.utils import translation
from pypdf import PdfReader

from audit.models import AuditEvent
from cases import paper, plans_visible
from tests.factories.cases import CaseFactory
from tests.factories.plans import GoalRatingFactory, SupportPlanFactory

pytestmark = pytest.mark.django_db

TYPED = '#evil $x$ *b* #read("/etc/passwd") @cite <label> `code` // no comment \\ [b] = head'


@pytest.fixture
def case():
    return CaseFactory(active=True)


@pytest.fixture
def plan(case):
    return SupportPlanFactory(case=case, active=True, copy_is_safe="yes", good_ending="I sleep well.")


def of_page(plan):
    return plans_visible.version(plan.case, plan.pk)


def read(response):
    return PdfReader(io.BytesIO(response.content))


def words_of(pdf):
    return " ".join(" ".join(page.extract_text() for page in pdf.pages).split())


@pytest.mark.requirement("R-nat-36", part="my plan")
def test_it_holds_their_words_and_childline(client, practitioner, case, plan, at):
    GoalRatingFactory(goal=plan.goals.get(), value=4)
    words = words_of(read(client.get(at("my_plan", case, plan.pk))))
    for said in (
        "My plan", "My dog, and seeing Nan.", "I want to sleep without my phone on.", "Try the app", "I said: 4 of 10.",
        "Text before you ring.", "I sleep well.", "Childline, 0800 1111",
    ):  # fmt: skip
        assert said in words


def test_nothing_on_it_says_whose_it_is_or_who_we_are(client, practitioner, case, plan, at):
    answer = client.get(at("my_plan", case, plan.pk))
    pdf = read(answer)
    metadata = " ".join(map(str, pdf.metadata.values()))
    told = words_of(pdf) + metadata
    for word in ("Protect", "Respect", "NSPCC", "Sam", "Example", case.reference, practitioner.full_name, "Case"):
        assert word not in told, word
    assert pdf.metadata.title == "My plan"
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{case.reference}-plan.pdf"'
    assert answer.headers["Cache-Control"] == "no-store"


def test_what_others_put_into_words_stays_off_it(client, practitioner, case, at):
    plan = SupportPlanFactory(case=case, active=True, copy_is_safe="yes", information_sharing="School hears of it.")
    words = words_of(read(client.get(at("my_plan", case, plan.pk))))
    assert "School hears of it." not in words
    assert "rest from messages at night" not in words


def test_it_is_tagged_and_says_its_language_and_title(client, practitioner, case, plan, at):
    root = read(client.get(at("my_plan", case, plan.pk))).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]


def test_who_prefers_welsh_has_it_in_welsh(client, practitioner, case, plan, at):
    case.young_person.preferred_language = "cy"
    case.young_person.save()
    pdf = read(client.get(at("my_plan", case, plan.pk)))
    assert pdf.trailer["/Root"]["/Lang"] == "cy-GB"
    assert pdf.metadata.title == "Fy nghynllun"
    with translation.override("cy"):
        assert "Childline" in paper.sheet(of_page(plan))["help"]


def test_what_was_typed_is_text_and_never_markup(client, practitioner, case, at):
    plan = SupportPlanFactory(case=case, active=True, copy_is_safe="yes", what_matters=TYPED)
    assert TYPED in words_of(read(client.get(at("my_plan", case, plan.pk))))


def test_a_letter_that_no_font_has_refuses_nobody_their_plan(client, practitioner, case, at):
    plan = SupportPlanFactory(case=case, active=True, copy_is_safe="yes", what_matters="李小龍 😀 שָׁלוֹם")
    assert read(client.get(at("my_plan", case, plan.pk))).trailer["/Root"]["/StructTreeRoot"]


@pytest.mark.parametrize("safe", ["no", "not_asked"])
def test_where_it_is_not_safe_none_is_made_and_the_page_says_why(client, practitioner, case, plan, at, safe):
    client.post(at("plan_copy", case, plan.pk), {"copy_is_safe": safe})
    page = client.get(at("plan", case))
    assert "my_plan" not in page.context["may"]
    assert ("They can read it with you." in page.text) == (safe == "no")
    answer = client.get(at("my_plan", case, plan.pk), follow=True)
    assert "No copy is made" in answer.text
    assert not AuditEvent.objects.filter(verb="plan.printed").exists()


def test_what_is_not_agreed_yet_is_not_printed(client, practitioner, case, at):
    plan = SupportPlanFactory(case=case, copy_is_safe="yes", with_goal=True)
    assert client.get(at("my_plan", case, plan.pk)).status_code == 302


def test_to_print_it_is_on_the_trail(client, practitioner, case, plan, at):
    client.get(at("my_plan", case, plan.pk))
    printed = AuditEvent.objects.get(verb="plan.printed")
    assert (printed.subject_id, printed.facts) == (str(case.pk), {"plan": plan.pk})


def test_it_is_set_while_somebody_waits(case, plan):
    """performance.md asks for 100 ms, warm; a machine that runs other tests too is given ten times that."""
    found = of_page(plan)
    paper.my_plan(case, found)
    begun = time.perf_counter()
    paper.my_plan(case, found)
    assert time.perf_counter() - begun < 1
