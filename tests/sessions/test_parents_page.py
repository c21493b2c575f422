"""Parents and carers on the young person's side: a summary, what was shared, and what a manager decides."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.enums import Role
from cases.steps import KeptAlready
from people.models import Carer
from referrals.enums import CarerResponse
from sessions.models.carers import CarerNote, CarerStrand, SharedItem
from sessions.operations.carer_strands import add_carer
from tests.factories.accounts import MembershipFactory, give_factor
from tests.factories.carers import CarerNoteFactory, CarerStrandFactory, SharedItemFactory
from tests.factories.cases import AssignmentFactory, CaseFactory
from tests.factories.consent import ConsentEventFactory
from tests.factories.people import ExclusionFactory
from tests.factories.said import FamilyMemberFactory, SafeContactFactory
from tests.sessions.carer_hands import at, beside, told, typed
from tests.traces import leaves_no_trace

pytestmark = pytest.mark.django_db


@pytest.fixture
def works_with_them(practitioner, case):
    """Signed in as who works with the young person."""
    return practitioner


def test_somebody_of_the_referral_is_added_offered_support_and_answers(client, works_with_them, case):
    person = FamilyMemberFactory(referral=case.referral, name="Kim Ann Example", relationship="Father")
    page = client.get(beside("parents", case))
    assert "Kim Ann Example" in page.text
    form = client.get(f"{beside('add_carer', case)}?named={person.pk}").context["form"]
    assert form.initial["first_name"] == "Kim Ann"
    answers = {"first_name": "Kim Ann", "last_name": "Example", "relationship": "Father"}
    client.post(beside("add_carer", case), answers | {"preferred_language": "en", "interpreter_needed": "no"})
    strand = CarerStrand.objects.get()
    assert Carer.objects.get().relationship == "Father"
    client.post(beside("offer_support", case, strand.key))
    client.post(beside("answer_support", case, strand.key), {"response": "declined"})
    page = client.get(beside("parents", case)).text
    assert "Does not want it" in page
    assert "Whom the referral names" not in page


def test_of_the_family_only_parents_and_carers_are_named_to_be_added(client, works_with_them, case):
    for name, words in [
        ("Robin", {"relationship": "Brother"}),
        ("Ann", {"relationship": "Step-mother"}),
        ("Jo", {"relationship": "Mam-gu"}),
        ("Lee", {"relationship": "Sister", "parental_responsibility": "yes"}),
    ]:
        FamilyMemberFactory(referral=case.referral, name=name, **words)
    page = client.get(beside("parents", case))
    assert [person.name for person in page.context["named"]] == ["Ann", "Jo", "Lee"]
    assert "Somebody else in the family" in page.text


@pytest.mark.parametrize("response", CarerResponse.values)
def test_each_answer_is_taken_from_the_page(client, works_with_them, case, response):
    strand = CarerStrandFactory(case=case, offered=True)
    answers = {"response": response, "because": "He waits."}
    assert client.post(beside("answer_support", case, strand.key), answers).status_code == 302
    assert strand.carer_answers.get().response == response


@pytest.mark.requirement("R-nat-29", part="refused in words where somebody is chosen")
def test_a_manager_gives_them_somebody_of_their_own(client, manager, case):
    strand = CarerStrandFactory(case=case, accepted=True)
    free, theirs, kept_out = (
        MembershipFactory(role=Role.PRACTITIONER, centre=case.centre).user for _number in range(3)
    )
    AssignmentFactory(case=case, user=theirs)
    ExclusionFactory(subject=strand.subject, user=kept_out)
    people = client.get(beside("allocate_carer", case, strand.key)).context["form"].fields["to"].people
    assert people == [free]
    page = client.post(beside("allocate_carer", case, strand.key), {"to": theirs.pk})
    assert "to" in page.context["form"].errors
    client.post(beside("allocate_carer", case, strand.key), {"to": free.pk})
    strand.refresh_from_db()
    assert strand.practitioner == free


def test_each_side_reads_what_was_shared_and_nothing_else(client, works_with_them, case):
    strand = CarerStrandFactory(case=case, active=True)
    CarerNoteFactory(strand=strand, text="Canary of the carer.")
    SharedItemFactory(strand=strand, from_side="carer", text="She cooks on Fridays.", reason="Sam likes to know.")
    answers = {"kind": "spoken", "text": "Sam likes Fridays.", "reason": "They eat together.", **typed("said_on", 0)}
    client.post(beside("share_with_carer", case, strand.key), answers)
    page = client.get(beside("parents", case)).text
    for words in ("She cooks on Fridays.", "Sam likes Fridays.", "Sam likes to know.", str(strand.practitioner)):
        assert words in page
    assert "Canary" not in page
    assert str(strand.key) not in client.get(case.get_absolute_url()).text
    client.force_login(_with_factor(strand.practitioner, case))
    shared = client.get(at("carer_shared", strand)).text
    assert "Sam likes Fridays." in shared
    assert SharedItem.objects.count() == 2


def test_what_was_shared_says_where_it_comes_from_in_plain_words(client, works_with_them, case):
    SharedItemFactory(strand=CarerStrandFactory(case=case, active=True), from_side="carer", said_on=date(2026, 3, 2))
    page = client.get(beside("parents", case)).text
    assert "From the work with the parent or carer, 2 March 2026." in page


def _with_factor(user, case):
    MembershipFactory(user=user, role=Role.PRACTITIONER, centre=case.centre)
    give_factor(user)
    return user


def test_a_worry_about_them_is_a_managers_to_decide(client, works_with_them, case):
    strand = CarerStrandFactory(case=case)
    client.post(beside("hold_back", case, strand.key), {"because": "He was named by two people."})
    page = client.get(beside("parents", case)).text
    assert "With a manager" in page
    assert "two people" not in page
    refused = client.post(beside("offer_support", case, strand.key))
    assert refused.status_code == 409
    assert "“With a manager” now" in told(refused)


def test_once_somebody_works_with_them_the_young_persons_side_ends_nothing(client, works_with_them, case):
    strand = CarerStrandFactory(case=case, active=True)
    shown = client.get(beside("parents", case)).text
    assert "Write down what they answer" not in shown
    assert "There is a worry about them" in shown
    for name, said in [("answer_support", {"response": "declined"}), ("not_safe_to_offer", {"because": "He waits."})]:
        refused = client.post(beside(name, case, strand.key), said)
        assert refused.status_code == 409
        assert f"{strand.practitioner} works with them, and writes down what they answer." in told(refused)
    strand.refresh_from_db()
    assert (strand.status, strand.carer_answers.count()) == ("active", 0)


def test_why_it_is_not_safe_is_read_on_this_side_alone(client, works_with_them, case):
    strand = CarerStrandFactory(case=case, offered=True)
    answers = {"response": "not_safe_to_ask", "because": "Canary: she is hit.", "own_words": "Canary."}
    assert "no record that the parent" in client.get(beside("not_safe_to_offer", case, strand.key)).text
    client.post(beside("answer_support", case, strand.key), answers)
    assert "Canary: she is hit." in client.get(beside("parents", case)).text
    manager = MembershipFactory(role=Role.TEAM_MANAGER, centre=case.centre).user
    give_factor(manager)
    client.force_login(manager)
    for name in ("strand", "carer_consent", "carer_sessions"):
        assert "Canary" not in client.get(at(name, strand)).text


def test_words_of_a_stale_page_stay(client, works_with_them, case):
    strand = CarerStrandFactory(case=case, ended=True)
    refused = client.post(beside("not_safe_to_offer", case, strand.key), {"because": "He reads her phone."})
    assert (refused.status_code, "He reads her phone." in refused.text) == (409, True)
    assert not CarerNote.objects.exists()


@pytest.mark.parametrize(
    "name", ["offer_support", "answer_support", "not_safe_to_offer", "hold_back", "share_with_carer", "add_carer"]
)
def test_a_page_about_a_parent_says_which_and_takes_no_consent_of_the_young_person_back(
    client, works_with_them, case, name
):
    SafeContactFactory(subject=case.subject, must_not_be_told="Her stepfather.")
    ConsentEventFactory(case=case)
    assert client.get(case.get_absolute_url()).context["head"]["withdraw_url"]
    strand = CarerStrandFactory(case=case)
    page = client.get(beside(name, case, *([] if name == "add_carer" else [strand.key])))
    for shown in (page, client.get(beside("parents", case))):
        assert "They say no, or want to stop" not in shown.text
        assert reverse("cases:withdraw_consent", args=[case.reference]) not in shown.text
    assert "Somebody must not know" in page.text
    assert ("Alex Example, Mother</h1>" in page.text) == (name != "add_carer")


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_of_parents_asks_the_same_of_three_as_of_one(
    client, works_with_them, case, count, django_assert_num_queries
):
    for _number in range(count):
        SharedItemFactory(strand=CarerStrandFactory(case=case, active=True))
    with django_assert_num_queries(14):
        client.get(beside("parents", case))


@pytest.mark.requirement("R-wal-16", part="a case with a carer alone, through its pages")
def test_the_page_of_a_case_with_a_carer_alone_leads_to_them(client, stand_before):
    case = CaseFactory(kind="carer_only")
    stand_before(Role.TEAM_MANAGER, case)
    page = client.get(case.get_absolute_url())
    assert beside("parents", case) in page.text
    assert "begins when the plan is agreed" not in page.text
    shown = {tab["url"] for tab in page.context["tabs"]}
    assert not shown & {reverse(f"cases:{name}", args=[case.reference]) for name in ("consent", "plan", "assessments")}
    assert client.get(beside("parents", case)).status_code == 200


# Nobody is there twice

WHO = {"first_name": "Alex", "last_name": "Example", "relationship": "mother"}
SPOKEN = {"preferred_language": "en", "interpreter_needed": "no"}


def test_somebody_who_is_here_already_is_asked_about_before_they_are_added_again(client, works_with_them, case):
    CarerStrandFactory(case=case)
    page = client.post(beside("add_carer", case), WHO | SPOKEN)
    assert set(page.context["form"].errors) == {"is_another"}
    assert "“Alex Example, Mother” is here already" in page.text
    assert CarerStrand.objects.count() == 1
    for _twice in range(2):
        assert client.post(beside("add_carer", case), WHO | SPOKEN | {"is_another": "on"}).status_code == 302
    assert CarerStrand.objects.count() == 2


def test_somebody_of_an_earlier_case_is_offered_and_keeps_their_record(client, works_with_them, case):
    earlier = CarerStrandFactory(case=CaseFactory(closed=True, young_person=case.young_person, subject=case.subject))
    page = client.get(beside("add_carer", case))
    assert "Alex Example, Mother" in page.text
    page = client.post(beside("add_carer", case), WHO | SPOKEN | {"same_as": "new"})
    assert "from an earlier time" in page.context["form"].errors["is_another"][0]
    for _twice in range(2):
        client.post(beside("add_carer", case), {"same_as": str(earlier.carer.pk)})
    assert CarerStrand.objects.get(case=case).carer == earlier.carer
    assert Carer.objects.count() == 1


def test_whoever_is_kept_from_a_parent_is_not_told_that_we_know_them(client, works_with_them, case):
    earlier = CarerStrandFactory(case=CaseFactory(closed=True, young_person=case.young_person, subject=case.subject))
    ExclusionFactory(subject=earlier.subject, user=works_with_them)
    assert "Alex Example" not in client.get(beside("add_carer", case)).text
    assert client.post(beside("add_carer", case), WHO | SPOKEN).status_code == 302


def test_the_same_parent_is_added_once_whoever_sends_it(works_with_them, case):
    strand = CarerStrandFactory(case=case)
    for said in (WHO, {"same_as": strand.carer}):
        with leaves_no_trace(), pytest.raises(KeptAlready):
            add_carer(case, by=works_with_them, **said)
