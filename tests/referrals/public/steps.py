"""What a referrer does, one step after the other."""

import re

from django.core import mail
from django.urls import reverse

from referrals.models import ReferralDraft
from tests.referrals.public import answers

EMAIL = "robin@school.example"


def pass_the_check(client, area, *, category="suspected", **changes):
    """The check before the form, to the page that shows what fits."""
    client.post(reverse("refer:check"), answers.GATE | {"local_authority": area.code} | changes)
    return client.post(reverse("refer:situation"), {"category": category} | changes)


def prove(client, email=EMAIL):
    """Prove an address by the code in the newest e-mail. Returns the answer to the code."""
    client.post(reverse("refer:email"), {"email": email})
    return client.post(reverse("refer:code"), {"code": newest_code()})


def newest_code():
    return re.search(r"\b\d{6}\b", mail.outbox[-1].body)[0]


def begin(client, area, **changes):
    """A draft of a proven referrer, begun by the check."""
    pass_the_check(client, area, **changes)
    client.post(reverse("refer:result"))
    if not client.session.get("referrer"):
        prove(client)
    return ReferralDraft.objects.latest("created_at")


def save(client, draft, slug, values, **headers):
    return client.post(reverse("refer:section", args=[draft.pk, slug]), values, **headers)


def fill_in(client, draft, area, **changes):
    """Answer all four sections. ``changes`` go to whichever section asks for them."""
    sections = {
        "about-you": answers.ABOUT_YOU,
        "young-person": answers.YOUNG_PERSON | {"local_authority": area.code},
        "concerns": answers.CONCERNS,
        "safety": answers.SAFETY,
    }
    for slug, values in sections.items():
        save(client, draft, slug, values | changes)


def send(client, draft, **changes):
    return client.post(reverse("refer:check_answers", args=[draft.pk]), answers.DECLARATION | changes)


def refer(client, area, **changes):
    """From the check to the receipt."""
    draft = begin(client, area)
    fill_in(client, draft, area, **changes)
    send(client, draft)
    return draft
