"""Lists that grow in a section, as a referrer without JavaScript uses them."""

import pytest
from django.urls import reverse

from referrals.forms.whole import WholeForm
from referrals.models import ProfessionalInvolved, Referral, ReferralDraft
from referrals.sections import Progress
from tests.referrals.public import steps

FIRST = {"professionals-0-role": "social_worker", "professionals-0-name": "Jo Example"}
SECOND = {"professionals-1-role": "police_officer", "professionals-1-name": "Kim Example"}


@pytest.fixture
def draft(client, english_area):
    return steps.begin(client, english_area)


def shown(client, draft):
    return client.get(reverse("refer:section", args=[draft.pk, "professionals"])).context["form"].rows["professionals"]


def names(rows):
    return [form["name"].data for form in rows]


def test_another_entry_is_added_and_what_was_typed_stays(client, draft):
    answer = steps.save(client, draft, "professionals", FIRST | {"add": "professionals"})
    assert answer.url.endswith("/professionals/#div_id_professionals")
    assert names(shown(client, draft)) == ["Jo Example", None]
    assert "There is a problem" not in client.get(answer.url).text


def test_an_entry_is_removed_and_the_next_moves_up(client, draft):
    steps.save(client, draft, "professionals", FIRST | SECOND | {"remove": "professionals-0"})
    assert names(shown(client, draft)) == ["Kim Example"]


@pytest.mark.parametrize("button", [{"add": "lost"}, {"remove": "lost-1"}, {"remove": "professionals-99"}])
def test_a_button_that_is_not_there_changes_nothing(client, draft, button):
    answer = steps.save(client, draft, "professionals", FIRST | button)
    assert answer.status_code == 302
    assert names(shown(client, draft)) == ["Jo Example"]


def test_an_entry_without_a_name_is_told_beside_it_and_in_the_summary(client, draft):
    page = steps.save(client, draft, "professionals", {"professionals-0-role": "gp"})
    assert page.status_code == 200
    assert page.text.count("Give a name or an organisation.") == 2
    assert WholeForm(ReferralDraft.objects.get()).progress("professionals") == Progress.NOT_COMPLETE


def test_every_entry_is_read_before_sending_and_stored_with_the_referral(client, draft, english_area):
    steps.fill_in(client, draft, english_area, **SECOND)
    page = client.get(reverse("refer:check_answers", args=[draft.pk]))
    assert "Professional 2" in page.text
    assert "Name: Kim Example" in page.text
    steps.send(client, draft)
    stored = ProfessionalInvolved.objects.filter(referral=Referral.objects.get())
    assert [(row.role, row.name) for row in stored] == [
        ("social_worker", "Jo Example"),
        ("police_officer", "Kim Example"),
    ]


def test_a_section_that_asks_for_nothing_may_stay_unopened(client, draft, english_area):
    steps.fill_in(client, draft, english_area)
    held = ReferralDraft.objects.get()
    held.answers = {slug: typed for slug, typed in held.answers.items() if slug != "professionals"}
    held.save()
    page = client.get(reverse("refer:check_answers", args=[draft.pk]))
    assert [task["label"] for task in page.context["unopened"]] == ["Social care and professionals"]
    assert "You have not answered anything here." in page.text
    assert steps.send(client, draft).url.endswith("/sent/")


def test_two_hundred_professionals_are_refused_kindly_and_no_word_is_lost(client, draft):
    many = {}
    for number in range(100):
        many |= {f"professionals-{number}-role": "gp", f"professionals-{number}-name": f"Name {number}"}
    page = steps.save(client, draft, "professionals", many)
    assert page.status_code == 200
    assert "You can list up to 40 here." in page.text
    assert names(shown(client, draft)) == [f"Name {number}" for number in range(100)]
