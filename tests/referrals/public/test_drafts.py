"""Drafts: theirs alone, kept word for word, gone after 30 days."""

import uuid
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from referrals import tasks
from referrals.models import ReferralDraft
from referrals.sections import SECTIONS
from tests.factories.referrals import ReferralDraftFactory, ReferralFactory
from tests.referrals.public import answers, steps

MINE, EMAIL = reverse("refer:mine"), reverse("refer:email")
READ_ONLY = ("tasks", "sent", "outcome")
PAGES_OF_A_DRAFT = ["tasks", "check_answers", "discard"]
ALL_PAGES = [
    *[(name, []) for name in (*PAGES_OF_A_DRAFT, "sent", "outcome")],
    *[("section", [section.slug]) for section in SECTIONS],
]


def address(name, pk, *more):
    return reverse(f"refer:{name}", args=[pk, *more])


@pytest.fixture
def draft(client, english_area):
    return steps.begin(client, english_area)


# Who may open what


@pytest.mark.parametrize(("name", "more"), ALL_PAGES)
def test_without_a_code_every_draft_asks_for_one(client, name, more):
    own, nothing = ReferralDraftFactory(), uuid.uuid4()
    for pk in (own.pk, nothing):
        response = client.get(address(name, pk, *more))
        assert response.status_code == 302
        assert response.url == f"{EMAIL}?next={address(name, pk, *more)}"


@pytest.mark.parametrize(
    ("method", "name", "more"),
    [("get", *page) for page in ALL_PAGES] + [("post", *page) for page in ALL_PAGES if page[0] not in READ_ONLY],
)
def test_somebody_elses_draft_looks_like_none(client, method, name, more):
    theirs = ReferralDraftFactory(email="somebody.else@school.example")
    sent = ReferralFactory(referrer_email="somebody.else@school.example")
    steps.prove_at_once(client)
    pages = [getattr(client, method)(address(name, pk, *more)) for pk in (theirs.pk, sent.form_token, uuid.uuid4())]
    assert {page.status_code for page in pages} == {404}
    assert len({page.content for page in pages}) == 1
    assert ReferralDraft.objects.get().answers == theirs.answers


@pytest.mark.parametrize("name", ["tasks", "check_answers", "discard"])
def test_a_draft_that_was_sent_leads_to_its_receipt(client, name):
    sent = ReferralFactory(referrer_email=steps.EMAIL)
    steps.prove_at_once(client)
    assert client.get(address(name, sent.form_token)).url == address("sent", sent.form_token)
    assert client.get(address("section", sent.form_token, "safety")).url == address("sent", sent.form_token)


def test_after_the_code_they_are_back_where_they_were(client, draft):
    page = address("section", draft.pk, "concerns")
    client.post(reverse("refer:leave"))
    client.post(f"{EMAIL}?next={page}", {"email": steps.EMAIL})
    assert client.post(reverse("refer:code"), {"code": steps.newest_code()}).url == page


# The list and the tasks


def test_an_empty_list_says_so_and_shows_the_next_step(client):
    steps.prove_at_once(client)
    page = client.get(MINE)
    assert "You have no referrals yet" in page.text
    assert reverse("refer:check") in page.text


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_of_the_database_however_long(client, count, django_assert_num_queries):
    steps.prove_at_once(client)
    ReferralDraftFactory.create_batch(count, email=steps.EMAIL)
    ReferralFactory.create_batch(count, referrer_email=steps.EMAIL)
    with django_assert_num_queries(7):  # session, transaction and its end, drafts, areas, referrals, public contacts
        page = client.get(MINE)
    assert len(page.context["drafts"]) == len(page.context["sent"]) == count


def test_two_drafts_are_told_apart_by_time_and_council_area(client, english_area, welsh_area):
    for area in (english_area, welsh_area):
        steps.begin(client, area)
    page = client.get(MINE).text
    assert page.count("Draft begun") == 2
    assert ", Leeds</a>" in page
    assert ", Cardiff</a>" in page


def test_each_section_says_how_far_it_is(client, draft, english_area):
    def words():
        return [task["status"] for task in client.get(address("tasks", draft.pk)).context["tasks"]]

    assert words() == ["Not started"] * len(answers.WHOLE)
    steps.save(client, draft, "about-you", answers.ABOUT_YOU)
    steps.save(client, draft, "young-person", {"first_name": "Sample"})
    steps.save(client, draft, "concerns", {"reason": "A worry", "later": "1"})
    assert dict(zip(answers.WHOLE, words(), strict=True)) == dict.fromkeys(answers.WHOLE, "Not started") | {
        "about-you": "Done",
        "young-person": "Not complete",
        "concerns": "In progress",
    }


def test_a_draft_is_deleted_after_it_was_asked_once_more(client, draft):
    page = address("discard", draft.pk)
    assert "Delete this draft?" in client.get(page).text
    assert ReferralDraft.objects.exists()
    assert client.post(page).url == MINE
    assert not ReferralDraft.objects.exists()
    assert client.get(page).status_code == 404


# Every word is kept


def test_what_is_wrong_is_kept_and_said(client, draft):
    typed = answers.ABOUT_YOU | {"referrer_phone": "ring me", "referrer_name": ""}
    page = steps.save(client, draft, "about-you", typed)
    assert page.status_code == 200
    assert "<title>Error: About you" in page.text
    assert "ring me" in page.text
    assert "Enter your full name." in page.text
    again = client.get(address("section", draft.pk, "about-you"))
    assert "ring me" in again.text
    assert again.context["form"].errors


