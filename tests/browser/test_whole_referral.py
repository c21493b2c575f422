"""The whole form by keyboard alone: left in the middle, taken up on another machine, sent, asked about, decided.

A social worker in English, where the national leaflet's categories hold; a teacher in Welsh, where the routes of
South Wales do.
"""

import re
from collections import Counter
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone, translation
from playwright.sync_api import expect
from pypdf import PdfReader

from accounts.enums import Role
from outbox import relay
from referrals import operations
from referrals.enums import MissingFact, Outcome, ReferralStatus
from referrals.models import Question, Referral, ReferralDraft
from referrals.reading import OUTCOMES_FOR_REFERRERS
from tests.browser import referring, typical
from tests.browser.hands import Keyboard
from tests.factories.accounts import MembershipFactory
from tests.factories.centres import PublicContactFactory, ServiceCentreFactory, ServiceOfferFactory

pytestmark = pytest.mark.django_db(transaction=True)

# The estimate of docs/journeys.md, which says what it leaves out.
WORDS_PER_MINUTE, STROKES_PER_WORD = 40, 5
SECONDS_PER_PAGE, SECONDS_FOR_ALL_ANSWERS, SECONDS_FOR_A_CODE = 10, 60, 30
MINUTES = 15
FORM, RETURN = "the form", "stopping and coming back"


class Counting(Keyboard):
    """Counts the pages that were left by a key."""

    def __init__(self, page):
        super().__init__(page)
        self.pages = 0

    def press(self, selector):
        self.pages += 1
        super().press(selector)


class Referrer:
    """Somebody with an address, a language and a keyboard, at one machine and then at another."""

    def __init__(self, visit, *, email, language, answers):
        self.visit, self.email, self.answers = visit, email, answers
        self.at = "/cy" if language == "cy" else ""
        self.spent = {FORM: Counter(), RETURN: Counter()}
        self.sits_down()

    def sits_down(self):
        """At a machine that has not been used yet."""
        self.page, self.hands = self.visit(Counting)
        self.page.goto(f"{self.at}/")

    def moves(self):
        """To another machine: nothing of the first one comes along."""
        self.books(RETURN)
        self.page.context.close()
        self.sits_down()

    def books(self, what):
        """Every key and page since the last time was for this."""
        self.spent[what].update(keystrokes=self.hands.keystrokes, pages=self.hands.pages)
        self.hands.keystrokes = self.hands.pages = 0

    def checks(self, *, area, category):
        self.hands.follow(f"{self.at}/check/")
        first = [
            ("choose", "who", "professional"),
            ("choose", "danger", "no"),
            ("choose", "social_care_told", "told"),
            ("type", "social_care_contact", "Jo Example, 21.11."),
            ("pick", "local_authority", area),
            ("choose", "age_known", "sure"),
            ("type", "age", "14"),
            ("choose", "young_person_knows", "yes"),
        ]
        typical.answer(self.page, self.hands, first)
        self.hands.send()
        self.hands.choose("category", category)
        self.hands.send()
        self.hands.send()  # the result, read

    def proves(self):
        referring.prove(self.page, self.hands, self.email)

    def opens(self, slug):
        self.hands.press(f"main a[href$='/{slug}/']")

    def goes_through(self, slugs):
        for slug in slugs:
            assert self.page.url.endswith(f"/{slug}/"), f"{self.page.url} is not {slug}: {self._complaints()}"
            typical.answer(self.page, self.hands, self.answers[slug])
            self.hands.send()

    def _complaints(self):
        summary = self.page.locator("#error-summary")
        return summary.inner_text() if summary.count() else "no complaint"

    def leaves_in(self, slug):
        typical.answer(self.page, self.hands, self.answers[slug][: typical.HALF])
        self.books(FORM)
        self.hands.press("main form button[name=later]")
        expect(self.page.get_by_role("status")).to_be_visible()

    def comes_back_to(self, slug):
        """By the front page, with a new code; every word is there."""
        self.hands.follow(f"{self.at}/refer/start/")
        self.proves()
        self.hands.press("main ul.tasks a")
        self.opens(slug)
        self.books(RETURN)
        for _act, name, value in self.answers[slug][: typical.HALF]:
            expect(self.page.locator(f"[name={name}]")).to_have_value(value)
        typical.answer(self.page, self.hands, self.answers[slug][typical.HALF :])
        self.hands.send()

    def refers(self, *, area, category):
        """The whole of it, on two machines, to the receipt."""
        slugs = list(self.answers)
        middle = slugs.index(typical.STOPS_IN)
        self.checks(area=area, category=category)
        self.proves()
        self.opens(slugs[0])
        self.goes_through(slugs[:middle])
        self.leaves_in(typical.STOPS_IN)
        self.moves()
        self.comes_back_to(typical.STOPS_IN)
        self.goes_through(slugs[middle + 1 :])
        referring.send(self.hands)
        self.books(FORM)
        return Referral.objects.get()

    def saves_a_copy(self):
        """The file, as somebody else's program reads it."""
        self.hands.reach("main a[download]")
        with self.page.expect_download() as saved:
            self.page.keyboard.press("Enter")
        pdf = PdfReader(saved.value.path())
        return pdf, "".join("".join(page.extract_text() for page in pdf.pages).split())

    def follows_the_letter(self, referral):
        """The newest one: it names the reference and nobody, and leads to where a code opens it."""
        letter = mail.outbox[-1]
        assert letter.to == [self.email]
        assert referral.reference in letter.subject
        assert referral.young_person.last_name not in letter.body
        link = re.search(r"http\S+", letter.body)[0]
        assert f"{self.at}/refer/{referral.form_token}/" in link
        self.page.goto(link)
        return letter


