"""A young person made of canaries, driven through everything: none may sing where it is overheard (J1–J4, J6)."""

import inspect
import json
import logging
import re
from datetime import timedelta
from types import ModuleType

import pytest
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core import mail
from django.core.cache import cache
from django.test import Client, override_settings
from django.urls import path, reverse
from django.utils import timezone

from accounts.enums import Role
from audit.models import AuditEvent
from outbox import relay
from outbox.models import Message
from protect_respect import urls
from protect_respect.celery import app as celery
from referrals import operations
from referrals.models import Referral
from referrals.sections import BY_SLUG
from safeguarding.models import Concern
from tests import concern_world
from tests.factories.accounts import MembershipFactory, give_factor
from tests.factories.centres import ServiceCentreFactory, ServiceOfferFactory
from tests.factories.referrals import NotAcceptedReasonFactory
from tests.referrals.public import steps
from tests.routes import OF_THE_QUEUE, all_routes
from tests.visitors import sign_in
from ui.logs import JsonFormatter

CHILD = {
    "first_name": "Canarygwen",
    "last_name": "Canarywilliams",
    "preferred_name": "Canarygee",
    "other_names": "Canarynick",
    "address": "7 Canarystreet",
    "postcode": "LS1 4AP",
    "address_is_confidential": "yes",
    "address_kept_from": "Canaryuncle",
    "other_language": "Canarylanguage",
    "preferred_language": "other",
    "interpreter_needed": "yes",
    "interpreter_details": "Canaryinterpreter",
    "reason": "Canaryreason",
    "recent_change": "Canarychange",
    "impact": "Canaryimpact",
    "young_person_view": "Canaryview",
    "danger": "yes",
    "danger_details": "Canarydanger",
    "emergency_called": "on",
    "what_helps": "Canaryhelp",
    "police_reference": "Canarypolice",
    "social_care_contact": "Canarysocialcare",
    "referrer_relationship": "Canaryrelationship",
}
CANARY = re.compile(r"canary\w*|LS1 ?4AP", re.IGNORECASE)


def songs(text):
    return sorted(set(CANARY.findall(text)))


@pytest.fixture
def logged():
    """Each line of the log as it would be printed, of every logger and level."""
    lines = []

    class Keep(logging.Handler):
        def emit(self, record):
            lines.append(self.format(record))

    handler, root = Keep(logging.DEBUG), logging.getLogger()
    handler.setFormatter(JsonFormatter())
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield lines
    root.removeHandler(handler)
    root.setLevel(level)


@pytest.fixture
def heard(client):
    """Each answer: its address, title, headers and links, and the text of its page."""
    notes = []

    def listening(**request):
        response = client_request(**request)
        title = re.search(r"<title>(.*?)</title>", response.text, re.DOTALL)
        links = re.findall(r'(?:href|src|action|hx-get|hx-post)="([^"]*)"', response.text)
        address = f"{request['PATH_INFO']}?{request.get('QUERY_STRING', '')}"
        notes.append((address, title[1] if title else "", dict(response.headers), links, response.text))
        return response

    client_request, client.request = client.request, listening
    return notes


@pytest.fixture
def area(db):
    cache.clear()
    ServiceOfferFactory(centre=ServiceCentreFactory(national=True))
    return ServiceOfferFactory(scheme="NAT4").centre.areas.create(code="leeds", name_en="Leeds", nation="ENG")


@pytest.fixture
def whole_story(client, area, heard, logged):
    """The referral from its check to its outcome, every page of it read, and one page broken."""
    people = [MembershipFactory(role=role, centre=area.centre).user for role in [Role.DUTY_WORKER, Role.TEAM_MANAGER]]
    referral = _refer(client, area)
    for user, work in zip(people, [_decide, _agree], strict=True):
        client.logout()
        give_factor(user)
        sign_in(client, user)
        work(client, referral)
        _read(client, referral)
    _break_a_page(client)
    operations.record_submissions(by="test")
    relay.pay()
    referral.refresh_from_db()
    assert referral.status == "not_accepted"
    return referral


def _refer(client, area):
    draft = steps.begin_by_hand(client, area, category="current")
    steps.fill_in_by_hand(client, draft, area, **CHILD)
    for name in ["tasks", "check_answers", "discard"]:
        client.get(reverse(f"refer:{name}", args=[draft.pk]))
    for slug in BY_SLUG:
        client.get(reverse("refer:section", args=[draft.pk, slug]))
    steps.send(client, draft)
    referral = Referral.objects.get()
    for page in [reverse(f"refer:{name}", args=[draft.pk]) for name in ["sent", "outcome"]] + [reverse("refer:mine")]:
        client.get(page)
    return referral


