"""A section that saves itself: kept as left in the middle, never over somebody's words, never a complaint."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from referrals.models import ReferralDraft
from referrals.sections import LEFT
from tests.factories.referrals import ReferralDraftFactory
from tests.referrals.public import answers, steps

AUTOSAVE = {"X-Autosave": "1"}
BACKGROUND = {"X-Background": "1"}


@pytest.fixture
def draft(client, english_area):
    return steps.begin(client, english_area)


def autosave(client, draft, values, *, section="about-you", **headers):
    return steps.save(client, draft, section, values, headers=AUTOSAVE | headers)


def held(draft, section="about-you"):
    return ReferralDraft.objects.get(pk=draft.pk).answers.get(section)


def progress(client, draft, section):
    tasks = client.get(reverse("refer:tasks", args=[draft.pk])).context["tasks"]
    return str(next(task["status"] for task in tasks if f"/{section}/" in task["url"]))


def test_what_is_typed_is_kept_and_the_page_is_told_when(client, draft):
    with time_machine.travel("2026-11-23T15:30:00Z", tick=False):
        steps.prove_at_once(client)
        answer = autosave(client, draft, {"referrer_name": "Robin Ŵyn"})
    assert answer.status_code == 200
    assert answer.json()["words"] == "Draft saved at 3:30pm."
    assert held(draft)["referrer_name"] == ["Robin Ŵyn"]


def test_the_page_is_told_in_its_own_language(client, draft):
    page = "/cy" + reverse("refer:section", args=[draft.pk, "about-you"])
    with override("en-gb"):
        answer = client.post(page, {"referrer_name": "Robin", "seen": ""}, headers=AUTOSAVE)
    assert answer.headers["Content-Language"] == "cy"


def test_it_counts_as_left_and_complains_of_nothing(client, draft):
    autosave(client, draft, {"referrer_phone": "ring me"})
    assert held(draft)[LEFT] == ["1"]
    assert progress(client, draft, "about-you") == "In progress"
    assert not client.get(reverse("refer:section", args=[draft.pk, "about-you"])).context["form"].errors


def test_a_complete_section_stays_done(client, draft):
    steps.save(client, draft, "about-you", answers.ABOUT_YOU)
    autosave(client, draft, answers.ABOUT_YOU | {"referrer_role": "Nurse"})
    assert progress(client, draft, "about-you") == "Done"


def test_the_next_save_is_no_conflict(client, draft):
    seen = autosave(client, draft, {"referrer_name": "Robin"}).json()["seen"]
    seen = autosave(client, draft, {"referrer_name": "Robin E", "seen": seen}).json()["seen"]
    assert steps.save(client, draft, "about-you", answers.ABOUT_YOU | {"seen": seen}).status_code == 302


def test_a_save_that_overtook_its_own_autosave_is_no_conflict(client, draft):
    """The button was pressed while the page saved itself, and both said what the page had shown."""
    shown = answers.ABOUT_YOU | {"seen": "as opened"}
    assert autosave(client, draft, shown).status_code == 200
    assert steps.save(client, draft, "about-you", shown).status_code == 302


def test_nothing_is_saved_over_another_window(client, draft):
    steps.save(client, draft, "about-you", answers.ABOUT_YOU)
    answer = autosave(client, draft, answers.ABOUT_YOU | {"referrer_role": "Nurse", "seen": "as opened"})
    assert answer.status_code == 409
    assert "saved in another window" in answer.json()["words"]
    assert held(draft)["referrer_role"] == ["Teacher"]


def test_a_page_with_two_texts_side_by_side_saves_nothing_by_itself(client, draft):
    steps.save(client, draft, "about-you", answers.ABOUT_YOU)
    conflict = steps.save(client, draft, "about-you", answers.ABOUT_YOU | {"referrer_role": "Nurse", "seen": "old"})
    assert "data-autosave" not in conflict.text
    assert "data-autosave" in client.get(reverse("refer:section", args=[draft.pk, "about-you"])).text


def test_a_draft_that_is_gone_is_said_to_be(client, draft):
    ReferralDraft.objects.all().delete()
    answer = autosave(client, draft, {"referrer_name": "Robin"})
    assert answer.status_code == 410
    assert "Copy what you typed" in answer.json()["words"]


def test_somebody_elses_draft_looks_like_none(client, draft):
    theirs = ReferralDraftFactory(email="somebody.else@school.example")
    nobodys = ReferralDraftFactory.build(pk=uuid.uuid4())
    found = [autosave(client, one, {"referrer_name": "x"}) for one in (theirs, nobodys)]
    assert {answer.status_code for answer in found} == {410}
    assert found[0].content == found[1].content
    assert held(theirs) == theirs.answers.get("about-you")


def test_signed_out_after_an_hour_the_last_words_are_kept_and_it_says_so(client, draft):
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        answer = autosave(client, draft, {"referrer_name": "Robin"})
    assert answer.status_code == 403
    assert "What you typed is saved" in answer.json()["words"]
    assert held(draft)["referrer_name"] == ["Robin"]


def test_signed_out_for_good_it_says_that_nothing_is_kept(client, draft):
    for browser, hours in ((client, 11), (Client(), 0)):
        with time_machine.travel(timezone.now() + timedelta(hours=hours)):
            answer = autosave(browser, draft, {"referrer_name": "Robin"})
        assert answer.status_code == 403
        assert "it is not saved" in answer.json()["words"]
    assert held(draft) is None


def test_typing_keeps_the_session_and_a_later_try_does_not(client, draft):
    begun = timezone.now()
    with time_machine.travel(begun + timedelta(minutes=50)):
        autosave(client, draft, {"referrer_name": "Robin"})
    with time_machine.travel(begun + timedelta(minutes=100)):
        autosave(client, draft, {"referrer_name": "Robin E"}, **BACKGROUND)
    with time_machine.travel(begun + timedelta(minutes=111)):
        assert client.get(reverse("refer:tasks", args=[draft.pk])).status_code == 302


def test_an_entry_of_a_list_is_kept_while_it_is_typed(client, draft):
    autosave(client, draft, {"professionals-0-name": "Jo"}, section="professionals")
    assert "Jo" in client.get(reverse("refer:section", args=[draft.pk, "professionals"])).text


def test_a_paste_of_a_million_characters_is_kept_and_can_be_put_right(client, draft):
    answer = autosave(client, draft, {"reason": "ŵ" * 1_000_000}, section="concerns")
    assert answer.status_code == 200
    page = steps.save(client, draft, "concerns", answers.CONCERNS | {"reason": "x" * 1_000_000})
    assert page.status_code == 200
    assert "reason" in page.context["form"].errors
    assert steps.save(client, draft, "concerns", answers.CONCERNS).status_code == 302


def test_it_asks_little_of_the_database(client, draft, django_assert_num_queries):
    autosave(client, draft, {"referrer_name": "Robin"})
    held_now = ReferralDraft.objects.get(pk=draft.pk)
    values = {"referrer_name": "Robin E", "seen": steps.seen_in(held_now, "about-you")}
    page = reverse("refer:section", args=[draft.pk, "about-you"])
    # session, transaction, draft, area, offer, savepoint, lock, write, savepoint's end, transaction's end
    with django_assert_num_queries(10):
        client.post(page, values, headers=AUTOSAVE)
