"""The heart of the service: from an accepted referral to an ending, and *no* from every state on the way."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounts.enums import Role
from cases import clock
from cases.enums import ALWAYS_EXPLAINED, OPEN, CaseStatus, Need, ScaleQuestion
from cases.models import Case, Ending, SupportPlan
from people.ages import age_on
from referrals.models import Referral
from tests.browser.checks import axe_violations, scrolls_sideways
from tests.browser.hands import Hands
from tests.browser.staff import sign_in
from tests.factories.accounts import MembershipFactory, give_factor
from tests.factories.cases import AssignmentFactory, CaseFactory
from tests.factories.centres import ServiceOfferFactory
from tests.factories.referrals import ReferralFactory
from tests.figures import DEEP, figure

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}


@pytest.fixture(autouse=True)
def as_in_production(settings):
    settings.SECOND_FACTOR_REQUIRED = True


@pytest.fixture
def centre():
    return ServiceOfferFactory(scheme="NAT4").centre


@pytest.fixture
def at_work(centre, visit):
    """A colleague who has signed in: ``at_work(Role.PRACTITIONER)`` returns their page, hands and account."""

    def signed_in(role, **options):
        user = MembershipFactory(role=role, centre=centre).user
        page, hands = visit(Hands, **options)
        sign_in(page, hands, user, give_factor(user), to="/home/")
        return page, hands, user

    return signed_in


def heading(page):
    return page.get_by_role("heading", level=1)


def follow(page, name):
    page.locator("#main, #acts").get_by_role("link", name=name).first.click()


def press(page, name):
    page.locator("#main, #acts").get_by_role("button", name=name, exact=True).click()


def type_day(hands, name, day):
    for part in ("day", "month", "year"):
        hands.type(f"{name}_{part}", str(getattr(day, part)))


def stands(page):
    """The page where we are is no wider than the screen; in the deep run, nothing of it is hard to read."""
    assert [*(axe_violations(page) if DEEP else []), *scrolls_sideways(page)] == []


def test_a_case_from_acceptance_to_its_ending(centre, at_work):
    referral = ReferralFactory(centre=centre, waiting=True, current=True)
    manager, managing, _user = at_work(Role.TEAM_MANAGER)
    page, hands, practitioner = at_work(Role.PRACTITIONER, **PHONE)

    accept(manager, managing, referral)
    allocate(manager, managing, practitioner)
    case = Case.objects.get()

    page.goto("/cases/")
    follow(page, case.reference)
    stands(page)
    agree_to_take_part(page, hands, case)
    assess(page, hands)
    plan_together(page, hands)
    case.refresh_from_db()
    assert (case.status, case.support_started_on) == (CaseStatus.ACTIVE, timezone.localdate())
    look_back(page, hands)
    five_months_pass(case)
    page.reload()
    six_months = case.planned_end_on
    ask_for_more_time(page, hands, case.most_end_on)
    grant_more_time(manager, managing)
    case.refresh_from_db()
    assert (case.planned_end_on, case.planned_end_on > six_months) == (case.most_end_on, True)
    end(page, hands, case)
    close(manager, managing, case)
    case.refresh_from_db()
    assert (case.status, Ending.objects.get().proposed_by) == (CaseStatus.CLOSED, practitioner)


def test_on_a_phone_what_is_done_most_stands_before_the_story_and_the_page_beside_it_has_it_once(centre, at_work):
    case = CaseFactory(referral__centre=centre)
    for options, is_narrow in ((PHONE, True), ({}, False)):
        page, _hands, user = at_work(Role.PRACTITIONER, **options)
        AssignmentFactory(case=case, user=user, kind="lead" if is_narrow else "co_worker")
        page.goto(case.get_absolute_url())
        stands(page)
        above = page.locator("nav.acts")
        assert above.is_visible() == is_narrow
        if is_narrow:
            story = page.locator("#story").bounding_box()
            assert above.bounding_box()["y"] < min(story["y"], 900)
            above.get_by_role("link", name="Add a contact").click()
            expect(heading(page)).to_have_text("Add a contact")


def accept(page, hands, referral):
    page.goto("/home/")
    follow(page, referral.reference)
    follow(page, "Agree, or send back")
    hands.choose("answer", "agree")
    hands.send()
    expect(page.get_by_text("Accepted").first).to_be_visible()
    assert Referral.objects.get().status == "accepted"


def allocate(page, hands, practitioner):
    page.goto("/manage/allocate/")
    stands(page)
    follow(page, "Allocate –")
    page.locator("select[name=lead]").select_option(str(practitioner.pk))
    hands.choose("work_type", "awareness_and_recovery")
    if page.locator("[name=start_route]").count():
        hands.choose("start_route", "standard")
    hands.send()
    expect(page.get_by_role("heading", name="First steps")).to_be_visible()


def agree_to_take_part(page, hands, case):
    follow(page, "Consent")
    stands(page)
    follow(page, "Talk about taking part")
    hands.choose("event", "given")
    hands.type("own_words", "I want to try.")
    for said in ALWAYS_EXPLAINED:
        hands.tick("explained", said)
    hands.tick("format_used", "talking")
    if page.locator("[name=language]").count():
        hands.choose("language", "en-gb")
    hands.tick("modes", "in_person")
    hands.choose("method", "verbal_in_person")
    hands.type("understanding", "She said it back in her own words.")
    decides = age_on(case.young_person.date_of_birth, timezone.localdate()) >= 16
    hands.choose("decision_basis", "capacity_presumed_16_plus" if decides else "gillick_competent")
    if not decides:
        hands.type("competence_note", "She named what it gives and what it takes.")
    hands.choose("pressure", "none")
    stands(page)
    hands.send()
    expect(page.get_by_text("Consent given").first).to_be_visible()


TYPED = {
    "what-matters": {"what_matters": "My dog and my sister.", "how_done": "In the park, the two of us."},
    "strengths": {"strengths-0-words": "She asks for help.", "strengths-0-voice": "Practitioner"},
    "worries": {"worries-0-words": "An adult waits for her.", "worries-0-voice": "Young person"},
    "hopes": {"hopes-0-words": "To sleep.", "hopes-0-voice": "Young person"},
    "marks": {},
    "safety-and-wellbeing": {"wellbeing": "Tired in the morning."},
    "around-them": {"network": "A choir."},
    "analysis": {"analysis": "She is held by people who care."},
    "needs": {"needs-0-words": "A safe way home.", "recommendation": "One-to-one work at school."},
    "agreement": {"comments": "It is about me."},
}


def assess(page, hands):
    follow(page, "Assessment")
    follow(page, "Begin an assessment")
    hands.choose("kind", "child_needs")
    hands.send()
    for part, typed in TYPED.items():
        assert f"/parts/{part}/" in page.url
        stands(page)
        for name, words in typed.items():
            hands.pick(name, words) if name.endswith("voice") else hands.type(name, words)
        if part == "worries":
            page.locator("select[name=worries-0-kind]").select_option(index=1)
        if part == "marks":
            hands.type("hope__young_person", "4")
            hands.type("hope__practitioner", "6")
        if part == "agreement":
            hands.choose("agreement", "agree")
        hands.send()
    page.goto(page.url.split("/assessment/")[0] + "/assessment/")
    follow(page, "Read it and sign")
    stands(page)
    hands.send()
    expect(page.get_by_text("Signed").first).to_be_visible()


def plan_together(page, hands):
    follow(page, "Plan")
    press(page, "Begin the plan")
    follow(page, "Write the plan")
    hands.type("what_matters", "My dog and my sister.")
    hands.type("working_together", "Wednesdays, in the park.")
    hands.send()
    follow(page, "Add a goal")
    hands.type("own_words", "I want to sleep.")
    page.locator("select[name=need]").select_option(label="A safe way home.")
    hands.type("steps-0-what", "We walk home together on Wednesdays.")
    hands.choose("steps-0-who", "practitioner")
    stands(page)
    hands.send()
    press(page, "They have seen it today")
    follow(page, "Agree the plan")
    hands.choose("participation", "co_wrote")
    hands.choose("agreement", "agreed")
    hands.choose("copy_is_safe", "yes")
    hands.send()
    expect(heading(page)).to_have_text("How near is each goal?")
    expect(page.locator("[name=occasion][value=start]")).to_be_checked()
    page.locator("select[name^=goal_]").select_option("2")
    hands.send()
    expect(page.get_by_text("Day 1 of").first).to_be_visible()
    assert SupportPlan.objects.get().status == "active"
    rate(page, hands, "start", 3)


def rate(page, hands, occasion, number):
    follow(page, "How are things, from 0 to 10?")
    hands.choose("voice", "young_person")
    hands.choose("occasion", occasion)
    for question in ScaleQuestion:
        page.locator(f"select[name={question.value}]").select_option(str(number))
    hands.send()
    stands(page)


def look_back(page, hands):
    follow(page, "Time and reviews")
    stands(page)
    follow(page, "Hold it")
    hands.type("what_changed", "She sleeps, some nights.")
    hands.type("own_words", "Better.")
    hands.type("safety", "The way home is safe.")
    hands.choose("consent_check", "still_wanted")
    hands.choose("outcome", "continue")
    hands.type("because", "It helps.")
    hands.send()
    expect(page.locator("[name=occasion][value=review]")).to_be_checked()
    page.locator("select[name^=goal_]").select_option("5")
    hands.send()
    follow(page, "Time and reviews")
    expect(page.get_by_role("heading", name="Reviews held")).to_be_visible()


def five_months_pass(case):
    """Support began five months ago, with its reviews: the six-month decision has opened."""
    case.support_started_on = clock.months_after(case.support_started_on, -5)
    case.planned_end_on = clock.months_after(case.support_started_on, case.months_initial)
    case.save(update_fields=["support_started_on", "planned_end_on"])
    start, end, offer = case.support_started_on, case.planned_end_on, clock.Timescales.of(case.offer)
    for due in clock.reviews(start, end, months_initial=case.months_initial, timescales=offer):
        later = case.reviews.open().filter(kind=due.kind, due_on__gt=timezone.localdate()).order_by("due_on").first()
        if later is not None:
            case.reviews.filter(pk=later.pk).update(due_on=due.due_on, opens_on=due.opens_on)


def ask_for_more_time(page, hands, until):
    follow(page, "Ask for more time")
    for name in ("needs", "what_will_differ", "safety", "alternatives", "own_words"):
        hands.type(name, f"What is written about {name}.")
    hands.choose("view", "agree")
    type_day(hands, "until_on", until)
    hands.send()
    expect(page.get_by_text("More time is asked for")).to_be_visible()


def grant_more_time(page, hands):
    page.goto("/manage/approvals/")
    stands(page)
    page.locator("#main ul.tasks a, #main table a").first.click()
    hands.choose("decision", "approved")
    hands.type("reasons", "Her needs remain, and she wants it.")
    hands.send()
    expect(page.get_by_text("It is decided.")).to_be_visible()


def end(page, hands, case):
    follow(page, "Plan")
    rate(page, hands, "ending", 7)
    follow(page, "Ending")
    follow(page, "Begin to end")
    hands.choose("reason", "planned_goals_met")
    type_day(hands, "ends_on", timezone.localdate() + timedelta(days=14))
    hands.send()
    follow(page, "Write the ending")
    told = ["what_we_did", "strengths", "safety_now", "young_persons_words", "step_down_plan", "how_to_come_back"]
    for name in told:
        hands.type(name, f"What is written about {name}.")
    hands.tick("step_down", "childline")
    hands.type("letter", "Dear you,\n\nthank you for the walks.")
    hands.choose("letter_is_safe", "yes")
    hands.choose("check_in", "yes")
    hands.send()
    for _each in Need:
        if not page.get_by_role("link", name="Answer –").count():
            break
        follow(page, "Answer –")
        expect(page.locator("[name=why]")).to_be_attached()
        if page.locator("[name=answer]").count():
            hands.choose("answer", "done")
        else:
            hands.type("why", "The school sees to it.")
        hands.send()
    stands(page)
    press(page, "Propose it to a manager")
    expect(page.get_by_role("heading", name="It waits for a manager")).to_be_visible()
    assert Case.objects.get(pk=case.pk).status == CaseStatus.ENDING


def close(page, hands, case):
    page.goto("/manage/approvals/")
    follow(page, case.reference)
    follow(page, "Sign it off, or send it back")
    hands.choose("answer", "agree")
    hands.send()
    expect(page.get_by_role("heading", name="The case is closed")).to_be_visible()
    stands(page)


@pytest.mark.parametrize("status", figure([CaseStatus.ENGAGING, CaseStatus.ACTIVE], sorted(OPEN)))
def test_they_say_no_in_two_clicks_from_every_state(centre, at_work, status):
    """On a phone, from the page of the case: one link, one button, no reason (R-nat-13).

    Every day without a browser from each state: test_consent_pages.
    """
    page, _hands, practitioner = at_work(Role.PRACTITIONER, **PHONE)
    case = CaseFactory(referral__centre=centre, led_by=practitioner, **STATES.get(status, {status: True}))
    page.goto(case.get_absolute_url())

    follow(page, "They say no, or want to stop")
    press(page, "They say no: stop the work")

    expect(page.get_by_text("Consent withdrawn").or_(page.get_by_text("Said no")).first).to_be_visible()
    case.refresh_from_db()
    assert (case.is_open, case.is_stopped) == (True, True)
    stands(page)


STATES = {CaseStatus.ENGAGING: {}}
