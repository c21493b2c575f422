"""What a parent or carer was told of besides us: on their own strand, and whether it was safe for them to have."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from cases.steps import KeptAlready, MoveNotAllowed
from sessions.models import Signpost
from sessions.models.carers import CarerSignpost, StrandEntry
from sessions.operations.carer_signposting import signpost_carer
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.carers import CarerSignpostFactory, CarerStrandFactory
from tests.factories.cases import AssignmentFactory
from tests.factories.signposts import ResourceFactory, SignpostFactory
from tests.sessions.carer_hands import at, beside, post, typed
from tests.traces import leaves_no_trace, writes

pytestmark = pytest.mark.django_db

ANSWERS = {"how": "said", "was_safe": "yes"}


def told(**more):
    return {"given_on": timezone.localdate(), **ANSWERS} | more


@pytest.fixture
def strand(client, case):
    """Signed in as who works with this mother."""
    mine = UserFactory(with_factor=True)
    MembershipFactory(user=mine, role=Role.PRACTITIONER, centre=case.centre)
    client.force_login(mine)
    return CarerStrandFactory(case=case, active=True, practitioner=mine)


@pytest.mark.requirement("R-wal-15", part="what a parent or carer was told of, on their own strand")
def test_it_is_written_down_on_their_strand_alone_and_their_story_leads_there(strand):
    resource = ResourceFactory()
    with writes(CarerSignpost=1, CarerSignpostEvent=1, StrandEntry=1, StrandEntryEvent=1, AuditEvent=1):
        given = signpost_carer(strand, by=strand.practitioner, resource=resource, **told())
    assert (given.what, given.by, given.strand) == (str(resource), strand.practitioner, strand)
    entry = StrandEntry.objects.get()
    assert (entry.title, entry.words, entry.path) == (f"Told of {resource}", "", at("carer_signposts", strand))


@pytest.mark.parametrize("strand", [{"ended": True}, {"accepted": True, "case__closed": True}])
def test_it_is_written_also_where_nobody_works_with_them_now(strand):
    signpost_carer(CarerStrandFactory(**strand), by=UserFactory(), other="The choir", **told())


def test_nothing_is_written_where_a_manager_holds_it_back_nor_twice():
    blocked, strand, by = CarerStrandFactory(blocked=True), CarerStrandFactory(active=True), UserFactory()
    with leaves_no_trace(), pytest.raises(MoveNotAllowed):
        signpost_carer(blocked, by=by, other="The choir", **told())
    signpost_carer(strand, by=by, other="The choir", **told())
    with leaves_no_trace(), pytest.raises(KeptAlready):
        signpost_carer(strand, by=by, other="The choir", **told())


@pytest.mark.requirement("R-wal-15", part="report counts what parents and carers were told of")
def test_a_report_adds_what_both_sides_gave():
    first = CarerSignpostFactory()
    CarerSignpostFactory(resource=first.resource)
    SignpostFactory(resource=first.resource, for_whom="carer")
    [theirs], [beside_the_young_person] = CarerSignpost.objects.counted(), Signpost.objects.counted()
    assert theirs == {"resource": first.resource_id, "for_whom": "carer", "times": 2}
    assert beside_the_young_person == theirs | {"times": 1}


# Through their pages


def test_something_of_the_library_is_given(client, strand):
    resource = ResourceFactory(centre=strand.case.centre)
    response = post(client, "carer_signpost", strand, ANSWERS | typed("given_on", 0) | {"what": resource.pk})
    assert response.status_code == 302, response.context["form"].errors
    given = CarerSignpost.objects.get()
    assert (given.resource, given.other, given.was_safe, given.by) == (resource, "", "yes", strand.practitioner)
    page = client.get(at("carer_signposts", strand)).text
    assert page.count(str(resource)) == 2  # in the library too
    assert "Safe to have" in page
    assert f"Told of {resource}" in client.get(at("strand", strand)).text


def test_what_is_on_no_list_and_not_safe_is_said_in_words(client, strand):
    answers = ANSWERS | typed("given_on", 0) | {"what": "other", "was_safe": "no"}
    page = post(client, "carer_signpost", strand, answers)
    assert set(page.context["form"].errors) == {"other", "safety"}
    post(client, "carer_signpost", strand, answers | {"other": "The choir", "safety": "Told her the way."})
    assert CarerSignpost.objects.get().what == "The choir"
    assert "Told her the way." in client.get(at("carer_signposts", strand)).text


def test_what_another_centre_has_is_no_choice(client, strand):
    theirs = ResourceFactory(centre=AssignmentFactory().case.centre)
    page = post(client, "carer_signpost", strand, ANSWERS | typed("given_on", 0) | {"what": theirs.pk})
    assert "what" in page.context["form"].errors


def test_a_manager_writes_it_down_for_whoever_wants_information_alone(client, strand, sign_in):
    waits = CarerStrandFactory(case=strand.case, accepted=True, response="wants_information_only")
    sign_in(Role.TEAM_MANAGER, at=strand.case.centre)
    assert at("carer_signpost", waits) in client.get(at("carer_signposts", waits)).text
    answers = ANSWERS | typed("given_on", 0) | {"what": "other", "other": "The choir"}
    assert post(client, "carer_signpost", waits, answers).status_code == 302


def test_held_back_nobody_is_led_there_and_it_is_refused_with_every_word_kept(client, strand, sign_in):
    blocked = CarerStrandFactory(case=strand.case, blocked=True)
    sign_in(Role.TEAM_MANAGER, at=strand.case.centre)
    assert at("carer_signpost", blocked) not in client.get(at("carer_signposts", blocked)).text
    answers = ANSWERS | typed("given_on", 0) | {"what": "other", "other": "The choir"}
    page = post(client, "carer_signpost", blocked, answers)
    assert (page.status_code, "The choir" in page.text) == (409, True)


@pytest.mark.requirement("R-nat-32", part="what each side was told of stays on its own")
def test_neither_side_reads_what_the_other_was_told_of(client, strand):
    CarerSignpostFactory(strand=strand, resource=None, other="A choir of mothers")
    SignpostFactory(case=strand.case, resource=None, other="The boxing club")
    theirs = client.get(at("carer_signposts", strand)).text
    assert ("A choir of mothers" in theirs, "The boxing club" in theirs) == (True, False)
    lead = UserFactory(with_factor=True)
    MembershipFactory(user=lead, role=Role.PRACTITIONER, centre=strand.case.centre)
    AssignmentFactory(case=strand.case, user=lead)
    client.force_login(lead)
    page = client.get(beside("signposts", strand.case)).text
    assert ("A choir of mothers" in page, "The boxing club" in page) == (False, True)


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_the_same_of_three_as_of_one(client, strand, count, django_assert_num_queries):
    CarerSignpostFactory.create_batch(count, strand=strand)
    with django_assert_num_queries(14):
        client.get(at("carer_signposts", strand))


def test_the_page_of_contacts_leads_there(client, strand):
    assert f'href="{at("carer_signposts", strand)}"' in client.get(at("carer_sessions", strand)).text
    back = client.get(at("carer_signposts", strand)).context["back"]
    assert back["url"] == reverse("sessions:carer_sessions", args=[strand.key])