@pytest.fixture
def contacts():
    for kind in ["emergency", "police", "helpline", "childline"]:
        PublicContactFactory(kind=kind)


@pytest.fixture
def leeds(contacts):
    ServiceOfferFactory(centre=ServiceCentreFactory(national=True))
    centre = ServiceOfferFactory(scheme="NAT4").centre
    centre.areas.create(code="leeds", name_en="Leeds", nation="ENG")
    return centre


@pytest.fixture
def cardiff(contacts):
    ServiceOfferFactory(centre=ServiceCentreFactory(national=True))
    centre = ServiceOfferFactory(scheme="WAL3", centre__welsh=True).centre
    centre.areas.create(code="cardiff", name_en="Cardiff", name_cy="Caerdydd", nation="WLS")
    return centre


def ask(referral, duty_worker, words):
    """A duty worker asks what is missing: their pages are another journey's (test_duty_day.py)."""
    operations.start_screening(referral, by=duty_worker)
    facts, due_on = [MissingFact.SAFETY_PLAN], timezone.localdate() + timedelta(days=3)
    operations.ask(referral, by=duty_worker, facts=facts, text=words, due_on=due_on)
    assert relay.pay() >= 1


def accept(referral, duty_worker):
    operations.decide(referral, by=duty_worker, outcome=Outcome.ACCEPTED_ALLOCATE)
    assert relay.pay() >= 1


def is_as_typed(referral, answers):
    """What the two machines typed is one referral, with its lists."""
    said = {name: value for steps in answers.values() for act, name, *value in steps if act == "type"}
    young_person = referral.young_person
    assert [referral.reason] == said["reason"]
    assert [referral.young_person_view] == said["young_person_view"]
    assert [referral.referrer_relationship] == said["referrer_relationship"]
    assert [young_person.last_name] == said["last_name"]
    assert [young_person.strengths] == said["strengths"]
    assert [young_person.main_carer] == said["main_carer"]
    assert not ReferralDraft.objects.exists()


