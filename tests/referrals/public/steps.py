"""What a referrer does, one step after the other."""

import re
from types import SimpleNamespace

from django.conf import settings
from django.core import mail
from django.urls import reverse

from referrals import operations
from referrals.models import ReferralDraft
from referrals.proof import prove as prove_session
from referrals.sections import CHECK
from referrals.views.saving import seen_in
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


def prove_at_once(client, email=EMAIL):
    """A session in which a code has proven ``email``, where the code is not what is tested."""
    session = client.session
    prove_session(SimpleNamespace(session=session), email)
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key


def begin(client, area, *, category="suspected", **told):
    """A draft of a proven referrer, with what the check was told; its pages are ``begin_by_hand``'s."""
    prove_at_once(client)
    check = answers.GATE | {"local_authority": area.code, "category": category} | told
    return operations.start_draft(EMAIL, by=EMAIL, language="en-gb", answers={CHECK: check})


def begin_by_hand(client, area, **changes):
    """A draft of a referrer who has gone through every page of the check and typed the code."""
    pass_the_check(client, area, **changes)
    client.post(reverse("refer:result"))
    prove(client)
    return ReferralDraft.objects.latest("created_at")


def save(client, draft, slug, values, **headers):
    """Send a section from a page that shows it as it is saved now, or as ``seen`` in ``values`` says."""
    held = ReferralDraft.objects.filter(pk=draft.pk).first()
    values = {"seen": seen_in(held, slug) if held else ""} | values
    return client.post(reverse("refer:section", args=[draft.pk, slug]), values, **headers)


def _sections(area, changes):
    return {slug: values | {"local_authority": area.code} | changes for slug, values in answers.WHOLE.items()}


def fill_in(client, draft, area, **changes):
    """Every section answered, as a browser would have typed it. ``changes`` are for whichever section asks."""
    for slug, values in _sections(area, changes).items():
        typed = {name: value if isinstance(value, list) else [value] for name, value in values.items()}
        operations.save_section(draft, by=EMAIL, section=slug, values=typed, version=version_of(draft))


def fill_in_by_hand(client, draft, area, **changes):
    for slug, values in _sections(area, changes).items():
        save(client, draft, slug, values)


def send(client, draft, **changes):
    """Press the button under the answers as they are saved now, or as ``seen`` says that they were shown."""
    declared = answers.DECLARATION | {"seen": version_of(draft)} | changes
    return client.post(reverse("refer:check_answers", args=[draft.pk]), declared)


def version_of(draft):
    return ReferralDraft.objects.filter(pk=draft.pk).values_list("version", flat=True).first() or 0
