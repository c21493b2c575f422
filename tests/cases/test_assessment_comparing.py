"""An update beside the version before it: by rows, never by a number made of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases import assessment_words, operations
from cases.comparing import Then, changes
from cases.enums import AssessmentKind, Scale
from cases.models import Assessment, Mark
from tests.cases.saving import save
from tests.factories.accounts import UserFactory
from tests.factories.assessments import AssessmentFactory, MarkFactory, StrengthFactory, WorryFactory, signed_assessment
from tests.factories.cases import CaseFactory

db = pytest.mark.django_db


def strength(words, domain=""):
    return {"words": words, "domain": domain, "voice": "young_person"}


@pytest.fixture
def before():
    draft = AssessmentFactory(case=CaseFactory(assessing=True), whole=True, strengths=["Draws well.", "Has a dog."])
    WorryFactory(assessment=draft)
    MarkFactory(assessment=draft, value=3)
    MarkFactory(assessment=draft, value=6, voice="practitioner")
    return operations.sign_assessment(draft, by=UserFactory(), edition=1)


@pytest.fixture
def update(before):
    by = UserFactory()
    draft = operations.start_assessment(before.case, by=by, kind=AssessmentKind.UPDATE)
    better, new = strength("Draws very well."), strength("Asks for help.")
    save(draft, "strengths", strengths=[better])  # one is put better, one is no longer named
    save(draft, "strengths", strengths=[better, new])
    MarkFactory(assessment=draft, value=5)
    Assessment.objects.filter(pk=draft.pk).update(
        what_matters="School.", how_done="A walk.", analysis="Better.", recommendation="Go on.", agreement="agree"
    )
    draft.refresh_from_db()
    return operations.sign_assessment(draft, by=by, edition=draft.edition)


@db
def test_an_update_begins_with_what_was_said_and_asks_for_marks_and_words_anew(before):
    draft = operations.start_assessment(before.case, by=UserFactory(), kind=AssessmentKind.UPDATE)
    assert (draft.version, draft.what_matters, draft.marks.count()) == (2, "", 0)
    assert [row.words for row in draft.strengths.all()] == ["Draws well.", "Has a dog."]
    assert [row.came_from.assessment for row in draft.worries.all()] == [before]


@db
def test_strengths_new_kept_and_no_longer_named(before, update):
    rows = update.strengths
    assert [row.words for row in rows.new()] == ["Asks for help."]
    assert [(row.words, row.came_from.words) for row in rows.kept()] == [("Draws very well.", "Draws well.")]
    assert [row.words for row in before.strengths.not_carried_on_to(update)] == ["Has a dog."]
    found = changes(update, before, "worries")
    assert (len(found.new), len(found.kept), len(found.gone)) == (0, 1, 0)


@db
def test_marks_then_and_now_by_voice(before, update):
    [one] = Mark.objects.then_and_now(before, update)
    assert one.about == Scale.SAFE_TODAY
    assert (one.young_person, one.practitioner) == (Then(3, 5), Then(6, None))


@db
def test_what_is_typed_over_an_old_strength_is_said_for_the_first_time(before):
    draft = operations.start_assessment(before.case, by=UserFactory(), kind=AssessmentKind.UPDATE)
    said = [strength("Rang us when it mattered."), strength("Has a dog.", "talents_interests")]
    save(draft, "strengths", strengths=said)
    assert [row.words for row in draft.strengths.new()] == ["Rang us when it mattered."]


@db
def test_the_version_before_is_the_last_that_was_signed(before, update):
    assert Assessment.objects.before(update) == before
    assert Assessment.objects.before(before) is None


@db
def test_nothing_is_carried_on_from_another_case(before):
    draft = AssessmentFactory(case=CaseFactory(assessing=True), version=2)
    elsewhere = before.strengths.first()
    with pytest.raises(Exception, match="row_is_carried_on_from_a_signed_version"):
        StrengthFactory(assessment=draft, came_from=elsewhere)


@db
def test_nothing_is_carried_on_from_a_draft():
    case = CaseFactory(assessing=True)
    signed_assessment(case=case)
    draft = AssessmentFactory(case=case, version=2)
    row = StrengthFactory(assessment=draft)
    with pytest.raises(Exception, match="row_is_carried_on_from_a_signed_version"):
        StrengthFactory(assessment=draft, came_from=row)


@given(theirs=st.none() | st.integers(0, 10), ours=st.none() | st.integers(0, 10))
def test_the_gap_is_told_in_words_for_any_two_marks(theirs, ours):
    words = assessment_words.gap(theirs, ours)
    if theirs is None or ours is None:
        assert words == "Only one of the two has given a mark."
    elif theirs == ours:
        assert words == "Both give the same mark."
    else:
        assert str(abs(theirs - ours)) in words
        assert ("young person’s mark is" in words) == (theirs > ours)
