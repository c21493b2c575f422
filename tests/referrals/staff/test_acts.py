"""What each act does through its page, and what it says when somebody else was first."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from accounts.enums import Role
from outbox.models import Message
from referrals.enums import Category, NoteKind, Outcome, Priority, ReferralStatus
from referrals.models import Decision, Note, Referral
from safeguarding.models import Concern
from tests.factories.accounts import MembershipFactory
from tests.factories.centres import ServiceOfferFactory
from tests.factories.people import AccessGrantFactory, ExclusionFactory
from tests.factories.referrals import DecisionFactory, NotAcceptedReasonFactory, ReferralFactory
from tests.factories.safeguarding import ConcernFactory

pytestmark = pytest.mark.django_db
LONG_WORDS = "We were told of something that another service works with every day."


@pytest.fixture
def duty_worker(stand_before, referral):
    return stand_before(Role.DUTY_WORKER, referral)


@pytest.fixture
def screened(referral, duty_worker):
    Referral.objects.filter(pk=referral.pk).update(status=ReferralStatus.SCREENING)
    return referral


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def not_accepted(outcome=Outcome.SIGNPOSTED_OTHER_SERVICE, **more):
    reason = NotAcceptedReasonFactory()
    words = {"explanation": LONG_WORDS, "suggestion": "Please ring the early help team."}
    return {"outcome": outcome, "reason": reason.pk} | words | more


# Taking and giving


def test_assign_to_me(client, referral, duty_worker, at):
    response = client.post(at("take", referral), {"owner": ""})
    referral.refresh_from_db()
    assert (response.url, referral.owner) == (referral.get_absolute_url(), duty_worker)


def test_assign_to_me_goes_back_to_the_list_it_came_from(client, referral, duty_worker, at):
    response = client.post(at("take", referral), {"owner": "", "back": "/triage/?show=unread"})
    assert response.url == "/triage/?show=unread"


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example/", "/staff/logout/", "\\triage/"])
def test_assign_to_me_leads_nowhere_else(client, referral, duty_worker, at, back):
    assert client.post(at("take", referral), {"back": back}).url == referral.get_absolute_url()


def test_a_stale_page_does_not_take_it_from_a_colleague(client, referral, duty_worker, at):
    colleague = MembershipFactory(centre=referral.centre).user
    Referral.objects.filter(pk=referral.pk).update(owner=colleague)

    response = client.post(at("take", referral), {"owner": ""})

    referral.refresh_from_db()
    assert referral.owner == colleague
    assert said(response) == [f"{colleague.full_name} took this before you."]


def test_the_row_says_who_took_it(client, referral, duty_worker, at):
    colleague = MembershipFactory(centre=referral.centre).user
    Referral.objects.filter(pk=referral.pk).update(owner=colleague)

    row = client.post(at("take", referral), {"owner": ""}, headers={"HX-Request": "true"}).content.decode()

    assert row.strip().startswith("<tr")
    assert f"{colleague.full_name} took this before you." in row
    assert "<form" not in row


def test_the_row_is_mine_after_taking_it(client, referral, duty_worker, at):
    row = client.post(at("take", referral), {"owner": ""}, headers={"HX-Request": "true"}).content.decode()
    assert "With you" in row


def test_assign_to_a_colleague(client, referral, duty_worker, at):
    colleague = MembershipFactory(centre=referral.centre).user
    client.post(at("assign", referral), {"colleague": colleague.pk})
    referral.refresh_from_db()
    assert referral.owner == colleague


def test_only_who_screens_here_and_may_see_it_can_be_given_it(client, referral, duty_worker, at):
    kept_out = MembershipFactory(centre=referral.centre).user
    ExclusionFactory(subject=referral.subject, user=kept_out)
    practitioner = MembershipFactory(centre=referral.centre, role=Role.PRACTITIONER).user
    elsewhere = MembershipFactory().user
    gone = MembershipFactory(centre=referral.centre, user__is_active=False).user

    offered = set(client.get(at("assign", referral)).context["form"].fields["colleague"].queryset)
    assert offered == {duty_worker}
    for colleague in (kept_out, practitioner, elsewhere, gone):
        assert client.post(at("assign", referral), {"colleague": colleague.pk}).context["form"].errors
    assert not Note.objects.exists()


# Screening


def test_screening_begins_and_has_an_owner(client, referral, duty_worker, at):
    client.post(at("start_screening", referral))
    referral.refresh_from_db()
    assert (referral.status, referral.owner) == (ReferralStatus.SCREENING, duty_worker)


def test_screening_that_a_colleague_began_is_said(client, referral, duty_worker, at):
    colleague = MembershipFactory(centre=referral.centre).user
    Referral.objects.filter(pk=referral.pk).update(status=ReferralStatus.SCREENING)
    referral.status_changes.create(from_status="submitted", to_status="screening", by=colleague)

    response = client.post(at("start_screening", referral))

    assert response.url == referral.get_absolute_url()
    assert colleague.full_name in said(response)[0]
    assert referral.status_changes.count() == 1


def test_a_priority_needs_a_reason(client, referral, duty_worker, at):
    page = client.post(at("priority", referral), {"priority": Priority.SOON, "reason": " "})
    assert list(page.context["form"].errors) == ["reason"]

    client.post(at("priority", referral), {"priority": Priority.SOON, "reason": "Term ends on Friday."})
    referral.refresh_from_db()
    [note] = referral.notes.all()
    assert (referral.priority, note.kind, note.text) == (Priority.SOON, NoteKind.PRIORITY, "Term ends on Friday.")


def test_a_note_is_kept_in_every_state(client, referral, duty_worker, at):
    client.post(at("withdraw", referral), {"outcome": Outcome.WITHDRAWN_BY_REFERRER})
    client.post(at("note", referral), {"text": "O’Brien rang: ŵ ŷ."})
    assert "O’Brien rang: ŵ ŷ." in client.get(referral.get_absolute_url()).content.decode()


def test_who_knows_the_family_is_out_at_once(client, referral, duty_worker, at):
    response = client.post(at("step_back", referral))
    assert response.url == reverse("home")
    assert "Example" not in said(response)[0]
    assert client.get(referral.get_absolute_url()).status_code == 404
    assert client.post(at("note", referral), {"text": "Too late."}).status_code == 404


def test_a_colleague_who_is_kept_out_has_lost_it_and_everything_about_it(client, referral, duty_worker, at):
    colleague = MembershipFactory(centre=referral.centre).user
    client.post(at("assign", referral), {"colleague": colleague.pk})
    client.post(at("keep_out", referral), {"colleague": colleague.pk})

    referral.refresh_from_db()
    assert referral.owner is None
    assert not Referral.objects.visible_to(colleague).exists()


def test_only_who_could_see_the_person_can_be_kept_out(client, referral, duty_worker, at):
    by_role = {role: MembershipFactory(centre=referral.centre, role=role).user for role in Role}
    given, _stranger = MembershipFactory(role=Role.PRACTITIONER).user, MembershipFactory(role=Role.PRACTITIONER).user
    AccessGrantFactory(subject=referral.subject, user=given)
    offered = set(client.get(at("keep_out", referral)).context["form"].fields["colleague"].queryset)
    never = {Role.CENTRE_ADMIN, Role.DATA_PROTECTION, Role.SYSTEM_ADMIN}
    assert offered == {user for role, user in by_role.items() if role not in never} | {given}


def test_a_concern_is_raised_about_the_person(client, referral, duty_worker, at):
    answers = {"severity": "high", "what": "Not seen since Friday.", "done_now": "Rang the police."}
    client.post(at("raise_concern", referral), answers)
    [concern] = Concern.objects.all()
    assert (concern.subject, concern.raised_by, concern.what) == (referral.subject, duty_worker, answers["what"])


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("priority", {"priority": "soon", "reason": "Why."}),
        ("note", {"text": "A note."}),
        ("withdraw", {"outcome": "withdrawn_by_referrer"}),
        ("raise_concern", {"severity": "high", "what": "Something."}),
    ],
)
def test_fields_that_a_form_does_not_have_change_nothing(client, referral, duty_worker, at, name, typed):
    stranger = MembershipFactory().user
    protected = {"id": 1, "pk": 1, "owner": stranger.pk, "by": stranger.pk, "reference": "PR-2222-22", "danger": "yes"}
    protected |= {"status": "accepted", "centre": stranger.memberships.get().centre_id, "subject": 1, "urgency": 0}

    client.post(at(name, referral), protected | typed)

    changed = Referral.objects.get()
    names = ["pk", "owner_id", "reference", "danger", "centre_id", "subject_id", "submitted_at", "decide_by"]
    assert [getattr(changed, name) for name in names] == [getattr(referral, name) for name in names]
    assert changed.status != ReferralStatus.ACCEPTED
    assert stranger.pk not in {*Note.objects.values_list("by", flat=True)}


# Deciding


def test_one_person_is_enough_for_a_plain_yes(client, screened, at):
    client.post(at("decide", screened), {"outcome": Outcome.ACCEPTED_ALLOCATE})
    screened.refresh_from_db()
    [letter] = Message.objects.all()
    assert (screened.status, letter.reference) == (ReferralStatus.ACCEPTED, screened.reference)


@pytest.mark.parametrize("missing", ["reason", "explanation", "suggestion"])
def test_a_no_says_why_and_what_instead_and_keeps_every_word(client, screened, at, missing):
    page = client.post(at("decide", screened), not_accepted() | {missing: ""})
    assert list(page.context["form"].errors) == [missing]
    if missing != "explanation":
        assert LONG_WORDS in page.content.decode()
    assert not Decision.objects.exists()


def test_what_a_choice_asks_for_names_the_choice(client, screened, at):
    page = client.get(at("decide", screened)).content.decode()
    for title in ("Because it is not accepted", "Because it belongs to another referral"):
        assert f"<h3>{title}</h3>" in page


def test_a_no_takes_effect(client, screened, at):
    client.post(at("decide", screened), not_accepted())
    screened.refresh_from_db()
    assert screened.status == ReferralStatus.NOT_ACCEPTED


def test_words_typed_for_another_outcome_are_not_kept(client, screened, at):
    client.post(at("decide", screened), not_accepted(Outcome.ACCEPTED_ALLOCATE))
    [decision] = screened.decisions.all()
    assert (decision.reason, decision.explanation, decision.suggestion) == (None, "", "")


@pytest.mark.parametrize("never", ["information_requested", "transferred_to_centre", "withdrawn_by_referrer"])
def test_some_outcomes_are_never_decisions(client, screened, at, never):
    assert "outcome" in client.post(at("decide", screened), {"outcome": never}).context["form"].errors


@pytest.mark.parametrize(
    ("setting", "outcome"),
    [("carer_only", Outcome.ACCEPTED_CARER_ONLY), ("consultation", Outcome.ACCEPTED_CONSULTATION_ONLY)],
)
def test_a_centre_is_offered_what_its_offer_has(client, screened, at, setting, outcome):
    def offered():
        return dict(client.get(at("decide", screened)).context["form"].fields["outcome"].choices)

    assert outcome not in offered()
    screened.offer.ends_on = screened.offer.starts_on.replace(year=2021)
    screened.offer.save()
    Referral.objects.update(
        offer=ServiceOfferFactory(centre=screened.centre, starts_on=screened.offer.ends_on, **{setting: True})
    )
    assert outcome in offered()


def test_no_capacity_is_a_managers_word_and_carries_a_safety_note(client, stand_before, screened, at):
    answers = not_accepted(Outcome.NO_CAPACITY, safety_note="Her social worker visits on Monday.")
    assert "outcome" in client.post(at("decide", screened), answers).context["form"].errors

    stand_before(Role.TEAM_MANAGER, screened)
    assert "safety_note" in client.post(at("decide", screened), answers | {"safety_note": ""}).context["form"].errors
    client.post(at("decide", screened), answers)
    [decision], [note] = screened.decisions.all(), screened.notes.all()
    assert (decision.waits_for_second_person, note.text) == (True, answers["safety_note"])


@pytest.mark.parametrize("reference", ["PR-2222-22", "own", "elsewhere", "x"])
def test_a_referral_is_joined_only_to_another_that_one_may_open(client, screened, at, reference):
    reference = {"own": screened.reference, "elsewhere": ReferralFactory().reference}.get(reference, reference)
    page = client.post(at("decide", screened), {"outcome": Outcome.DUPLICATE_MERGED, "joined_to": reference})
    assert page.context["form"].errors == {
        "joined_to": ["You can open no other referral with this reference. Check it."]
    }


def test_a_referral_is_joined_to_another_and_the_note_says_which(client, screened, at):
    other = ReferralFactory(centre=screened.centre)
    answers = {"outcome": Outcome.DUPLICATE_MERGED, "joined_to": other.reference.lower()}
    client.post(at("decide", screened), answers)
    screened.refresh_from_db()
    assert screened.status == ReferralStatus.DUPLICATE
    assert other.reference in screened.notes.get().text


@pytest.mark.requirement("R-wal-33", part="accepting")
def test_route_b_is_not_accepted_before_readiness_is_known(client, stand_before, at):
    referral = ReferralFactory(route_b=True, screening=True)
    stand_before(Role.DUTY_WORKER, referral)
    page = client.post(at("decide", referral), {"outcome": Outcome.ACCEPTED_ALLOCATE})
    assert "ready_for_support" in page.context["form"].errors
    assert not Decision.objects.exists()


@pytest.mark.requirement("R-wal-33", part="accepting")
def test_route_b_is_accepted_with_what_the_duty_worker_was_told_since(client, stand_before, at):
    referral = ReferralFactory(route_b=True, screening=True)
    stand_before(Role.DUTY_WORKER, referral)
    told = "Their teacher, by telephone today: they asked when it can begin."
    client.post(at("decide", referral), {"outcome": Outcome.ACCEPTED_ALLOCATE, "ready_for_support": told})
    referral.refresh_from_db()
    assert referral.status == ReferralStatus.ACCEPTED
    assert referral.ready_for_support == ""  # what the referrer said stays as it was said
    assert referral.decisions.get().ready_for_support == told


@pytest.mark.requirement("R-wal-32", part="the duty worker's page")
@pytest.mark.parametrize("also", [[], [Category.WAL_C_HIGH_OR_CURRENT]])
def test_route_a_with_answers_of_risk_now_prompts_to_look_again(client, stand_before, also):
    referral = ReferralFactory(wal3=True, categories_also=also)
    stand_before(Role.DUTY_WORKER, referral)
    page = client.get(referral.get_absolute_url()).content.decode()
    assert ("Look at the route again" in page) == bool(also)


def test_the_page_says_beforehand_what_will_need_two(client, stand_before, at):
    referral = ReferralFactory(screening=True, current=True, too_young=True)
    ConcernFactory(subject=referral.subject)
    stand_before(Role.TEAM_MANAGER, referral)
    assert client.get(at("decide", referral)).context["by_two"] == [
        "To accept: exploitation is happening now.",
        "To accept: something does not fit what the service offers.",
        "Not to accept, or to join: a safeguarding concern is open.",
        "“Not within what the service can offer”: always.",
        "“No capacity”: always.",
    ]


def test_who_decides_second_reads_the_first_and_keeps_their_words(client, screened, at):
    colleague = MembershipFactory(centre=screened.centre).user
    Referral.objects.filter(pk=screened.pk).update(owner=colleague)
    DecisionFactory(referral=screened, decided_by=colleague, waiting=True)

    response = client.post(at("decide", screened), not_accepted())

    page = response.content.decode()
    assert response.status_code == 409
    assert f"{colleague.full_name} has decided" in page
    assert "Accepted, to be allocated" in page
    assert LONG_WORDS in page
    assert Decision.objects.count() == 1


def test_sending_a_decision_twice_is_one_decision(client, screened, at):
    answers = {"outcome": Outcome.ACCEPTED_ALLOCATE}
    client.post(at("decide", screened), answers)
    assert client.post(at("decide", screened), answers).url == screened.get_absolute_url()
    assert Decision.objects.count() == 1


def test_who_comes_back_to_decide_hears_that_they_have_decided(client, screened, at):
    client.post(at("decide", screened), {"outcome": Outcome.ACCEPTED_ALLOCATE})
    page = client.get(at("decide", screened), follow=True)
    assert page.redirect_chain == [(screened.get_absolute_url(), 302)]
    assert "You have already decided this referral." in page.content.decode()


@pytest.mark.parametrize(("name", "who"), [("decide", Role.DUTY_WORKER), ("second_person", Role.TEAM_MANAGER)])
def test_whoever_decides_is_told_that_the_priority_is_not_set(client, stand_before, at, name, who):
    referral = ReferralFactory(**{"waiting" if name == "second_person" else "screening": True})
    stand_before(who, referral)
    assert "The priority is not set." in client.get(at(name, referral)).content.decode()
    Referral.objects.update(priority=Priority.SOON)
    assert "The priority is not set." not in client.get(at(name, referral)).content.decode()


def test_a_second_person_has_the_facts_before_their_eyes(client, stand_before, at):
    referral = ReferralFactory(waiting=True, in_danger=True, safety__missing_now="yes")
    stand_before(Role.SAFEGUARDING_LEAD, referral)
    response = client.get(at("second_person", referral))
    who, category, safety = response.context["key_facts"]
    assert who["value"] == "S.E., 14 years"
    assert category["value"] == referral.get_category_display()
    assert safety["lines"] == ["Danger now", "Missing now"]
    assert response.context["findings"]


def test_a_second_person_sends_it_back_with_a_reason(client, stand_before, at):
    referral = ReferralFactory(waiting=True)
    stand_before(Role.SAFEGUARDING_LEAD, referral)
    answer = {"decision": referral.decisions.get().pk, "answer": "send_back"}

    assert "reason" in client.post(at("second_person", referral), answer | {"reason": ""}).context["form"].errors
    client.post(at("second_person", referral), answer | {"reason": "Ring the social worker first."})

    referral.refresh_from_db()
    assert referral.status == ReferralStatus.SCREENING
    assert referral.decisions.get().sent_back_reason == "Ring the social worker first."
    assert not Message.objects.exists()


def test_the_page_says_why_it_came_back_until_somebody_decides_again(client, stand_before, at):
    referral = DecisionFactory(sent_back=True).referral
    stand_before(Role.DUTY_WORKER, referral)
    assert "Sent back: decide again" in client.get(referral.get_absolute_url()).content.decode()
    DecisionFactory(referral=referral, waiting=True)
    assert "Sent back: decide again" not in client.get(referral.get_absolute_url()).content.decode()


def test_a_second_person_agrees_only_to_what_they_read(client, stand_before, at):
    referral = ReferralFactory(waiting=True)
    stand_before(Role.TEAM_MANAGER, referral)
    client.post(at("second_person", referral), {"decision": referral.decisions.get().pk + 1, "answer": "agree"})
    referral.refresh_from_db()
    assert referral.status == ReferralStatus.SCREENING


@pytest.mark.parametrize("outcome", [Outcome.WITHDRAWN_BY_REFERRER, Outcome.DECLINED_BY_YOUNG_PERSON])
def test_a_referral_is_withdrawn_without_a_reason(client, referral, duty_worker, at, outcome):
    client.post(at("withdraw", referral), {"outcome": outcome, "note": ""})
    referral.refresh_from_db()
    assert (referral.status, referral.decisions.get().outcome) == (ReferralStatus.WITHDRAWN, outcome)


@pytest.mark.parametrize("name", ["assign", "start_screening", "priority", "withdraw"])
def test_an_act_on_what_has_ended_says_so_and_changes_nothing(client, referral, duty_worker, at, name):
    Referral.objects.filter(pk=referral.pk).update(status="accepted", decided_at=referral.submitted_at)
    typed = {"priority": "soon", "reason": "Why.", "outcome": "withdrawn_by_referrer", "colleague": duty_worker.pk}
    response = client.post(at(name, referral), typed)
    assert said(response) == ["Nothing of yours was saved: the referral is now “Accepted”."]
    assert not Note.objects.exists()
