"""Nobody stores more than a form asks (A7, C7), and no letter tells whether a young person is known (A6)."""

import re

import pytest
import time_machine
from django.core import mail
from django.urls import reverse

from outbox import relay
from people.models import DataSubject
from protect_respect import house
from referrals.forms.base import Given
from referrals.forms.whole import FORMS
from referrals.models import Referral, ReferralDraft, ReferredYoungPerson, SafetyAnswers
from tests.factories.accounts import UserFactory
from tests.factories.centres import ServiceCentreFactory
from tests.factories.people import DataSubjectFactory
from tests.factories.referrals import ReferralFactory
from tests.referrals.public import answers, steps

DRAWN = {"id", "reference", "form_token", "subject_id", "referral_id"}
VALUES = answers.WHOLE


def every_name():
    """Each name that a field of ours has, and those an attacker tries first."""
    fields = [field for app in house.our_apps() for model in app.get_models() for field in model._meta.concrete_fields]
    tried = {"id", "pk", "owner", "status", "restricted", "is_restricted", "centre", "is_staff", "is_superuser"}
    return {name for field in fields for name in (field.name, field.attname)} | tried


def hostile(asked=()):
    """Another centre, another owner, the end of the referral: whatever the page does not ask."""
    centre, user = ServiceCentreFactory(), UserFactory()
    told = {"status": "accepted", "priority": "immediate", "submitted_at": "2020-01-01", "email": user.email}
    told |= dict.fromkeys(["centre", "centre_id"], centre.pk) | dict.fromkeys(["owner", "owner_id"], user.pk)
    return {name: told.get(name, "1") for name in every_name() if name not in asked}


def asked_in(slug, area):
    form = FORMS[slug](given=Given.of(area_code=area.code))
    entries = {name for rows in form.rows.values() for entry in rows for name in entry.input_names()}
    return {*form.input_names(), *entries, "later", "seen"}


def send_all(client, area, *, is_hostile):
    """A referral through every page. What is stored of it, but for what is drawn anew each time."""
    draft = steps.begin(client, area)
    for slug, values in VALUES.items():
        more = hostile(asked_in(slug, area)) if is_hostile else {}
        values = more | values | ({"local_authority": area.code} if slug == "young-person" else {})
        assert steps.save(client, draft, slug, values).status_code == 302
    assert steps.send(client, draft, **(hostile() if is_hostile else {})).status_code == 302
    referral = Referral.objects.get(form_token=draft.pk)
    rows = {
        Referral: {"pk": referral.pk},
        DataSubject: {"pk": referral.subject_id},
        ReferredYoungPerson: {"referral": referral},
        SafetyAnswers: {"referral": referral},
    }
    stored = {model: model._base_manager.filter(**which).values().get() for model, which in rows.items()}
    return {
        (model.__name__, name): value for model, row in stored.items() for name, value in row.items()
        if name not in DRAWN
    }  # fmt: skip


def test_whatever_else_is_posted_the_same_is_stored(client, english_area):
    with time_machine.travel("2026-11-23T10:00:00Z", tick=False):
        plain = send_all(client, english_area, is_hostile=False)
        assert send_all(client, english_area, is_hostile=True) == plain
    assert plain["Referral", "status"] == "submitted"


@pytest.mark.parametrize("slug", FORMS)
def test_a_draft_keeps_answers_to_its_questions_and_nothing_else(client, english_area, slug):
    draft = steps.begin(client, english_area)
    kept = ReferralDraft.objects.values("pk", "email", "language", "created_at")
    before, asked = kept.get(), asked_in(slug, english_area)

    steps.save(client, draft, slug, hostile(asked) | VALUES[slug])

    assert kept.get() == before
    assert set(ReferralDraft.objects.get().answers[slug]) <= asked


# Another kind of body


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ('{"referrer_name": "Canary", "accurate": "on", "told": "on", "not_instead": "on"}', "application/json"),
        ("referrer_name=Canary&accurate=on&told=on&not_instead=on", "text/plain"),
        ("<referrer_name>Canary</referrer_name>", "text/xml"),
        ("referrer_name=Canary", ""),
        ("--x", "multipart/form-data"),
    ],
)
def test_a_body_of_another_kind_answers_no_question(client, english_area, body, content_type):
    draft = steps.begin(client, english_area)
    steps.fill_in(client, draft, english_area)
    before = ReferralDraft.objects.get().answers
    pages = [reverse("refer:section", args=[draft.pk, slug]) for slug in FORMS]

    for page in [*pages, reverse("refer:check_answers", args=[draft.pk])]:
        assert client.post(page, body, content_type=content_type).status_code in (400, 409)

    assert ReferralDraft.objects.get().answers == before
    assert not Referral.objects.exists()


# Is this young person known?


def letters_about(client, area, last_name):
    draft = steps.begin(client, area)
    steps.fill_in(client, draft, area, last_name=last_name)
    steps.send(client, draft)
    mail.outbox.clear()
    relay.pay()
    referral = Referral.objects.get(form_token=draft.pk)
    drawn = f"{referral.reference}|{draft.pk}"
    return [(letter.to, re.sub(drawn, "…", f"{letter.subject}\n{letter.body}")) for letter in mail.outbox]


def test_the_letters_are_the_same_whether_a_young_person_is_known(client, english_area):
    ReferralFactory(accepted=True, subject=DataSubjectFactory(surname_key="knownname"))

    known, unknown = (letters_about(client, english_area, name) for name in ("Knownname", "Othername"))

    assert len(known) == 1
    assert known == unknown
