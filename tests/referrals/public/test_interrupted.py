"""A referral that takes weeks, crosses a change of the service, or is typed in Welsh from end to end."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django import forms
from django.test import Client
from django.urls import reverse

from referrals import tasks
from referrals.forms.whole import WholeForm
from referrals.models import Referral, ReferralDraft
from tests.factories.centres import ServiceOfferFactory
from tests.referrals.public import answers, steps

BEGUN = datetime(2026, 11, 2, 14, 30, tzinfo=UTC)
WELSH = "Mae’r ŵyl yn yr ŷd: Ŵ Ŷ â ê î ô û ï"
FORM_OF_ITS_OWN = {"referrer_phone", "postcode"}  # asks for a number or a code


@pytest.fixture
def clock():
    with time_machine.travel(BEGUN, tick=False) as clock:
        yield clock


def page_of(client, name, draft, *more):
    return client.get(reverse(f"refer:{name}", args=[draft.pk, *more]))


def labels_left(client, draft):
    return [str(task["label"]) for task in page_of(client, "check_answers", draft).context["incomplete"]]


# Left for weeks


def test_left_for_twenty_nine_days_it_goes_on_where_it_was_and_can_be_sent(client, english_area, clock):
    draft = steps.begin(client, english_area)
    steps.save(client, draft, "concerns", {"reason": "Begun in November.", "later": "1"})
    clock.shift(timedelta(days=29))
    tasks.purge_stale_drafts()
    assert page_of(client, "tasks", draft).status_code == 302, "the code is asked for again"

    another = Client()
    steps.prove_at_once(another)
    assert "Begun in November." in page_of(another, "section", draft, "concerns").text
    steps.fill_in(another, draft, english_area)
    assert steps.send(another, draft).status_code == 302
    assert Referral.objects.get().submitted_at == datetime(2026, 12, 1, 14, 30, tzinfo=UTC)


def test_left_for_thirty_one_days_it_is_gone_and_the_list_leads_on(client, english_area, clock):
    draft = steps.begin(client, english_area)
    clock.shift(timedelta(days=31))
    tasks.purge_stale_drafts()
    steps.prove_at_once(client)
    assert not ReferralDraft.objects.exists()
    assert page_of(client, "tasks", draft).status_code == 404
    assert steps.save(client, draft, "concerns", {"reason": "Too late"}).status_code == 404
    assert "You have no referrals yet" in client.get(reverse("refer:mine")).text


@pytest.mark.parametrize(("hour", "is_there"), [("2026-12-02T23:59:00Z", True), ("2026-12-03T00:01:00Z", False)])
def test_it_is_there_to_the_end_of_the_day_that_was_named(client, english_area, clock, hour, is_there):
    draft = steps.begin(client, english_area)
    assert "until Wednesday 2 December;" in page_of(client, "tasks", draft).text
    clock.move_to(datetime.fromisoformat(hour))
    tasks.purge_stale_drafts()
    assert ReferralDraft.objects.filter(pk=draft.pk).exists() is is_there


def test_a_save_begins_the_thirty_days_again(client, english_area, clock):
    draft = steps.begin(client, english_area)
    clock.shift(timedelta(days=29))
    steps.prove_at_once(client)
    steps.save(client, draft, "about-you", {"referrer_name": "Robin"}, headers={"X-Autosave": "1"})
    clock.shift(timedelta(days=29))
    tasks.purge_stale_drafts()
    assert ReferralDraft.objects.exists()


# The service changed meanwhile


def test_the_centre_of_the_area_changes_and_the_referral_goes_to_the_new_one(client, english_area):
    draft = steps.begin(client, english_area)
    steps.fill_in(client, draft, english_area)
    new = ServiceOfferFactory(scheme="NAT4").centre
    english_area.centre = new
    english_area.save()
    steps.send(client, draft)
    assert Referral.objects.get().centre == new


def test_the_new_centre_works_by_another_scheme_and_only_that_is_asked_again(client, english_area, welsh_area):
    draft = steps.begin(client, english_area)
    steps.fill_in(client, draft, english_area)
    english_area.centre = welsh_area.centre
    english_area.save()

    assert labels_left(client, draft) == ["Your concerns"]
    page = page_of(client, "section", draft, "concerns")
    assert answers.CONCERNS["reason"] in page.text
    assert 'value="wal_a_vulnerable"' in page.text
    steps.save(client, draft, "concerns", answers.CONCERNS | {"category": "wal_a_vulnerable"})
    assert labels_left(client, draft) == []
    steps.send(client, draft)
    assert Referral.objects.get().centre == welsh_area.centre


def test_nobody_serves_the_area_any_more_and_it_goes_to_national(client, english_area, national):
    draft = steps.begin(client, english_area)
    steps.fill_in(client, draft, english_area)
    english_area.centre = None
    english_area.save()
    steps.send(client, draft)
    assert Referral.objects.get().centre == national


# Afterwards


def test_the_page_of_a_section_sent_again_after_sending_leads_to_the_receipt(client, english_area):
    """The back button, or a window that was left open."""
    draft = steps.begin(client, english_area)
    steps.fill_in(client, draft, english_area)
    steps.send(client, draft)
    receipt = reverse("refer:sent", args=[draft.pk])
    assert steps.save(client, draft, "concerns", {"reason": "Changed"}).url == receipt
    assert steps.save(client, draft, "concerns", {"reason": "x"}, headers={"X-Autosave": "1"}).status_code == 410
    assert steps.send(client, draft).url == receipt
    assert Referral.objects.get().reason == answers.CONCERNS["reason"]


# What is typed


def in_welsh(draft):
    """Each section with Welsh words wherever words are asked for: also in the lists."""
    whole = WholeForm(draft)
    for slug, plain in answers.WHOLE.items():
        form = whole.blank(slug, plain)
        every = [form, *(row for rows in form.rows.values() for row in rows)]
        typed = {
            one.add_prefix(name) for one in every for name, field in one.fields.items() if takes_words(name, field)
        }
        yield slug, plain | {name: f"{WELSH} {name}"[:60] for name in typed if name in plain}


def takes_words(name, field):
    return type(field) is forms.CharField and name not in FORM_OF_ITS_OWN and "contact" not in name and name != "value"


def test_welsh_words_in_every_field_come_back_and_are_stored_as_they_are(client, welsh_area):
    draft = steps.begin(client, welsh_area, category="wal_a_vulnerable")
    steps.fill_in(client, draft, welsh_area, category="wal_a_vulnerable")
    expected = 0
    for slug, values in in_welsh(ReferralDraft.objects.get()):
        values |= {"local_authority": welsh_area.code} | (
            {"category": "wal_a_vulnerable"} if slug == "concerns" else {}
        )
        assert steps.save(client, draft, slug, values).status_code == 302, slug
        mine = [value for value in values.values() if value.startswith("Mae’r ŵyl")]
        expected += len(mine)
        page = page_of(client, "section", draft, slug).text
        assert page.count("Mae’r ŵyl yn yr ŷd") >= len(mine), slug
    assert expected > 20
    steps.send(client, draft)
    referral = Referral.objects.get()
    assert referral.reason == f"{WELSH} reason"
    assert referral.young_person.last_name == f"{WELSH} last_name"
    assert WELSH in client.get(reverse("refer:sent", args=[draft.pk])).text


@pytest.mark.parametrize(("year", "is_a_day"), [("2012", True), ("2013", False)])
def test_born_on_29_february(client, english_area, year, is_a_day):
    draft = steps.begin(client, english_area)
    born = {"date_of_birth_day": "29", "date_of_birth_month": "February", "date_of_birth_year": year}
    steps.fill_in(client, draft, english_area)
    page = steps.save(client, draft, "young-person", answers.YOUNG_PERSON | born | {"local_authority": "leeds"})
    assert (page.status_code == 302) is is_a_day
    if not is_a_day:
        assert "date_of_birth" in page.context["form"].errors
        assert 'value="February"' in page.text


@pytest.mark.parametrize(("day", "age"), [("2027-02-28T12:00:00Z", 14), ("2027-03-01T12:00:00Z", 15)])
def test_their_birthday_is_the_first_of_march_in_other_years(client, english_area, day, age):
    with time_machine.travel(day):
        draft = steps.begin(client, english_area)
        born = {"date_of_birth_day": "29", "date_of_birth_month": "2", "date_of_birth_year": "2012"}
        steps.fill_in(client, draft, english_area, **born)
        steps.send(client, draft)
        words = client.get(reverse("refer:sent", args=[draft.pk])).text
    assert f"{age} on the day of the referral, born 29 February 2012" in words
