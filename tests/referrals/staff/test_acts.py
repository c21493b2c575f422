"""What each act does through its page, and what it says when somebody else was first."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from accounts.enums import Role
from referrals.enums import NoteKind, Outcome, Priority, ReferralStatus
from referrals.models import Note, Referral
from safeguarding.models import Concern
from tests.factories.accounts import MembershipFactory
from tests.factories.people import AccessGrantFactory, ExclusionFactory
from tests.factories.referrals import DecisionFactory

pytestmark = pytest.mark.django_db


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


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
    client.post(at("keep_out", referral), {"colleague": colleague.pk, "reason": "A neighbour."})

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


# Ending without a decision


@pytest.mark.parametrize("outcome", [Outcome.WITHDRAWN_BY_REFERRER, Outcome.DECLINED_BY_YOUNG_PERSON])
def test_a_referral_is_withdrawn_without_a_reason(client, referral, duty_worker, at, outcome):
    client.post(at("withdraw", referral), {"outcome": outcome, "note": ""})
    referral.refresh_from_db()
    assert (referral.status, referral.decisions.get().outcome) == (ReferralStatus.WITHDRAWN, outcome)


@pytest.mark.parametrize("name", ["assign", "start_screening", "priority", "withdraw"])
def test_an_act_on_what_has_ended_says_so_and_changes_nothing(client, referral, duty_worker, at, name):
    DecisionFactory(referral=referral)
    Referral.objects.filter(pk=referral.pk).update(status="accepted", decided_at=referral.submitted_at)
    typed = {"priority": "soon", "reason": "Why.", "outcome": "withdrawn_by_referrer", "colleague": duty_worker.pk}
    response = client.post(at(name, referral), typed)
    assert said(response) == ["Nothing of yours was saved: the referral is now “Accepted”."]
    assert not Note.objects.exists()