def test_to_come_back_later_says_nothing_of_what_is_missing(client, draft):
    response = steps.save(client, draft, "about-you", {"referrer_name": "Robin Example", "later": "1"})
    assert response.url == address("tasks", draft.pk)
    page = client.get(address("section", draft.pk, "about-you"))
    assert "Robin Example" in page.text
    assert not page.context["form"].errors


def test_a_half_typed_date_comes_back_as_it_was(client, draft):
    steps.save(client, draft, "young-person", answers.YOUNG_PERSON | {"date_of_birth_month": "Smarch"})
    page = client.get(address("section", draft.pk, "young-person"))
    assert 'value="Smarch"' in page.text
    assert "The month must be a number from 1 to 12" in page.text


def test_from_check_answers_a_change_leads_back(client, draft):
    url = f"{address('section', draft.pk, 'about-you')}?from=check"
    assert client.post(url, answers.ABOUT_YOU).url == address("check_answers", draft.pk)


@pytest.mark.parametrize("name", ["ŵŷŴŶ Enghraifft", "O'Brien", "Null", "D’Arcy-Jones", "Zoë 李"])
def test_names_are_names(client, draft, english_area, name):
    steps.fill_in(client, draft, english_area, last_name=name)
    page = client.get(address("check_answers", draft.pk))
    assert name in [row["value"] for summary in page.context["summaries"] for row in summary["rows"] if "value" in row]


def test_two_windows_nothing_is_overwritten_silently(client, draft):
    page = address("section", draft.pk, "about-you")
    seen = client.get(page).text.split('name="seen" value="')[1].split('"')[0]
    first = answers.ABOUT_YOU | {"referrer_role": "Teacher", "seen": seen}
    second = answers.ABOUT_YOU | {"referrer_role": "Nurse", "seen": seen}
    assert client.post(page, first).status_code == 302

    conflict = client.post(page, second)
    assert conflict.status_code == 409
    assert "Nurse" in conflict.text
    assert [row["value"] for row in conflict.context["saved_elsewhere"]] == ["Teacher"]
    draft.refresh_from_db()
    assert draft.answers["about-you"]["referrer_role"] == ["Teacher"]

    seen = conflict.text.split('name="seen" value="')[1].split('"')[0]
    assert client.post(page, second | {"seen": seen}).status_code == 302
    draft.refresh_from_db()
    assert draft.answers["about-you"]["referrer_role"] == ["Nurse"]


@pytest.mark.parametrize("seen", [{}, {"seen": ""}, {"seen": "another"}])
def test_a_page_that_does_not_say_what_it_showed_overwrites_nothing(client, draft, seen):
    page = address("section", draft.pk, "about-you")
    assert client.post(page, answers.ABOUT_YOU).status_code == 302
    assert client.post(page, answers.ABOUT_YOU | {"referrer_role": "Nurse"} | seen).status_code == 409
    draft.refresh_from_db()
    assert draft.answers["about-you"]["referrer_role"] == ["Teacher"]


def test_the_same_words_sent_twice_are_no_conflict(client, draft):
    page = address("section", draft.pk, "about-you")
    seen = client.get(page).text.split('name="seen" value="')[1].split('"')[0]
    for _click in range(2):
        assert client.post(page, answers.ABOUT_YOU | {"seen": seen}).status_code == 302


def test_words_typed_when_the_hour_was_over_are_safe(client, draft):
    page = address("section", draft.pk, "about-you")
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        response = client.post(page, answers.ABOUT_YOU)
        assert response.url == f"{EMAIL}?next={page}"
        assert client.get(page).status_code == 302
        draft.refresh_from_db()
        assert draft.answers["about-you"]["referrer_role"] == ["Teacher"]


def test_a_session_that_ended_yesterday_writes_and_reads_nothing(client, draft):
    page = address("section", draft.pk, "about-you")
    with time_machine.travel(timezone.now() + timedelta(hours=10, seconds=1)):
        assert client.post(page, answers.ABOUT_YOU).url == f"{EMAIL}?next={page}"
    draft.refresh_from_db()
    assert "about-you" not in draft.answers


def test_a_lapsed_session_writes_to_nobody_elses_draft(client, draft):
    theirs = ReferralDraftFactory(email="somebody.else@school.example")
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        client.post(address("section", theirs.pk, "about-you"), answers.ABOUT_YOU)
    theirs.refresh_from_db()
    assert "about-you" not in theirs.answers


def test_answers_are_sealed_at_rest(client, draft):
    steps.save(client, draft, "young-person", {"first_name": "Canarybird"})
    draft.refresh_from_db()
    assert b"Canarybird" not in bytes(draft.sealed_answers)


# The purge


def test_drafts_nobody_touched_for_thirty_days_are_purged():
    ReferralDraftFactory(stale=True)
    fresh = ReferralDraftFactory()
    output = StringIO()
    call_command("purge_stale_drafts", "--dry-run", stdout=output)
    assert output.getvalue() == "Would forget 1 drafts.\n"
    assert ReferralDraft.objects.count() == 2

    tasks.purge_stale_drafts()
    assert ReferralDraft.objects.get() == fresh
    call_command("purge_stale_drafts", stdout=output)
    assert output.getvalue().endswith("Forgot 0 drafts.\n")