def _decide(client, referral):
    acts = {
        "start_screening": {},
        "notes": {"text": "Canarynote"},
        "priority": {"priority": "soon", "reason": "Canarypriority"},
        "concern": {"severity": "high", "what": "Canaryconcern", "done_now": "Canarydone"},
        "criteria": {"knows": "not_met", "knows_note": "Canarycriterion"},
        "hold": {"reason": "Canaryhold"} | day_of("review_on", 3),
        "resume": {},
        "ask": {"facts": ["who_knows"], "text": "Canaryquestion"} | day_of("due_on", 3),
        "answer": {"text": "Canaryanswer"},
        "decision": {
            "outcome": "not_eligible",
            "reason": NotAcceptedReasonFactory().pk,
            "explanation": "Canaryexplanation",
            "suggestion": "Canarysuggestion",
        },
    }
    paths = {"start_screening": "screening"}
    for name, values in acts.items():
        if name == "answer":
            _answer(referral, values)
        else:
            client.post(f"/triage/{referral.reference}/{paths.get(name, name)}/", values)


def day_of(name, days):
    day = timezone.localdate() + timedelta(days=days)
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def _answer(referral, values):
    """By the referrer, in a browser of their own."""
    browser = Client()
    steps.prove_at_once(browser, referral.referrer_email)
    page = reverse("refer:messages", args=[referral.form_token])
    assert "Canaryquestion" in browser.get(page).text
    browser.post(page, values)
    assert referral.questions.get().answer == "Canaryanswer"


def _agree(client, referral):
    answer = {"decision": referral.decisions.get().pk, "answer": "agree"}
    client.post(reverse("triage:second_person", args=[referral.reference]), answer)
    _follow(client, Concern.objects.filter(raised_by__isnull=False).get())


def _follow(client, concern):
    """What a manager does about a concern, each act with words of its own."""
    on_day = {"day": timezone.localdate().day, "month": timezone.localdate().month, "year": timezone.localdate().year}
    days = {f"{name}_{part}": value for part, value in on_day.items() for name in ("sent_on", "due_on", "happened_on")}
    call = {"route": "police_999", "method": "phone", "person": "Canaryperson", "agency": "Canaryagency"}
    call |= {"sent_time": "00:00", "reference": "Canaryincident", "known": "Canaryknown", "not_known": "Canarynotknown"}
    call |= {"discussed_with": "Canarymanager", "young_person_told": "no", "young_person_not_told_because": "Canarywhy"}
    call |= {"parent_told": "no", "parent_not_told_because": "Canaryparent"}
    for name, words in {
        "acknowledge": {},
        "take_further": call,
        "set_action": {"what": "Canaryaction", "owner": client.session["_auth_user_id"]},
        "finish_action": {"came_to": "done", "words": "Canaryfinished"},
        "add_reply": {"kind": "outcome", "person": "Canaryofficer", "words": "Canaryreply"},
        "telling": {"was_told": "no", "not_told_because": "Canarynottold"},
    }.items():
        row = concern_world.row_for(name, concern)
        client.post(reverse(f"safeguarding:{name}", kwargs={"key": concern.key, **row}), {**days, **words})
    concern.refresh_from_db()
    assert (concern.status, concern.tellings.count(), concern.actions.owed().count()) == ("acting", 1, 0)
    assert concern.escalations.get().replies.count() == 1


def _read(client, referral):
    """Every page of staff about it, and the lists that it stands on; each name sought where one could look for it."""
    client.get(f"{reverse('triage:queue')}?area=leeds&show=overdue")
    for words in ["Canarygwen Canarywilliams", "LS1 4AP", "canarynick", referral.reference]:
        assert referral.reference in client.post(reverse("triage:search"), {"text": words}).text
    for name in ["home", "triage:queue", "safeguarding:concerns"]:
        client.get(reverse(name))
    for name in sorted(all_routes()):
        if name.startswith("triage:") and name not in OF_THE_QUEUE:
            client.get(reverse(name, args=[referral.reference]))
    for concern in Concern.objects.all():
        client.get(reverse("safeguarding:concern", args=[concern.key]))
        for name in ["close", "take_further", "set_action", "telling"]:
            client.get(reverse(f"safeguarding:{name}", args=[concern.key]))


