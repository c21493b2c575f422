"""Assessments through their pages: written part by part, kept as it is typed, signed, compared."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.models import AuditEvent
from cases import assessing, operations
from cases.enums import AssessmentKind, CaseStatus, TaskKind
from cases.forms.assessment_acts import MeasureForm
from cases.forms.assessments import FORMS
from cases.models import Assessment, ExternalMeasure, Task
from tests.cases.saving import shown
from tests.factories.accounts import MembershipFactory
from tests.factories.assessments import (
    AddendumFactory,
    AssessmentFactory,
    ExternalScoreFactory,
    MarkFactory,
    ReflectiveCommentFactory,
    StrengthFactory,
    WorryFactory,
    a_case_that_may_include_the_parents,
    signed_assessment,
)
from tests.figures import figure

pytestmark = pytest.mark.django_db

STRENGTH = {"strengths-0-words": "Draws.", "strengths-0-voice": "young_person", "strengths-0-domain": ""}


@pytest.fixture
def draft(case):
    return AssessmentFactory(case=case)


@pytest.fixture
def part(at, draft):
    """The address of a part of the draft."""
    return lambda slug: at("assessment_part", draft.case, draft.version, slug)


def seen(draft, slug):
    return {"seen": shown(Assessment.objects.get(pk=draft.pk), slug)}


# Begun


def test_it_is_begun_and_the_first_page_asks_what_matters(client, practitioner, case, at):
    response = client.post(at("start_assessment", case), {"kind": "child_needs"})
    assert response.url == at("assessment_part", case, 1, "what-matters")
    page = client.get(response.url)
    assert list(page.context["form"].fields)[0] == "what_matters"
    case.refresh_from_db()
    assert case.status == CaseStatus.ASSESSING


@pytest.mark.requirement("R-nat-24")
def test_what_matters_is_the_first_block_of_what_is_written_and_of_what_is_read(client, practitioner, case, at):
    done = signed_assessment(case=case)
    first, *_others = assessing.PARTS
    page = client.get(at("assessment", case, done.version))
    assert (first.slug, page.context["parts"][0]["rows"][0]["value"]) == ("what-matters", done.what_matters)
    assert page.text.index("What is strong") < page.text.index("Worries")


def test_the_parents_are_on_offer_only_where_the_centre_has_it(client, stand_before, practitioner, case, at):
    page = client.get(at("start_assessment", case))
    assert [value for value, _label in page.context["form"].fields["kind"].choices] == ["child_needs"]
    case.offer.combined_parent_assessment = True
    case.offer.save()
    page = client.get(at("start_assessment", case))
    offered = [value for value, _label in page.context["form"].fields["kind"].choices]
    assert offered == ["child_needs", "child_and_parent_needs"]
    assert client.post(at("start_assessment", case), {"kind": "update"}).context["form"].errors


# Written


def test_a_part_is_saved_and_leads_to_the_next(client, practitioner, draft, part):
    response = client.post(part("strengths"), STRENGTH | seen(draft, "strengths"))
    assert response.url == part("worries")
    assert draft.strengths.get().words == "Draws."


def test_it_is_put_aside_and_found_again(client, practitioner, draft, part, at):
    answers = {"what_matters": "My dog.", "how_done": "", "later": "later"} | seen(draft, "what-matters")
    assert client.post(part("what-matters"), answers).url == at("assessments", draft.case)
    assert client.get(part("what-matters")).context["form"]["what_matters"].value() == "My dog."
    tasks = client.get(at("assessments", draft.case)).context["tasks"]
    assert tasks[0]["status"] == "Needed to sign"


def test_what_is_not_complete_is_kept_and_said(client, practitioner, draft, part):
    answers = {"strengths-0-words": "Draws."} | seen(draft, "strengths")
    page = client.post(part("strengths"), answers)
    assert page.status_code == 200
    assert "Say whose view it is." in page.text
    assert draft.strengths.get().words == "Draws."


def test_too_many_words_are_kept_and_said(client, practitioner, draft, part):
    answers = {"what_matters": "x" * 7000} | seen(draft, "what-matters")
    page = client.post(part("what-matters"), answers)
    assert list(page.context["form"].errors) == ["what_matters"]
    draft.refresh_from_db()
    assert len(draft.what_matters) == 7000


@pytest.mark.parametrize("typed", ["11", "-1", "three", "4.5"])
def test_a_mark_that_cannot_be_read_is_said_and_the_others_are_kept(client, practitioner, draft, part, typed):
    answers = {"hope__young_person": typed, "safe_today__practitioner": "7"} | seen(draft, "marks")
    page = client.post(part("marks"), answers)
    said = "“How hopeful do things feel?” – The young person: give a whole number from 0 to 10, or leave it empty."
    assert page.context["form"].errors == {"hope__young_person": [said]}
    assert [(mark.about, mark.value) for mark in draft.marks.all()] == [("safe_today", 7)]


def test_a_list_grows_and_shrinks_without_a_script(client, practitioner, draft, part):
    grown = client.post(part("strengths"), STRENGTH | {"add": "strengths"} | seen(draft, "strengths"))
    page = client.get(grown.url.partition("#")[0])
    assert [row["words"].value() for row in page.context["form"].rows["strengths"]] == ["Draws.", ""]
    two = STRENGTH | {"strengths-1-words": "Sings.", "strengths-1-voice": "young_person"}
    client.post(part("strengths"), two | seen(draft, "strengths"))
    client.post(part("strengths"), two | {"remove": "strengths-0"} | seen(draft, "strengths"))
    assert [row.words for row in draft.strengths.all()] == ["Sings."]


def test_two_windows_overwrite_nothing_silently(client, practitioner, draft, part):
    showed = seen(draft, "what-matters")
    client.post(part("what-matters"), {"what_matters": "My dog."} | showed)
    page = client.post(part("what-matters"), {"what_matters": "My cat."} | showed)
    assert page.status_code == 409
    assert "My dog." in page.text
    assert "My cat." in page.text
    draft.refresh_from_db()
    assert draft.what_matters == "My dog."
    now = {"seen": page.context["form"].helper.layout[-1].context["seen"]}
    client.post(part("what-matters"), {"what_matters": "My cat."} | now)
    draft.refresh_from_db()
    assert draft.what_matters == "My cat."


def test_two_windows_with_marks_and_lists_show_both(client, practitioner, draft, part):
    showed, marks = seen(draft, "strengths"), seen(draft, "marks")
    StrengthFactory(assessment=draft, words="Sings.")
    MarkFactory(assessment=draft, value=2)
    assert "Sings." in client.post(part("strengths"), STRENGTH | showed).text
    assert client.post(part("marks"), {"safe_today__young_person": "9"} | marks).status_code == 409


def test_a_part_saves_itself_while_it_is_typed(client, practitioner, draft, part):
    headers = {"X-Autosave": "1"}
    first = client.post(part("strengths"), {"strengths-0-words": "Dra"} | seen(draft, "strengths"), headers=headers)
    assert (first.status_code, first.json()["words"][:14]) == (200, "Draft saved at")
    again = {"strengths-0-words": "Draws", "seen": first.json()["seen"]}
    assert client.post(part("strengths"), again, headers=headers).status_code == 200
    assert [row.words for row in draft.strengths.all()] == ["Draws"]
    stale = client.post(part("strengths"), {"strengths-0-words": "Sings", "seen": "x"}, headers=headers)
    assert (stale.status_code, draft.strengths.get().words) == (409, "Draws")


@pytest.mark.parametrize(
    ("slug", "typed"),
    [
        ("marks", {"hope__young_person": "11", "safe_today__young_person": "4"}),
        ("around-them", {"family_views-0-whose": "x" * 200, "family_views-0-words": "She worries."}),
    ],
)
def test_what_cannot_be_saved_while_it_is_typed_is_not_said_to_be(client, practitioner, draft, part, slug, typed):
    answer = client.post(part(slug), typed | seen(draft, slug), headers={"X-Autosave": "1"})
    assert "but not everything" in answer.json()["words"]
    assert [mark.value for mark in draft.marks.all()] == ([4] if slug == "marks" else [])


def test_what_was_typed_when_it_was_signed_elsewhere_stays_on_the_page(client, practitioner, case, at):
    done = signed_assessment(case=case)
    answers = {"what_matters": "My cat.", "seen": "x"}
    url = at("assessment_part", case, done.version, "what-matters")
    page = client.post(url, answers)
    assert (page.status_code, "My cat." in page.text) == (409, True)
    assert client.post(url, answers, headers={"X-Autosave": "1"}).status_code == 410
    assert client.get(url).url == done.get_absolute_url()


TYPED = st.text(max_size=40) | st.sampled_from(["\x00", "\ud800", "x" * 7000, "young_person", "7"])


@pytest.mark.parametrize("slug", FORMS)
@settings(max_examples=figure(15, 300))
@given(data=st.data())
def test_whatever_is_typed_is_answered(client, practitioner, draft, slug, data):
    """No word breaks a part: it is kept, or the page says why not."""
    draft = Assessment.objects.get(pk=draft.pk)
    form = FORMS[slug](None, assessment=draft)
    names = [*form.fields, *(f"{name}-0-{field}" for name, rows in form.rows.items() for field in rows.forms[0].fields)]
    typed = data.draw(st.dictionaries(st.sampled_from(names), TYPED, max_size=6))
    bound = FORMS[slug](typed, assessment=draft)
    held = assessing.held(draft, assessing.BY_SLUG[slug])
    values = bound.storable(held)
    shown = assessing.seen(held)
    operations.save_part(draft, by=practitioner, part=slug, values=values, seen=shown)
    assert bound.is_valid() or bound.errors


# Signed


def test_what_is_missing_is_said_before_it_is_signed(client, practitioner, draft, at, part):
    page = client.get(at("sign_assessment", draft.case, draft.version))
    assert [row["url"] for row in page.context["missing"]][:2] == [part("what-matters"), part("what-matters")]
    assert client.post(at("sign_assessment", draft.case, draft.version), {"edition": 1}).status_code == 409


def test_it_is_read_and_signed(client, practitioner, case, at):
    draft = AssessmentFactory(case=case, whole=True, strengths=["Draws."])
    page = client.get(at("sign_assessment", case, 1))
    assert page.context["missing"] == []
    response = client.post(at("sign_assessment", case, 1), {"edition": page.context["form"]["edition"].value()})
    draft.refresh_from_db()
    assert (response.url, draft.signed_by) == (draft.get_absolute_url(), practitioner)
    assert client.get(at("sign_assessment", case, 1)).url == draft.get_absolute_url()


@pytest.mark.parametrize("typed", [{"edition": "7"}, {"edition": "x"}, {}])
def test_a_stale_page_signs_nothing(client, practitioner, case, at, typed):
    draft = AssessmentFactory(case=case, whole=True, strengths=["Draws."])
    assert client.post(at("sign_assessment", case, 1), typed).status_code in (200, 409)
    draft.refresh_from_db()
    assert not draft.is_signed


# The family's needs


@pytest.mark.requirement("R-wal-20", part="the task; the parents' own assessment is the carer's strand")
def test_yes_closes_the_combined_form_off(client, stand_before, at):
    case = a_case_that_may_include_the_parents(assessing=True)
    stand_before("lead", case)
    draft = AssessmentFactory(case=case, kind=AssessmentKind.CHILD_AND_PARENT_NEEDS)
    manager = MembershipFactory(centre=case.centre, role="team_manager").user
    assert "parents_needs" in client.get(at("assessment_part", case, 1, "around-them")).context["form"].fields
    client.post(at("separate_worker", case, 1), {"needed": "yes", "because": "Three households."})
    draft.refresh_from_db()
    assert (draft.kind, Task.objects.get(kind=TaskKind.SEPARATE_WORKER).owner) == (AssessmentKind.CHILD_NEEDS, manager)
    assert "parents_needs" not in client.get(at("assessment_part", case, 1, "around-them")).context["form"].fields
    assert "Three households." in client.get(at("assessment", case, 1)).text


def test_where_no_other_manager_is_the_page_says_so_and_keeps_every_word(client, practitioner, draft, at):
    answers = {"needed": "yes", "because": "Three households."}
    page = client.post(at("separate_worker", draft.case, draft.version), answers)
    assert (page.status_code, "Three households." in page.text) == (409, True)
    assert not Task.objects.exists()


@pytest.mark.parametrize("typed", [{"because": "x"}, {"needed": "yes"}, {"needed": "perhaps"}])
def test_the_answer_is_yes_with_a_reason_or_no(client, practitioner, draft, at, typed):
    page = client.post(at("separate_worker", draft.case, draft.version), typed)
    assert page.context["form"].errors


def test_no_needs_no_reason(client, practitioner, draft, at):
    client.post(at("separate_worker", draft.case, draft.version), {"needed": "no", "because": "x"})
    draft.refresh_from_db()
    assert (draft.needs_separate_worker, draft.separate_worker_because) == (False, "")


# Read


def test_it_is_read_with_every_voice_and_the_gap_in_words(client, practitioner, case, at):
    draft = AssessmentFactory(case=case, whole=True)
    WorryFactory(assessment=draft)
    MarkFactory(assessment=draft, value=3)
    MarkFactory(assessment=draft, value=6, voice="practitioner")
    page = client.get(at("assessment", case, 1))
    assert "Messages at night. (Practitioner · A worry now · Life online)" in page.text
    assert "The practitioner’s mark is 3 steps higher. What does the young person see?" in page.text


def test_an_update_is_compared_with_the_one_before(client, practitioner, case, at):
    done = signed_assessment(case=case, strengths=["Draws.", "Has a dog."])
    draft = operations.start_assessment(case, by=practitioner, kind=AssessmentKind.UPDATE)
    draft.strengths.first().delete()
    StrengthFactory(assessment=draft, words="Asks for help.")
    MarkFactory(assessment=draft, value=5)
    page = client.get(at("compare_assessment", case, 2))
    [strengths] = page.context["lists"]
    assert strengths["new"] == ["Asks for help. (Young person · Talents and interests)"]
    assert strengths["gone"] == ["Draws. (Young person · Talents and interests)"]
    assert page.context["marks"][0]["theirs"] == {"then": "no mark", "now": "5"}
    assert client.get(at("compare_assessment", case, done.version)).status_code == 404
    assert "Last time:" in client.get(at("assessment_part", case, 2, "what-matters")).text


def test_what_is_added_and_commented_stands_under_it(client, stand_before, practitioner, case, at):
    done = signed_assessment(case=case)
    client.post(at("add_addendum", case, 1), {"text": "It was in May."})
    manager = stand_before("team_manager", case)
    client.post(at("comment_on_assessment", case, 1), {"text": "What would she say?"})
    page = client.get(done.get_absolute_url())
    assert "It was in May." in page.text
    assert "What would she say?" in page.text
    assert done.reflective_comments.get().by == manager


def test_a_manager_who_signed_it_does_not_comment(client, stand_before, case, at):
    manager = stand_before("team_manager", case)
    signed_assessment(case=case, started_by=manager)
    assert client.post(at("comment_on_assessment", case, 1), {"text": "Well done."}).status_code == 409


@pytest.mark.parametrize("count", [1, 3])
def test_pages_ask_as_often_for_three_as_for_one(client, practitioner, case, at, count, django_assert_num_queries):
    for version in range(1, count + 1):
        done = signed_assessment(case=case, version=version, strengths=["Draws."] * count)
        AddendumFactory.create_batch(count, assessment=done)
        ReflectiveCommentFactory.create_batch(count, assessment=done)
        ExternalScoreFactory(measure__case=case)
    with django_assert_num_queries(LIST_PAGE):
        client.get(at("assessments", case))
    with django_assert_num_queries(READ_PAGE):
        client.get(at("assessment", case, count))


LIST_PAGE = 13
READ_PAGE = 19


def test_looking_is_on_the_trail_without_a_word_of_it(client, practitioner, draft, at, part):
    client.get(at("assessments", draft.case))
    client.post(part("what-matters"), {"what_matters": "My dog."} | seen(draft, "what-matters"))
    facts = list(AuditEvent.objects.order_by("pk").values_list("verb", "facts"))
    assert ("case.viewed", {"page": "assessments"}) in facts
    assert ("assessment.saved", {"assessment": draft.pk, "part": "what-matters"}) in facts


# Results of other people's tools


MEASURE = {
    "instrument": "sdq",
    "respondent": "The young person",
    "completed_by": "School nurse",
    "completed_on_day": "2",
    "completed_on_month": "11",
    "completed_on_year": "2025",
}


def test_a_result_is_typed_in_with_its_licence_beside_it(client, practitioner, case, at):
    scores = {"scores-0-label": "Total", "scores-0-value": "14"}
    client.post(at("record_measure", case), MEASURE | scores)
    page = client.get(at("assessments", case))
    assert page.context["measures"][0]["scores"] == [{"label": "Total", "value": "14"}]
    assert "The SDQ is copyright." in page.text


def test_its_scores_grow_and_shrink_without_a_script(client, practitioner, case, at):
    typed = MEASURE | {"scores-0-label": "Total", "scores-0-value": "14"}
    page = client.post(at("record_measure", case), typed | {"add": "scores"})
    assert (len(page.context["form"].rows["scores"].forms), ExternalMeasure.objects.count()) == (2, 0)
    page = client.post(at("record_measure", case), typed | {"remove": "scores-0"})
    assert [row["label"].value() for row in page.context["form"].rows["scores"]] == [None]
    assert page.context["form"]["respondent"].value() == "The young person"


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"instrument": "other"}, "other_name"),
        ({"interpretation": "Few worries."}, "interpreted_by"),
        ({"completed_on_year": "2040"}, "completed_on"),
        (
            {"scores-0-label": "A", "scores-0-value": "1", "scores-1-label": "A", "scores-1-value": "2"},
            "scores",
        ),
        ({"scores-0-label": "A"}, "scores"),
    ],
)
def test_what_cannot_be_is_said(change, wrong):
    form = MeasureForm(MEASURE | change)
    assert not form.is_valid()
    assert list(form.errors) == [wrong]
