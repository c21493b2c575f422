"""The ending of a case through its pages: who may open what, and what each does."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.enums import Role
from audit.models import AuditEvent
from cases import closing, operations
from cases.enums import CaseStatus, CheckIn, Need, SafeToSend
from cases.forms.ending import EndingForm
from cases.models import Ending, EndingItem
from people.enums import PreferredLanguage
from safeguarding.operations import acknowledge, close
from tests.cases import ladder
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.cases import AssignmentFactory, CaseFactory, TaskFactory
from tests.factories.ending import EndingFactory, EndingItemFactory
from tests.factories.plans import ScaleRatingFactory
from tests.factories.safeguarding import ConcernFactory

pytestmark = pytest.mark.django_db

WRITES = ["begin_ending", "go_on_after_all", "write_ending", "answer_need"]
DECIDES = ["sign_off_ending", "reopen_case"]
PAGES = ["ending", "ending_letter", *WRITES, *DECIDES]
WAYS = [*(("get", name) for name in PAGES), *(("post", name) for name in [*WRITES, *DECIDES, "propose_ending"])]
NOBODY = ["practitioner_elsewhere", "colleague_without_need_to_know", "excluded_manager", "practitioner_before"]
NOBODY += [Role.DUTY_WORKER, Role.CENTRE_ADMIN, Role.SYSTEM_ADMIN, Role.DATA_PROTECTION]


@pytest.fixture
def case():
    return CaseFactory(ending=True)


@pytest.fixture
def ending(case):
    return EndingFactory(case=case, written=True, letter_is_safe=SafeToSend.NO, letter_safety="Her post is read.",
                         check_in=CheckIn.NO)  # fmt: skip


@pytest.fixture
def address(case, at):
    return lambda name: at(name, case, *(["network"] if name == "answer_need" else []))


def finish(ending):
    for finding in closing.unanswered(ending.case, ending):
        EndingItemFactory(ending=ending, key=finding.key, answer="not_applicable", why="She says so.")
    return ending


def day_typed(name, count):
    day = timezone.localdate() + timedelta(days=count)
    return {f"{name}_{part}": str(getattr(day, part)) for part in ("day", "month", "year")}


# The ladder


def elsewhere(name):
    return reverse(f"cases:{name}", args=["PR-2222-22", *(["network"] if name == "answer_need" else [])])


def test_a_visitor_is_sent_to_sign_in(client, ending, address):
    ladder.is_sent_to_sign_in(client, [(name, method, address(name)) for method, name in WAYS])


@pytest.mark.parametrize("who", NOBODY)
def test_no_need_to_know_looks_like_no_case(client, stand_before, case, ending, address, who):
    ways = [(name, method, address(name)) for method, name in WAYS]
    stand_before(who, case)
    ladder.looks_like_no_case(client, ways, elsewhere)


def test_who_sees_the_case_for_a_concern_reads_and_does_not_write(client, stand_before, case, ending, address):
    ConcernFactory(subject=case.subject)
    stand_before(Role.SAFEGUARDING_LEAD, case)
    assert client.get(address("ending")).status_code == 200
    ways = [(name, "post", address(name)) for name in [*WRITES, *DECIDES, "propose_ending"]]
    ladder.is_refused(client, [*ways, ("ending_letter", "get", address("ending_letter"))])


def test_signing_off_and_opening_again_are_a_managers(client, practitioner, ending, address):
    ladder.is_refused(client, [(name, method, address(name)) for name in DECIDES for method in ("get", "post")])


@pytest.mark.parametrize("who", ["lead", Role.TEAM_MANAGER, Role.SERVICE_MANAGER])
def test_who_works_with_them_opens_every_page(client, stand_before, case, ending, address, who):
    stand_before(who, case)
    for name in ["ending", *WRITES]:
        assert client.get(address(name)).status_code == 200, name


@pytest.mark.parametrize("name", ["write_ending", "answer_need", "sign_off_ending", "ending_letter"])
def test_where_nobody_has_begun_there_is_nothing_to_write(client, manager, case, address, name):
    assert client.get(address(name)).status_code == 404


# From the first day to the sign-off


def test_an_ending_begins_with_its_reason(client, stand_before, at):
    case = CaseFactory(active=True)
    user = stand_before("lead", case)
    page = client.post(at("begin_ending", case), {"reason": "other"} | day_typed("ends_on", 14))
    assert list(page.context["form"].errors) == ["reason_words"]
    answers = {"reason": "planned_goals_met"} | day_typed("ends_on", 14)
    client.post(at("begin_ending", case), answers)
    assert Ending.objects.get().begun_by == user
    assert client.post(at("begin_ending", case), answers).status_code == 409


def typed(ending, **more):
    answers = {"seen": ending.version, "reason": ending.reason, "letter_is_safe": "yes", "check_in": "yes"}
    return answers | {"strengths": "She asks for help.", "step_down": ["childline"]} | day_typed("ends_on", 7) | more


def test_it_is_written_bit_by_bit(client, practitioner, case, ending, address):
    response = client.post(address("write_ending"), typed(ending, letter="Dear Sam,\n\nthank you."))
    assert response.status_code == 302, response.context["form"].errors
    ending.refresh_from_db()
    assert (ending.letter_is_printable, ending.step_down, ending.what_we_did) == (True, ["childline"], "")
    page = client.get(address("ending"))
    assert [str(label) for label in page.context["lacks"]] == [
        "What did we do together?", "How safe are things, and what keeps them so?", "How can they come back?",
    ]  # fmt: skip


def test_two_who_write_at_once_see_both_texts(client, practitioner, case, ending, address):
    client.post(address("write_ending"), typed(ending))
    page = client.post(address("write_ending"), typed(ending, strengths="She draws."))
    assert page.status_code == 409
    assert ("She draws." in page.text, "She asks for help." in page.text) == (True, True)
    assert Ending.objects.get().strengths == "She asks for help."


def test_nobody_writes_to_somebody_who_has_died(client, practitioner, ending, address):
    page = client.post(address("write_ending"), typed(ending, reason="young_person_died", letter="Dear Sam"))
    assert set(page.context["form"].errors) == {"letter", "check_in"}


def test_a_requirement_is_answered(client, practitioner, case, ending, at):
    client.post(at("answer_need", case, "feedback"), {"answer": "not_applicable", "why": "She says no."})
    assert EndingItem.objects.get().by == practitioner
    assert "She says no." in client.get(at("ending", case)).text
    assert client.get(at("answer_need", case, "no-such-thing")).status_code == 404


def test_to_what_is_seen_undone_only_a_reason_is_asked_for(client, practitioner, case, ending, at):
    TaskFactory.create_batch(3, case=case)
    page = client.get(at("answer_need", case, "tasks"))
    assert (list(page.context["form"].fields)[:1], "3 tasks are open." in page.text) == (["why"], True)
    page = client.post(at("answer_need", case, "tasks"), {"answer": "done"})
    assert (list(page.context["form"].errors), EndingItem.objects.exists()) == (["why"], False)
    client.post(at("answer_need", case, "tasks"), {"answer": "done", "why": "School sees to them."})
    assert EndingItem.objects.get().answer == "not_applicable"


def test_the_manager_reads_what_is_undone_beside_the_reason_given(client, manager, case, ending, at):
    tasks = TaskFactory.create_batch(3, case=case)
    operations.propose_ending(finish(ending), seen=ending.version, by=UserFactory())
    page = client.get(at("sign_off_ending", case))
    needs = {need["words"]: need for need in page.context["needs"]}
    shown = needs[str(Need.TASKS.label)]
    assert (shown["found"], shown["state"], shown["state_kind"], shown["why"]) == (
        "3 tasks are open.", "Does not apply", "neutral", "She says so.",
    )  # fmt: skip
    assert all(text in page.text for text in ["3 tasks are open.", *(task.what for task in tasks)])


def test_it_is_not_proposed_before_it_is_finished(client, practitioner, case, ending, at):
    seen = {"seen": ending.version}
    client.post(at("propose_ending", case), seen)
    assert Ending.objects.get().proposed_at is None
    finish(ending)
    Ending.objects.update(strengths="")
    client.post(at("propose_ending", case), seen)
    assert Ending.objects.get().proposed_at is None
    Ending.objects.update(strengths="She asks for help.")
    for old in ({}, {"seen": "x"}, {"seen": ending.version + 1}):
        page = client.post(at("propose_ending", case), old, follow=True)
        assert "has changed since you opened the page" in page.text
    assert Ending.objects.get().proposed_at is None
    client.post(at("propose_ending", case), seen)
    assert Ending.objects.get().proposed_by == practitioner
    assert "waits for a manager" in client.get(at("ending", case)).text


@pytest.fixture
def proposed(ending):
    return operations.propose_ending(finish(ending), seen=ending.version, by=UserFactory())


def say(ending, answer="agree", **more):
    return {"version": ending.version, "answer": answer} | more


def test_a_manager_signs_it_off_and_the_case_closes(client, manager, case, proposed, at):
    page = client.get(at("sign_off_ending", case))
    assert "She asks for help." in page.text
    client.post(at("sign_off_ending", case), say(proposed))
    case.refresh_from_db()
    assert (case.status, Ending.objects.get().signed_off_by) == (CaseStatus.CLOSED, manager)
    assert client.get(at("ending", case)).status_code == 200


def test_a_manager_sends_it_back_with_a_reason(client, manager, case, proposed, at):
    page = client.post(at("sign_off_ending", case), say(proposed, "send_back"))
    assert list(page.context["form"].errors) == ["reason"]
    client.post(at("sign_off_ending", case), say(proposed, "send_back", reason="Who leads?"))
    assert "Who leads?" in client.get(at("ending", case)).text
    page = client.post(at("sign_off_ending", case), say(proposed))
    assert (page.status_code, page.context["form"]) == (409, None)
    assert "has sent it back meanwhile" in page.text


def test_an_old_page_signs_off_nothing_that_went_back_and_was_proposed_again(client, manager, case, proposed, at):
    shown, by = say(proposed), proposed.proposed_by
    back = operations.send_back_ending(proposed, seen=proposed.version, by=UserFactory(), reason="Who leads?")
    back = operations.write_ending(back, seen=back.version, by=by, shared="Nothing was shared.")
    operations.propose_ending(back, seen=back.version, by=by)
    page = client.post(at("sign_off_ending", case), shown)
    assert (page.status_code, page.context["form"]["version"].value()) == (409, Ending.objects.get().version)
    assert f"{by} has proposed it again. Read it as it stands now." in page.text
    assert "Nothing was shared." in page.text
    case.refresh_from_db()
    assert case.is_open
    client.post(at("sign_off_ending", case), say(Ending.objects.get()))
    case.refresh_from_db()
    assert not case.is_open


def test_who_was_first_is_named_to_who_comes_second(client, manager, case, proposed, at):
    first = UserFactory()
    operations.sign_off_ending(proposed, seen=proposed.version, by=first)
    page = client.post(at("sign_off_ending", case), say(proposed))
    assert (page.status_code, f"{first} has signed it off meanwhile" in page.text) == (409, True)


def test_a_manager_who_proposed_it_does_not_sign_it_off(client, manager, case, ending, at):
    """A9: the second person cannot be the first."""
    proposed = operations.propose_ending(finish(ending), seen=ending.version, by=manager)
    assert set(client.get(at("ending", case)).context["may"]) == {"go_on"}
    assert client.post(at("sign_off_ending", case), say(proposed)).status_code == 409
    case.refresh_from_db()
    assert case.is_open


def test_a_manager_who_wrote_in_it_reads_that_somebody_else_signs_it_off(client, manager, case, ending, at):
    ending = operations.write_ending(finish(ending), by=manager, seen=ending.version, shared="Nothing.")
    operations.propose_ending(ending, seen=ending.version, by=UserFactory())
    page = client.get(at("ending", case))
    assert (set(page.context["may"]), "somebody else signs it off" in page.text) == ({"go_on"}, True)
    [row] = client.get(reverse("cases:approvals")).context["endings"]
    assert row["is_own"]


NOT_TOLD = {"was_told": False, "not_told_because": "Not safe yet."}


def test_an_open_concern_or_a_new_task_stops_the_closing(client, manager, case, proposed, at):
    concern = ConcernFactory(subject=case.subject)
    assert client.post(at("sign_off_ending", case), say(proposed)).status_code == 409
    close(acknowledge(concern, by=manager), by=manager, outcome="Safe.", telling=NOT_TOLD)
    TaskFactory(case=case)
    assert client.post(at("sign_off_ending", case), say(proposed)).status_code == 409
    case.refresh_from_db()
    assert case.is_open


@pytest.mark.requirement("R-nat-23")
def test_the_closing_summary_shows_first_and_latest_of_wellbeing_and_resilience(client, practitioner, case, ending, at):
    today = timezone.localdate()
    for question, first, latest in [("wellbeing", 3, 7), ("resilience", 4, 6)]:
        ScaleRatingFactory(case=case, question=question, value=first, rated_on=today - timedelta(days=90))
        ScaleRatingFactory(case=case, question=question, value=latest, rated_on=today)
    told = {row["label"].partition(" – ")[0]: row["value"] for row in client.get(at("ending", case)).context["ratings"]}
    assert told["How well do you feel?"].startswith("3 on ")
    assert ", 7 on " in told["How well do you feel?"]
    assert ", 6 on " in told["How well can you get through hard days?"]


# The letter


@pytest.mark.parametrize("language", [PreferredLanguage.ENGLISH, PreferredLanguage.WELSH])
def test_the_letter_is_printed_and_names_nobody_in_its_name(client, practitioner, case, ending, at, language):
    type(case.young_person).objects.update(preferred_language=language)
    Ending.objects.update(letter="Dear Sam,\n\n#thank *you*.", letter_is_safe="yes")
    response = client.get(at("ending_letter", case))
    assert response.content.startswith(b"%PDF")
    assert response.headers["Content-Disposition"] == f'attachment; filename="letter-{case.reference}.pdf"'
    assert b"Sam" not in response.headers["Content-Disposition"].encode()
    assert AuditEvent.objects.filter(verb="letter.printed").count() == 1


@pytest.mark.parametrize("is_safe", ["no", "not_known"])
def test_a_letter_that_is_not_safe_is_not_printed(client, practitioner, case, ending, at, is_safe):
    Ending.objects.update(letter="Dear Sam", letter_is_safe=is_safe)
    assert client.get(at("ending_letter", case)).url == at("ending", case)
    assert not AuditEvent.objects.filter(verb="letter.printed").exists()


# Opening again


@pytest.fixture
def closed(proposed):
    return operations.sign_off_ending(proposed, seen=proposed.version, by=UserFactory()).case


def test_a_manager_opens_it_again(client, manager, closed, at):
    lead = MembershipFactory(centre=closed.centre, role=Role.PRACTITIONER).user
    client.post(at("reopen_case", closed), {"lead": lead.pk, "because": "She rang us."})
    closed.refresh_from_db()
    assert (closed.status, Ending.objects.get().reopened_by) == (CaseStatus.ENGAGING, manager)
    assert client.get(at("ending", closed)).context["ending"] is None


def test_it_does_not_open_beside_another_open_case(client, manager, closed, at):
    lead = MembershipFactory(centre=closed.centre, role=Role.PRACTITIONER).user
    answers = {"lead": lead.pk, "because": "She rang us."}
    CaseFactory(young_person=closed.young_person, subject=closed.subject)
    page = client.post(at("reopen_case", closed), answers)
    assert (page.status_code, "open case with this young person" in page.text) == (409, True)


@pytest.mark.parametrize("count", [1, 3])
def test_the_ending_asks_as_often_for_three_as_for_one(
    client, practitioner, case, ending, at, count, django_assert_num_queries
):
    for key in ["feedback", "network", "papers"][:count]:
        EndingItemFactory(ending=ending, key=key)
    TaskFactory.create_batch(count, case=case)
    with django_assert_num_queries(ENDING):
        client.get(at("ending", case))


ENDING = 19

TYPED = st.one_of(st.text(max_size=30), st.sampled_from(["other", "young_person_died", "yes", "no", "childline"]))


@given(typed=st.dictionaries(st.sampled_from(sorted(EndingForm.base_fields)), TYPED, max_size=10))
def test_whatever_is_typed_is_an_answer_or_an_error(typed):
    form = EndingForm(typed, ending=EndingFactory.build(case=None, begun_by=None))
    assert form.is_valid() or form.errors


def test_who_worked_on_it_reads_it_for_a_while_and_writes_no_more(client, stand_before, case, proposed, at):
    user = stand_before("lead", case)
    operations.sign_off_ending(proposed, seen=proposed.version, by=UserFactory())
    assert AssignmentFactory._meta.model.objects.get(user=user).until_at is not None
    assert client.get(at("ending", case)).status_code == 200
    assert client.post(at("note", case), {"text": "One more thing."}).status_code == 409