def _break_a_page(client):
    """A mistake of ours while a page about them is made: nothing of what it held may be told."""
    client.raise_request_exception = False
    referral = Referral.objects.select_related("young_person").get()

    def broken(request):
        name, words = referral.young_person.first_name, referral.reason
        raise ValueError(f"cannot show {name}: {words}")

    with_a_mistake = ModuleType("with_a_mistake")
    with_a_mistake.urlpatterns = [path("broken/", login_not_required(broken)), *urls.urlpatterns]
    with_a_mistake.handler500 = urls.handler500
    with override_settings(ROOT_URLCONF=with_a_mistake):
        assert client.get("/broken/").status_code == 500


def test_the_canaries_are_alive(whole_story, heard):
    """They are stored, and shown to those who may read: else their silence elsewhere would mean nothing."""
    person = whole_story.young_person
    assert songs(f"{person.first_name} {person.address} {person.postcode} {whole_story.reason}")
    assert sum(len(songs(text)) > 5 for *_others, text in heard) > 3


def test_no_address_title_or_header_holds_a_child(whole_story, heard):
    sung = [
        (path, where, songs(words))
        for path, title, headers, links, _text in heard
        for where, words in [
            ("address", path),
            ("title", title),
            ("headers", " ".join(f"{name}: {value}" for name, value in headers.items())),
            ("links", " ".join(links)),
        ]
        if songs(words)
    ]
    assert sung == []
    assert len(heard) > 60


def test_no_letter_holds_a_child(whole_story):
    """Subject, body, headers and names of files of all that left, and what is owed."""
    assert len(mail.outbox) >= 4  # the code, the receipt, danger to whoever is on duty, the outcome
    for letter in mail.outbox:
        assert songs(letter.message().as_string()) == []
        assert songs(letter.body) == []
        assert letter.attachments == []
    owed = Message.objects.values()
    assert songs(json.dumps(list(owed), default=str)) == []


def test_no_line_of_the_log_holds_a_child(whole_story, logged):
    """At the finest level, the statements of the database among them, and of a page that failed."""
    assert any("a page failed" in line for line in logged)
    assert [line for line in logged if songs(line)] == []


def test_the_trail_holds_no_child(whole_story):
    assert songs(json.dumps(list(AuditEvent.objects.values()), default=str)) == []


@pytest.mark.parametrize("ending", ["\r\n", "\n", "\r", "\u2028", "%0d%0a"])
def test_no_name_or_address_adds_a_header_to_a_letter(client, area, ending):
    injected = f"robin@school.example{ending}Bcc: canary@elsewhere.example"
    client.post(reverse("refer:email"), {"email": injected})
    draft = steps.begin(client, area)
    steps.fill_in(client, draft, area, referrer_name=f"Robin{ending}Bcc: canary@elsewhere.example")
    steps.send(client, draft)
    relay.pay()
    for letter in mail.outbox:
        assert letter.to in ([steps.EMAIL], ["robin@school.example"])
        assert letter.message()["Bcc"] is None
        assert "elsewhere" not in letter.message().as_string()


def test_what_passes_through_the_broker_is_a_name_and_nothing_else():
    """No task of ours takes an argument, and the clock sends none: there is no place for a child."""
    celery.loader.import_default_modules()
    ours = {name: task for name, task in celery.tasks.items() if not name.startswith("celery.")}
    assert ours
    for name, task in ours.items():
        assert not inspect.signature(task.run).parameters, name
    for entry in settings.CELERY_BEAT_SCHEDULE.values():
        assert entry["task"] in ours
        assert set(entry) == {"task", "schedule", "options"}
        assert entry["options"] == {"expires": entry["schedule"].total_seconds()}


# What a browser may complete: about the referrer, on their own page. All else is off: computers are shared.
ABOUT_THE_REFERRER = {"name", "organization", "organization-title", "tel"}


@pytest.mark.parametrize("slug", BY_SLUG)
def test_a_browser_keeps_nothing_about_a_young_person(client, area, slug):
    draft = steps.begin(client, area)
    page = client.get(reverse("refer:section", args=[draft.pk, slug])).text
    [form] = [form for form in re.findall(r"<form\b.*?</form>", page, re.DOTALL) if "data-guard" in form]
    opening, *controls = re.findall(r"<(?:form|input|textarea|select)\b[^>]*>", form)
    assert 'autocomplete="off"' in opening or slug == "about-you"
    completed = {said for control in controls for said in re.findall(r'autocomplete="([^"]*)"', control)} - {"off"}
    assert completed <= (ABOUT_THE_REFERRER if slug == "about-you" else set())