def test_a_social_worker_refers_in_english_by_keyboard_alone_on_two_machines(visit, leeds, capsys):
    duty_worker = MembershipFactory(role=Role.DUTY_WORKER, centre=leeds).user
    answers = typical.SOCIAL_WORKER
    referrer = Referrer(visit, email="alex@council.example", language="en-gb", answers=answers)
    referral = referrer.refers(area="leeds", category="suspected")
    page = referrer.page

    expect(page.get_by_role("heading", level=1)).to_have_text("We have your referral")
    expect(page.get_by_text(referral.reference).first).to_be_visible()
    assert (referral.centre, referral.scheme, referral.language) == (leeds, "NAT4", "en-gb")
    is_as_typed(referral, answers)
    with capsys.disabled():
        assert estimate(referrer) < MINUTES

    pdf, words = referrer.saves_a_copy()
    assert pdf.trailer["/Root"]["/Lang"].startswith("en")
    assert referral.reference in words
    assert "clothesandasecondphone" in words
    relay.pay()
    assert referrer.follows_the_letter(referral).subject == f"We have your referral {referral.reference}"

    ask(referral, duty_worker, "What does the plan say about Fridays?")
    referrer.follows_the_letter(referral)
    expect(page.get_by_text("What does the plan say about Fridays?")).to_be_visible()
    answers_the_question(referrer, "Her mother meets her at school. Not known what happens after six.")
    expect(page.get_by_text("Thank you. We have your answer")).to_be_visible()
    assert Referral.objects.get().status == ReferralStatus.SCREENING

    accept(referral, duty_worker)
    referrer.follows_the_letter(referral)
    expect(page.get_by_role("heading", name=str(OUTCOMES_FOR_REFERRERS[Outcome.ACCEPTED_ALLOCATE]))).to_be_visible()
    assert "Sample" not in page.content()


def answers_the_question(referrer, words):
    referrer.hands.type("text", words)
    referrer.hands.send()
    assert Question.objects.get().answer == words


@pytest.mark.deep
def test_a_teacher_refers_in_welsh_by_keyboard_alone_on_two_machines(visit, cardiff):
    duty_worker = MembershipFactory(role=Role.DUTY_WORKER, centre=cardiff).user
    answers = typical.TEACHER
    referrer = Referrer(visit, email="sian@ysgol.example", language="cy", answers=answers)
    referral = referrer.refers(area="cardiff", category="wal_a_vulnerable")
    page = referrer.page

    expect(page.get_by_role("heading", level=1)).to_have_text("Mae eich atgyfeiriad gyda ni")
    assert page.locator("html").get_attribute("lang") == "cy"
    assert (referral.centre, referral.scheme, referral.language) == (cardiff, "WAL3", "cy")
    is_as_typed(referral, answers)
    assert [entry.organisation for entry in referral.professionals.order_by("pk")] == ["", "Clwb Enghraifft"]

    pdf, words = referrer.saves_a_copy()
    assert pdf.trailer["/Root"]["/Lang"].startswith("cy")
    assert f"Atgyfeiriad{referral.reference}" in words
    assert "Ŵyn-Ŷnys" in words
    assert "Mae’ntŷa’rdŵr." in words
    relay.pay()
    assert referrer.follows_the_letter(referral).subject == f"Mae eich atgyfeiriad {referral.reference} gyda ni"

    ask(referral, duty_worker, "Pwy sydd gartref gyda’r nos?")
    referrer.follows_the_letter(referral)
    expect(page.get_by_text("Pwy sydd gartref gyda’r nos?")).to_be_visible()
    with translation.override("cy"):
        expect(page.get_by_text(str(MissingFact.SAFETY_PLAN.label))).to_be_visible()
    answers_the_question(referrer, "Ei dad, ar ôl chwech. Anhysbys fel arall: tŷ, dŵr.")

    accept(referral, duty_worker)
    referrer.follows_the_letter(referral)
    with translation.override("cy"):
        expect(page.get_by_role("heading", name=str(OUTCOMES_FOR_REFERRERS[Outcome.ACCEPTED_ALLOCATE]))).to_be_visible()
    assert "Sampl" not in page.content()


def minutes(spent, *, codes, reads_all_answers=False):
    typing = spent["keystrokes"] / (WORDS_PER_MINUTE * STROKES_PER_WORD)
    looking = spent["pages"] * SECONDS_PER_PAGE + codes * SECONDS_FOR_A_CODE
    return typing + (looking + reads_all_answers * SECONDS_FOR_ALL_ANSWERS) / 60


def estimate(referrer):
    """Minutes of each part, printed with what they are made of."""
    form = minutes(referrer.spent[FORM], codes=1, reads_all_answers=True)
    coming_back = minutes(referrer.spent[RETURN], codes=1)
    for what, taken in [(FORM, form), (RETURN, coming_back)]:
        counted = referrer.spent[what]
        print(  # noqa: T201 -- the figures of docs/journeys.md
            f"\na typical referral, {what}: {counted['keystrokes']} keystrokes, {counted['pages']} pages; "
            f"at {WORDS_PER_MINUTE} words a minute an estimated {taken:.1f} minutes"
        )
    return form
