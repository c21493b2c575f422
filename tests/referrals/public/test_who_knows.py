"""Who knows of the referral and agrees to it: asked early, and it never keeps a referral from being sent."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from referrals.models import Agreement, Referral
from tests.referrals.public import answers, steps
from ui.templatetags.ui import problems

NOT_SAFE = {
    "agreements-0-name": "Kim Example",
    "agreements-0-knows": "no",
    "agreements-0-why_not": "not_safe_to_tell",
    "agreements-0-why_not_in_words": "Reads every message.",
}


@pytest.fixture
def draft(client, english_area):
    return steps.begin(client, english_area)


def page_of(client, draft):
    return client.get(reverse("refer:section", args=[draft.pk, "who-knows"]))


def errors(client, draft, **values):
    page = steps.save(client, draft, "who-knows", values)
    if page.status_code == 302:
        return {}
    form = page.context["form"]
    return {**form.errors, **{name: row.errors for row in form.rows["agreements"] for name in row.errors}}


def sent_with(client, draft, area, **values):
    steps.fill_in(client, draft, area)
    steps.save(client, draft, "who-knows", values)
    assert steps.send(client, draft).url.endswith("/sent/")
    return Referral.objects.get()


def test_what_the_check_was_told_is_not_asked_twice(client, english_area):
    draft = steps.begin(client, english_area, young_person_knows="not_known")
    assert page_of(client, draft).context["form"]["young_person_knows"].value() == "not_known"


def test_it_comes_before_anything_about_the_young_person(client, draft):
    tasks = client.get(reverse("refer:tasks", args=[draft.pk])).context["tasks"]
    assert [task["label"] for task in tasks][:3] == ["About you", "Who knows", "The young person"]


def test_every_answer_about_the_young_person_is_stored(client, draft, english_area):
    date = {"asked_on_day": "2", "asked_on_month": "March", "asked_on_year": "2026"}
    told = {"young_person_knows": "yes", "young_person_agrees": "no", "asked_by": "Jo", "asked_how": "phone"} | date
    referral = sent_with(client, draft, english_area, **told)
    assert referral.young_person_knows == "yes"
    of_them = Agreement.objects.get(referral=referral)
    assert (of_them.of, of_them.knows, of_them.agrees) == ("young_person", "yes", "no")
    assert (of_them.asked_by, of_them.asked_how, of_them.asked_on.isoformat()) == ("Jo", "phone", "2026-03-02")


@pytest.mark.parametrize("agrees", ["yes", "no", "not_asked", "not_known"])
def test_whatever_the_young_person_says_it_can_be_sent(client, draft, english_area, agrees):
    referral = sent_with(client, draft, english_area, young_person_knows="yes", young_person_agrees=agrees)
    assert Agreement.objects.get(referral=referral).agrees == agrees


@pytest.mark.parametrize("knows", ["no", "not_known"])
def test_words_are_offered_where_the_young_person_may_not_know(client, draft, english_area, knows):
    assert "Words that may help" in page_of(client, draft).text
    referral = sent_with(client, draft, english_area, young_person_knows=knows, why_not="not_reached")
    of_them = Agreement.objects.get(referral=referral)
    assert (of_them.knows, of_them.agrees) == (knows, "")
    assert of_them.why_not == ("not_reached" if knows == "no" else "")


def test_who_was_not_told_needs_a_reason_and_another_reason_needs_words(client, draft):
    assert set(errors(client, draft, young_person_knows="no")) == {"why_not"}
    assert set(errors(client, draft, young_person_knows="no", why_not="other")) == {"why_not_in_words"}
    assert not errors(client, draft, young_person_knows="no", why_not="other", why_not_in_words="In hospital.")
    assert not errors(client, draft, young_person_knows="no", why_not="not_safe_to_tell")


@pytest.mark.requirement("R-nat-17")
def test_a_parent_who_cannot_be_told_safely_is_accepted_with_the_reason(client, draft, english_area):
    told = {"young_person_knows": "yes", "young_person_agrees": "yes"} | NOT_SAFE
    referral = sent_with(client, draft, english_area, **told)
    parent = Agreement.objects.get(referral=referral, of="parental_responsibility")
    assert (parent.name, parent.knows, parent.agrees) == ("Kim Example", "no", "")
    assert (parent.why_not, parent.why_not_in_words) == ("not_safe_to_tell", "Reads every message.")


@pytest.mark.requirement("R-nat-17")
def test_nobody_with_parental_responsibility_has_to_be_named(client, draft, english_area):
    referral = sent_with(client, draft, english_area, young_person_knows="not_known")
    assert [agreement.of for agreement in Agreement.objects.filter(referral=referral)] == ["young_person"]


def test_an_adult_of_another_mind_is_written_down_and_changes_nothing(client, draft, english_area):
    says_no = {"agreements-0-name": "The council", "agreements-0-knows": "yes", "agreements-0-agrees": "no"}
    referral = sent_with(client, draft, english_area, young_person_knows="yes", young_person_agrees="yes", **says_no)
    assert Agreement.objects.get(referral=referral, name="The council").agrees == "no"
    assert Agreement.objects.get(referral=referral, of="young_person").agrees == "yes"


def test_an_entry_begun_says_what_it_lacks(client, draft):
    begun = {"young_person_knows": "not_known", "agreements-0-relationship": "Mother", "agreements-0-knows": "no"}
    assert set(errors(client, draft, **begun)) == {"agreements", "name", "why_not"}


def test_the_summary_of_problems_says_which_entry_each_is_about(client, draft):
    begun = {f"agreements-{number}-relationship": "Mother" for number in range(2)}
    page = steps.save(client, draft, "who-knows", {"young_person_knows": "not_known", **begun})
    told = [problem["message"] for problem in problems(page.context["form"])]
    lacks = [message.partition(": ")[2] for message in told if message.startswith("Person 1: ")]
    assert "Give a name, or write who they are." in lacks
    assert [message.partition(": ")[2] for message in told if message.startswith("Person 2: ")] == lacks


@pytest.mark.parametrize(("age", "is_asked"), [("17", True), ("18", False), ("19", False)])
def test_of_an_adult_no_parent_is_asked(client, english_area, age, is_asked):
    draft = steps.begin(client, english_area, age=age)
    page = page_of(client, draft)
    assert ("agreements" in page.context["form"].asked()) is is_asked
    assert ("At 18 and 19 the young person decides alone." in page.text) is not is_asked


def test_what_was_said_of_a_parent_is_dropped_once_the_young_person_turns_out_to_be_an_adult(
    client, draft, english_area
):
    years_18 = date(timezone.localdate().year - 18, 1, 1)
    born = {f"date_of_birth_{part}": str(getattr(years_18, part)) for part in ("day", "month", "year")}
    steps.fill_in(client, draft, english_area, birth_known="yes", **born)
    steps.save(client, draft, "who-knows", answers.WHO_KNOWS)
    steps.send(client, draft)
    assert not Agreement.objects.filter(of="parental_responsibility").exists()


def test_who_is_only_taken_for_an_adult_may_be_younger_and_what_was_said_of_a_parent_is_kept(
    client, draft, english_area
):
    steps.fill_in(client, draft, english_area, birth_known="no", estimated_age="18")
    steps.save(client, draft, "who-knows", answers.WHO_KNOWS)
    steps.send(client, draft)
    assert Agreement.objects.filter(of="parental_responsibility").exists()


@pytest.mark.parametrize(("age", "words"), [("15", "we will want to talk"), ("16", "At 16 and 17 the young person")])
def test_who_decides_is_said_by_age(client, english_area, age, words):
    assert words in page_of(client, steps.begin(client, english_area, age=age)).text
