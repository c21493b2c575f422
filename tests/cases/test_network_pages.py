"""Working with others, supervision and the way of the work, through their pages."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.enums import Role
from cases.forms.network import ContributionForm, SafetyChangeForm, SupervisionForm
from cases.models import (
    Case,
    Contribution,
    FocusChosen,
    NoContributionReason,
    OptionOffered,
    SafetyChange,
    StageDecision,
    Supervision,
)
from centres.models import ServiceOffer
from safeguarding.models import Concern
from tests.cases import ladder
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.cases import AssignmentFactory, CaseFactory
from tests.factories.network import (
    ContributionFactory,
    FocusChosenFactory,
    NoContributionReasonFactory,
    OptionOfferedFactory,
    SafetyChangeFactory,
    StageDecisionFactory,
    SupervisionFactory,
    SupportOptionFactory,
)
from tests.factories.people import ExclusionFactory
from tests.factories.safeguarding import ConcernFactory

pytestmark = pytest.mark.django_db

READS = ["network", "pathway", "supervision"]
ACTS = ["contribute", "no_contribution", "safety_change", "menu", "focus", "stage"]
OF_A_ROW = ["contribution", "told_back"]
WAYS = [*(("get", name) for name in [*READS, *ACTS, *OF_A_ROW, "supervise"])]
WAYS += [("post", name) for name in [*ACTS, "told_back", "supervise"]]
NOBODY = ["practitioner_elsewhere", "colleague_without_need_to_know", "excluded_manager", "practitioner_before"]
NOBODY += [Role.DUTY_WORKER, Role.CENTRE_ADMIN, Role.SYSTEM_ADMIN, Role.DATA_PROTECTION]


def day_typed(name, count):
    day = timezone.localdate() + timedelta(days=count)
    return {f"{name}_{part}": str(getattr(day, part)) for part in ("day", "month", "year")}


@pytest.fixture
def address(case, at):
    row = ContributionFactory(case=case)
    return lambda name: at(name, case, row.pk) if name in OF_A_ROW else at(name, case)


def elsewhere(name):
    return reverse(f"cases:{name}", args=["PR-2222-22", *([1] if name in OF_A_ROW else [])])


# The ladder


def test_a_visitor_is_sent_to_sign_in(client, address):
    ladder.is_sent_to_sign_in(client, [(name, method, address(name)) for method, name in WAYS])


@pytest.mark.parametrize("who", NOBODY)
def test_no_need_to_know_looks_like_no_case(client, stand_before, case, address, who):
    ways = [(name, method, address(name)) for method, name in WAYS]
    stand_before(who, case)
    ladder.looks_like_no_case(client, ways, elsewhere)


def test_who_sees_the_case_for_a_concern_reads_no_supervision_and_writes_nothing(client, stand_before, case, address):
    ConcernFactory(subject=case.subject)
    ways = [(name, "get", address(name)) for name in ["supervision", *ACTS, "told_back", "supervise"]]
    stand_before(Role.SAFEGUARDING_LEAD, case)
    assert client.get(address("network")).status_code == 200
    ladder.is_refused(client, ways)


def test_supervision_is_written_by_a_manager(client, practitioner, case, at):
    ladder.is_refused(client, [("supervise", method, at("supervise", case)) for method in ("get", "post")])


@pytest.mark.parametrize("who", ["lead", Role.TEAM_MANAGER, Role.SERVICE_MANAGER])
def test_who_works_with_them_opens_every_page(client, stand_before, case, address, who):
    stand_before(who, case)
    for name in [*READS, *ACTS, *OF_A_ROW]:
        assert client.get(address(name)).status_code == 200, name


def test_a_row_of_another_case_is_not_reached_through_this_one(client, practitioner, case, at):
    other = ContributionFactory()
    assert client.get(at("contribution", case, other.pk)).status_code == 404
    assert client.post(at("told_back", case, other.pk)).status_code == 404


# Contributions

MEETING = {"meeting": "school_meeting", "how": "attended", "purpose": "Back to school.", "wants": "no", "shares": "no"}


def action(number, owner):
    row = {"what": "Ring the nurse.", "owner": owner.pk} | day_typed("due_on", 3)
    return {f"actions-{number}-{name}": value for name, value in row.items()}


def test_a_contribution_is_kept_with_what_was_promised(client, practitioner, case, at):
    answers = MEETING | {"wants": "yes", "wanted_said": "I want my own bed.", "was_said": "in_part"}
    answers |= {"shares": "yes", "shared": "Where she sleeps.", "sharing_basis": "agreed"}
    response = client.post(at("contribute", case), answers | day_typed("held_on", -1) | action(0, practitioner))
    assert response.status_code == 302, response.context["form"].errors
    row = Contribution.objects.get()
    assert (row.wanted_said, row.was_said, row.sharing_basis, row.by) == (
        "I want my own bed.", "in_part", "agreed", practitioner,
    )  # fmt: skip
    assert [task.owner for task in row.actions.all()] == [practitioner]
    page = client.get(at("contribution", case, row.pk))
    assert "I want my own bed." in page.text
    assert "Ring the nurse." in page.text


def test_another_action_is_added_without_javascript_and_every_word_is_kept(client, practitioner, case, at):
    answers = MEETING | action(0, practitioner) | {"add": "actions"}
    page = client.post(at("contribute", case), answers)
    form = page.context["form"]
    assert (len(form.rows["actions"].forms), form["purpose"].value()) == (2, "Back to school.")
    page = client.post(at("contribute", case), answers | {"add": "", "remove": "actions-0"})
    assert "Ring the nurse." not in page.text
    assert not Contribution.objects.exists()


def test_what_was_not_asked_is_not_required(client, practitioner, case, at):
    page = client.post(at("contribute", case), {"wants": "yes", "shares": "yes", "sharing_basis": "agreed"})
    wrong = {"meeting", "how", "held_on", "purpose", "wanted_said", "was_said", "shared"}
    assert set(page.context["form"].errors) == wrong


def test_a_task_is_given_to_nobody_who_does_not_work_on_it(client, practitioner, case, at):
    answers = MEETING | day_typed("held_on", 0) | action(0, UserFactory())
    assert "actions" in client.post(at("contribute", case), answers).context["form"].errors


def test_the_young_person_is_told_back(client, practitioner, case, at):
    row = ContributionFactory(case=case)
    client.post(at("told_back", case, row.pk), day_typed("on", 0))
    row.refresh_from_db()
    assert row.fed_back_by == practitioner
    page = client.post(at("told_back", case, row.pk), day_typed("on", 0))
    assert page.status_code == 409


def test_a_reason_is_kept(client, practitioner, case, at):
    client.post(at("no_contribution", case), {"reason": "Nobody else works with them."})
    assert NoContributionReason.objects.get().by == practitioner
    assert "Nobody else works with them." in client.get(at("network", case)).text


@pytest.mark.parametrize("count", [1, 3])
def test_the_network_asks_as_often_for_three_as_for_one(
    client, practitioner, case, at, count, django_assert_num_queries
):
    ContributionFactory.create_batch(count, case=case)
    NoContributionReasonFactory.create_batch(count, case=case)
    SafetyChangeFactory.create_batch(count, case=case)
    with django_assert_num_queries(NETWORK):
        client.get(at("network", case))


NETWORK = 13


# Supervision


def test_supervision_is_kept_with_its_decisions_and_read_by_who_works_on_it(client, manager, case, at):
    lead = MembershipFactory(user=UserFactory(with_factor=True), centre=case.centre, role=Role.PRACTITIONER).user
    AssignmentFactory(case=case, user=lead)
    said = {"kind": "case_supervision", "with_whom": lead.pk, "drift": "We are on the way.", "oversight": "Go on."}
    response = client.post(at("supervise", case), said | day_typed("held_on", 0) | action(0, lead))
    assert response.status_code == 302, response.context["form"].errors
    row = Supervision.objects.get()
    assert (row.by, row.with_whom, [task.owner for task in row.actions.all()]) == (manager, lead, [lead])
    client.force_login(lead)
    assert client.get(at("supervision", case)).status_code == 200


def test_a_note_of_oversight_asks_for_nothing_more(client, manager, case, at):
    client.post(
        at("supervise", case), {"kind": "oversight", "oversight": "Read, and agreed."} | day_typed("held_on", 0)
    )
    assert Supervision.objects.get().with_whom is None
    assert "Read, and agreed." in client.get(at("supervision", case)).text


@pytest.mark.parametrize("count", [1, 3])
def test_supervision_asks_as_often_for_three_as_for_one(
    client, practitioner, case, at, count, django_assert_num_queries
):
    SupervisionFactory.create_batch(count, case=case, together=True)
    with django_assert_num_queries(SUPERVISION):
        client.get(at("supervision", case))


SUPERVISION = 12


# A change in safety


def test_less_safe_raises_a_concern_and_the_other_answers_are_not_asked(client, practitioner, case, at):
    answers = {"change": "worse", "what": "He waits at the gate.", "severity": "high"} | day_typed("noticed_on", 0)
    answers |= {"done": ["police_101", "childrens_social_care"], "done_now": "Rang at 3.", "informed": ["school"]}
    answers |= {"was_told": "yes", "told_young_person": "That we rang.", "not_told_because": "Left over."}
    assert client.post(at("safety_change", case), answers).url == case.get_absolute_url()
    concern, noticed = Concern.objects.get(), SafetyChange.objects.get()
    assert (concern.what, noticed.change, noticed.not_told_because) == ("He waits at the gate.", "worse", "")
    assert (noticed.done, noticed.informed) == (["police_101", "childrens_social_care"], ["school"])
    page = client.get(at("network", case)).text
    for words in ("Police: 101, Children’s social care", "School, college or training", "That we rang."):
        assert words in page


def test_where_they_were_not_told_it_is_said_why(client, practitioner, case, at):
    answers = {"change": "new_information", "what": "He is charged.", "was_told": "no"} | day_typed("noticed_on", 0)
    page = client.post(at("safety_change", case), answers)
    assert list(page.context["form"].errors) == ["not_told_because"]
    client.post(at("safety_change", case), answers | {"not_told_because": "He reads her phone."})
    assert SafetyChange.objects.get().not_told_because == "He reads her phone."


def test_less_safe_asks_how_soon_and_safer_does_not(client, practitioner, case, at):
    answers = {"what": "He waits at the gate."} | day_typed("noticed_on", 0)
    page = client.post(at("safety_change", case), answers | {"change": "worse"})
    assert list(page.context["form"].errors) == ["severity", "was_told"]
    client.post(at("safety_change", case), answers | {"change": "improved", "severity": "high"})
    assert not Concern.objects.exists()


# The way of the work


def test_the_menu_is_that_of_the_offer_and_its_answers_are_kept(client, practitioner, case, at):
    ours = SupportOptionFactory(centre=case.centre)
    shared, other = SupportOptionFactory(scheme=case.offer.scheme), SupportOptionFactory(retired_on="2020-01-01")
    for hidden in ({"scheme": "WAL3"}, {"centre": CaseFactory().centre}):
        other = SupportOptionFactory(**hidden)
    answers = {f"answer_{ours.pk}": "accepted", f"words_{ours.pk}": "Yes!", f"answer_{other.pk}": "accepted"}
    client.post(at("menu", case), answers)
    held = {row.option: (row.answer, row.own_words, row.by) for row in OptionOffered.objects.all()}
    assert held == {ours: ("accepted", "Yes!", practitioner)}
    form = client.get(at("menu", case)).context["form"]
    assert set(form.options.values()) == {ours, shared}
    assert form[f"words_{ours.pk}"].value() == "Yes!"


def test_the_focus_is_chosen(client, practitioner, case, at):
    page = client.post(at("focus", case), {"focus": ["wider_issues"]})
    assert list(page.context["form"].errors) == ["wider_issues"]
    client.post(at("focus", case), {"focus": ["wider_issues", "socio_educative"], "wider_issues": "Where she lives."})
    assert FocusChosen.objects.get().by == practitioner
    assert "Where she lives." in client.get(at("pathway", case)).text


STAGE = {"reasons": "She asks.", "young_persons_view": "I want to.", "safety": "With her aunt."}


def test_the_next_stage_is_decided_with_somebody_else(client, practitioner, case, at):
    manager = MembershipFactory(centre=case.centre, role=Role.TEAM_MANAGER).user
    decision = STAGE | {"to_stage": "socio_educative"} | day_typed("discussed_on", -2)
    page = client.post(at("stage", case), decision | {"discussed_with": practitioner.pk})
    assert list(page.context["form"].errors) == ["discussed_with"]
    client.post(at("stage", case), decision | {"discussed_with": manager.pk})
    case.refresh_from_db()
    assert (case.pathway_stage, StageDecision.objects.get().decided_by) == ("socio_educative", practitioner)


@pytest.mark.parametrize("is_offered", [True, False])
def test_therapeutic_work_is_shown_only_where_it_is_offered(client, practitioner, case, at, is_offered):
    ServiceOffer.objects.filter(pk=case.offer_id).update(therapeutic_available=is_offered)
    StageDecisionFactory(case=case)
    Case.objects.filter(pk=case.pk).update(pathway_stage="socio_educative")
    stages = [stage for stage, _label in client.get(at("stage", case)).context["form"].fields["to_stage"].choices]
    assert ("therapeutic" in stages) == is_offered


@pytest.mark.parametrize("count", [1, 3])
def test_the_way_of_working_asks_as_often_for_three_as_for_one(
    client, practitioner, case, at, count, django_assert_num_queries
):
    OptionOfferedFactory.create_batch(count, case=case)
    FocusChosenFactory.create_batch(count, case=case)
    with django_assert_num_queries(PATHWAY):
        client.get(at("pathway", case))


PATHWAY = 13


# Nothing contributed for too long


def late_case(centre, **more):
    case = CaseFactory(referral__centre=centre, **more)
    ServiceOffer.objects.filter(pk=case.offer_id).update(multi_agency_days=90)
    Case.objects.filter(pk=case.pk).update(opened_at=timezone.now() - timedelta(days=120))
    return case


def listed(client):
    return [row["reference"] for row in client.get(reverse("cases:without_contribution")).context["rows"]]


@pytest.mark.requirement("R-wal-28")
def test_it_stands_on_the_practitioners_and_the_managers_list_and_on_no_other(client, case, stand_before):
    late = late_case(case.centre)
    late_case(CaseFactory().centre)
    kept_out = late_case(case.centre)
    manager = stand_before(Role.TEAM_MANAGER, case)
    ExclusionFactory(subject=kept_out.subject, user=manager)
    assert listed(client) == [late.reference]
    user = stand_before(Role.PRACTITIONER, case)
    assert listed(client) == []
    AssignmentFactory(case=late, user=user)
    assert listed(client) == [late.reference]
    ContributionFactory(case=late)
    assert listed(client) == []


@pytest.mark.parametrize("role", [Role.DUTY_WORKER, Role.SAFEGUARDING_LEAD, Role.CENTRE_ADMIN, Role.SYSTEM_ADMIN])
def test_the_list_is_for_who_works_with_cases(client, sign_in, role):
    sign_in(role)
    assert client.get(reverse("cases:without_contribution")).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_often_for_three_as_for_one(client, manager, case, count, django_assert_num_queries):
    for _more in range(count):
        late_case(case.centre)
    with django_assert_num_queries(WITHOUT_CONTRIBUTION):
        assert len(listed(client)) == count


WITHOUT_CONTRIBUTION = 10


# Whatever is typed


TYPED = st.one_of(
    st.text(max_size=30), st.sampled_from(["worse", "same", "yes", "no", "attended", "oversight", "\x00"])
)
NAMES = sorted({*ContributionForm.base_fields, *SupervisionForm.base_fields, *SafetyChangeForm.base_fields})


@given(typed=st.dictionaries(st.sampled_from(NAMES), TYPED, max_size=8))
def test_whatever_is_typed_is_an_answer_or_an_error(typed):
    people, user = UserFactory._meta.model.objects.none(), UserFactory.build(pk=1)
    for form in (
        ContributionForm(typed, people=people),
        SupervisionForm(typed, people=people, user=user),
        SafetyChangeForm(typed, nation="WLS"),
    ):
        assert form.is_valid() or form.errors
