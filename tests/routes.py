"""Every address there is, from the resolver, and an example of each in a world where all of them have something."""

import uuid
from dataclasses import dataclass, field
from datetime import timedelta

from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone
from django.utils.translation import override

from accounts.enums import Role
from referrals.models import ReferralDraft
from sessions.models import SupportSession
from tests import carer_world, concern_world, work_world
from tests.factories.accounts import MembershipFactory, UserFactory, give_passkey
from tests.factories.assessments import (
    AddendumFactory,
    AssessmentFactory,
    ExternalScoreFactory,
    MarkFactory,
    ReflectiveCommentFactory,
    StrengthFactory,
    WorryFactory,
    signed_assessment,
)
from tests.factories.cases import (
    AssignmentFactory,
    CaseFactory,
    PauseFactory,
    TaskFactory,
    TimelineEntryFactory,
)
from tests.factories.centres import LocalAuthorityFactory, PublicContactFactory, ServiceCentreFactory, national_centre
from tests.factories.consent import (
    ConsentEventFactory,
    ParentalViewFactory,
    PrivacyInformationFactory,
    SharingPreferenceFactory,
)
from tests.factories.ending import EndingFactory, EndingItemFactory
from tests.factories.missing import MissingEpisodeFactory
from tests.factories.network import (
    ContributionFactory,
    FocusChosenFactory,
    NoContributionReasonFactory,
    OptionOfferedFactory,
    SafetyChangeFactory,
    StageDecisionFactory,
    SupervisionFactory,
)
from tests.factories.plans import (
    GoalFactory,
    GoalRatingFactory,
    SafetyPlanFactory,
    ScaleRatingFactory,
    SupportPlanFactory,
)
from tests.factories.referrals import ReferralDraftFactory, ReferralFactory, StatusChangeFactory
from tests.factories.reviews import ExtensionRequestFactory, ReviewFactory
from tests.factories.said import SafeContactFactory
from tests.factories.screening import CriterionCheckFactory, QuestionFactory, SavedViewFactory
from tests.factories.sessions import (
    CalendarFeedFactory,
    GoalTouchedFactory,
    RemoteAgreementFactory,
    SessionAddendumFactory,
    SupportSessionFactory,
    TopicCoveredFactory,
)
from tests.factories.signposts import FeedbackFactory, ResourceFactory, SignpostFactory

REFERRER = "referrer@school.example"
FEED = "what-only-the-practitioner-was-shown"
STAFF = [role.value for role in Role]
ADMIN = "admin"  # Django's admin is covered by its list of registered models


def all_routes():
    """The names of every route but Django's admin's."""
    return set(_walk(get_resolver(), ""))


def _walk(resolver, namespace):
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            assert entry.name, f"{entry.pattern} has no name"
            yield f"{namespace}{entry.name}"
        elif entry.app_name != ADMIN:
            yield from _walk(entry, f"{namespace}{entry.namespace}:" if entry.namespace else namespace)


@dataclass
class World:
    """One centre with a colleague in each role, and a referral in each state that some page needs."""

    centre: object
    staff: dict
    draft: ReferralDraft
    referrals: dict
    concerns: dict
    case: object = None  # led by the practitioner
    ending: object = None  # a case that ends, with its letter, led by the practitioner too
    closed: object = None  # a case that may open again
    rows: dict = field(default_factory=dict)  # of the case, for the addresses that name one
    user_links: dict = field(default_factory=dict)
    strand: object = None  # of a parent with whom the practitioner works, on a case that is not theirs
    offered_to: object = None  # a parent of the case
    of_strand: dict = field(default_factory=dict)
    view: object = None  # saved by the team manager


def full_world():
    centre = ServiceCentreFactory()
    national_centre()
    LocalAuthorityFactory(centre=centre)
    for kind in ["emergency", "police", "helpline", "childline", "learning", "group_work"]:
        PublicContactFactory(kind=kind)
    staff = {role: _member(role, centre) for role in STAFF}
    colleague = _member(Role.DUTY_WORKER, centre)
    referrals = {
        "new": ReferralFactory(centre=centre, in_danger=True, referrer_email=REFERRER),
        "screening": ReferralFactory(centre=centre, screening=True, overdue=True),
        "waiting": ReferralFactory(centre=centre, waiting=True, current=True, decision__decided_by=colleague),
        "not_accepted": ReferralFactory(centre=centre, not_accepted=True, referrer_email=REFERRER),
        "accepted": ReferralFactory(centre=centre, accepted=True),
        "asked": ReferralFactory(centre=centre, awaiting_information=True, referrer_email=REFERRER),
        "answered": ReferralFactory(centre=centre, screening=True, referrer_email=REFERRER),
        "on_hold": ReferralFactory(centre=centre, on_hold=True),
    }
    _look_at(referrals)
    to_raise, to_follow = referrals["new"].subject, referrals["screening"].subject
    concerns = concern_world.in_each_state(to_raise, to_follow, staff[Role.SAFEGUARDING_LEAD])
    draft = ReferralDraftFactory(email=REFERRER)
    view = SavedViewFactory(user=staff[Role.TEAM_MANAGER])
    CalendarFeedFactory(user=staff[Role.PRACTITIONER], token=FEED)
    a_week_ago = timezone.now() - timedelta(days=7)
    of_practitioner = {"led_by": staff[Role.PRACTITIONER], "opened_at": a_week_ago}
    case = CaseFactory(referral__centre=centre, active=True, **of_practitioner)
    cases = {"case": case, "ending": _ending(centre, staff), "closed": _closed(centre, staff)}
    strand = carer_world.a_strand(centre, staff[Role.PRACTITIONER])
    cases |= {"strand": strand, "of_strand": carer_world.rows_of(strand), "offered_to": carer_world.beside(case)}
    rows = _live(case) | work_world.rows_of(case, staff[Role.PRACTITIONER], cover=staff[Role.DUTY_WORKER])
    return World(centre, staff, draft, referrals, concerns, **cases, rows=rows, view=view)


def _ending(centre, staff):
    """A case that ends: written, with a letter that is safe to have, and something answered."""
    case = CaseFactory(referral__centre=centre, ending=True, led_by=staff[Role.PRACTITIONER])
    written = {"letter": "Dear Sam,\n\nthank you.", "letter_is_safe": "yes", "sent_back": True}
    ending = EndingFactory(case=case, **written)
    EndingItemFactory(ending=ending, key="feedback", answer="not_applicable", why="She says no.")
    TaskFactory(case=case)
    return case


def _closed(centre, staff):
    case = CaseFactory(referral__centre=centre, closed=True, led_by=staff[Role.PRACTITIONER])
    EndingFactory(case=case, signed_off=True)
    return case


def _live(case):
    """Something of everything that a case holds, so that each of its pages shows it."""
    TimelineEntryFactory(case=case, pinned=True)
    TimelineEntryFactory(case=case, raised_of=True)
    AssignmentFactory(case=case, ended=True, handover="Ask before you ring.")
    PauseFactory(case=case)
    TaskFactory(case=case, done=True)
    _agree(case)
    contribution = ContributionFactory(case=case, wanted_said="I like school.", was_said="yes", disagreement="None.")
    TaskFactory(case=case, contribution=contribution)
    for factory in (NoContributionReasonFactory, OptionOfferedFactory, SafetyChangeFactory, StageDecisionFactory):
        factory(case=case)
    told = {"done": ["police_101"], "informed": ["school"], "was_told": "no", "not_told_because": "He reads her phone."}
    SafetyChangeFactory(case=case, change="new_information", **told)
    FocusChosenFactory(case=case, focus=["wider_issues"], wider_issues="Where she lives.")
    TaskFactory(case=case, supervision=SupervisionFactory(case=case, together=True))
    _assess(case)
    return {
        **_of_time(case),
        "cases:contribution": contribution.pk,
        "cases:told_back": contribution.pk,
        "cases:pin": TimelineEntryFactory(case=case).pk,
        "cases:raise_of_entry": TimelineEntryFactory(case=case).pk,
        "cases:finish_task": TaskFactory(case=case).pk,
        "cases:end_assignment": AssignmentFactory(case=case, kind="cover").pk,
        "cases:confirm_contact": SafeContactFactory(subject=case.subject).pk,
        **_planned(case),
        **_missed(case),
        **_sessions(case),
        **_beside_sessions(case),
    }


def _of_time(case):
    """Its reviews and the requests for more time, to be read and to be acted on."""
    for state in ({"held": True}, {"cancelled": True}):
        ReviewFactory(case=case, due_on=timezone.localdate() - timedelta(weeks=6), **state)
    ExtensionRequestFactory(case=case, decided=True)
    return {
        "cases:hold_review": ReviewFactory(case=case).pk,
        "cases:cancel_review": ReviewFactory(case=case, kind="three_month").pk,
        "cases:extension": ExtensionRequestFactory(case=case).pk,
    }


def _agree(case):
    """Each ledger of consent with something in it."""
    ConsentEventFactory(case=case, part=True, own_words="I want to try.", at=timezone.now())
    ConsentEventFactory(case=case, extra=True)
    ParentalViewFactory(case=case, view="aware_disagrees", why="He says that it is too much.")
    SharingPreferenceFactory(case=case, scope="parent_carer", topic="safety", recipient="Mother")
    SharingPreferenceFactory(case=case, without=True)
    PrivacyInformationFactory(case=case)
    PrivacyInformationFactory(case=case, not_yet=True)


def _missed(case):
    """They are missing, and were before, with everything that may be written of it."""
    before = timezone.now() - timedelta(days=2)
    told = {"harm": "Bruised arm.", "own_words": "I was cold.", "learning": "Ring her aunt first."}
    over = MissingEpisodeFactory(case=case, talked=True, from_at=before, last_seen="At the bus stop.", **told)
    of_over = dict.fromkeys(["missing_episode", "write_missing", "return_conversation"], over.pk)
    rows = of_over | {"come_back": MissingEpisodeFactory(case=case, police_told="no", police_reference="").pk}
    return {f"cases:{name}": pk for name, pk in rows.items()}


def _planned(case):
    """A plan in use that was rated, a newer one being written, and two versions of a safety plan."""
    used = SupportPlanFactory(case=case, active=True, copy_is_safe="yes")
    goal, before = used.goals.get(), SafetyPlanFactory(case=case)
    GoalRatingFactory.create_batch(2, goal=goal)
    ScaleRatingFactory.create_batch(2, case=case)
    SafetyPlanFactory(case=case, version=2, triggers_for_review=["move"])
    written = SupportPlanFactory(case=case, shared=True)
    own = GoalFactory(plan=written, continues=goal, target=8, why_it_matters="I am tired.")
    of_used = dict.fromkeys(["plan_version", "rate_goals", "end_plan", "plan_copy", "my_plan"], used.pk)
    of_written = dict.fromkeys(["write_plan", "share_plan", "agree_plan", "add_goal"], written.pk)
    rows = {"goal": own.pk, "remove_goal": own.pk, "step": goal.steps.get().pk, "safety_plan": before.pk}
    return {f"cases:{name}": pk for name, pk in {**of_used, **of_written, **rows}.items()}


def _sessions(case):
    """Each list of its page has one: to come, without a record, held, signed, not held, by mistake; by phone; moved."""
    of_case = {"case": case, "practitioner": case.assignments.current().leads().get().user}
    long_ago = timezone.now() - timedelta(days=3)
    states = {"record": {"planned_at": long_ago}, "sign": {"held": True}, "move": {}, "": {"not_held": True}}
    states |= {"cancel": {}, "start_remote": {"mode": "phone", "planned_at": timezone.now()}}
    states |= {"session": {"status": "rescheduled"}, "mistake": {"held": True}}
    began = {"planned_by": of_case["practitioner"], "form_token": uuid.uuid4()}
    states |= {"throw_away": {"planned_at": long_ago, "what_we_did": "Drew.", **began}}
    pks = {name: SupportSessionFactory(**of_case, **state).pk for name, state in states.items()}
    SupportSessionFactory(**of_case, by_mistake=True)
    moved = {"moved_from_id": pks["session"], "moved_by_wish_of": "carer", "what_we_did": "Drew."}
    signed = SupportSessionFactory(**of_case, held=True, own_words="I like it here.", **moved)
    TopicCoveredFactory(session=signed)
    GoalTouchedFactory(session=signed, goal=case.plans.in_use().get().goals.get())
    SupportSession.objects.filter(pk=signed.pk).update(signed_at=timezone.now(), signed_by=signed.recorded_by)
    SessionAddendumFactory(session=signed)
    RemoteAgreementFactory(case=case)
    pks |= {"session": signed.pk, "add": signed.pk}
    return {f"sessions:{name}": pk for name, pk in pks.items() if name}


def _beside_sessions(case):
    """What they were told of, safe to have and not, and what they think of us, to be quoted and not."""
    SignpostFactory(case=case, resource=ResourceFactory(centre=case.centre, address_en="https://example.org/"))
    SignpostFactory(case=case, resource=None, other="The boxing club", unsafe=True)
    FeedbackFactory(case=case, rather_not=True)
    FeedbackFactory(case=case, taken_back=True)
    return {"sessions:take_back_quote": FeedbackFactory(case=case, quotable=True).pk}


def _assess(case):
    """Assessed and signed once, with what was said of it since; an update is being written."""
    done = signed_assessment(case=case, strengths=["Draws well."])
    AddendumFactory(assessment=done)
    ReflectiveCommentFactory(assessment=done)
    draft = AssessmentFactory(case=case, version=2, kind="update")
    StrengthFactory(assessment=draft, came_from=done.strengths.get())
    WorryFactory(assessment=draft)
    MarkFactory(assessment=draft)
    MarkFactory(assessment=draft, voice="practitioner", value=6)
    ExternalScoreFactory(measure__case=case)


def _look_at(referrals):
    """What the screening of each has left behind, so that its page shows it."""
    why = {"from_status": "screening", "to_status": "on_hold", "note": "The school is closed."}
    StatusChangeFactory(referral=referrals["on_hold"], **why)
    QuestionFactory(referral=referrals["asked"], text="Who is at home in the evening?")
    QuestionFactory(referral=referrals["answered"], answered=True)
    QuestionFactory(referral=referrals["answered"], closed=True)
    for criterion, answer in [("age", "met"), ("knows", "not_met"), ("access", "not_known")]:
        CriterionCheckFactory(referral=referrals["answered"], criterion=criterion, answer=answer, note="Rang them.")


def empty_world():
    """The same people, and nothing for them to do."""
    centre = ServiceCentreFactory()
    ServiceCentreFactory(code="NATIONAL", name_en="National")
    return World(centre, {role: _member(role, centre) for role in STAFF}, None, {}, {})


def _member(role, centre):
    """A colleague with a phone; the team manager has a passkey too."""
    user = MembershipFactory(user=UserFactory(with_factor=True), role=role, centre=centre).user
    if role == Role.TEAM_MANAGER:
        give_passkey(user)
    return user


def example(world, route):
    """The arguments that ``route`` takes in ``world``; nothing where it takes none."""
    name = route.split(":")[-1]
    if route in PUBLIC_SENT:
        return {"draft": world.referrals["not_accepted"].form_token}
    if route == "refer:messages":
        return {"draft": world.referrals["asked"].form_token}
    if route == "refer:section":
        return {"draft": world.draft.pk, "section": "concerns"}
    if route in PUBLIC_DRAFT:
        return {"draft": world.draft.pk}
    if route == "triage:delete_view":
        return {"pk": world.view.pk}
    if route in OF_THE_QUEUE:
        return {}
    if route.startswith("triage:"):
        return {"reference": world.referrals[REFERRAL_FOR.get(name, "new")].reference}
    if route in ("cases:allocate", "cases:check_on_waiting"):
        return {"reference": world.referrals["accepted"].reference}
    if route in VERSION_FOR:
        more = {"part": "strengths"} if route == "cases:assessment_part" else {}
        return {"reference": world.case.reference, "version": VERSION_FOR[route]} | more
    if route in LISTS_OF_CASES or route in OF_ONES_OWN:
        return {}
    if route == "sessions:feed":
        return {"token": FEED}
    if route in OF_AN_ENDING:
        return {"reference": world.ending.reference} | ({"key": "network"} if name == "answer_need" else {})
    if route == "cases:reopen_case":
        return {"reference": world.closed.reference}
    if name in carer_world.OF_THE_YOUNG_PERSONS_SIDE:
        return {"reference": world.case.reference, "key": world.offered_to.key}
    if name in OF_A_STRAND:
        return {"key": world.strand.key} | world.of_strand.get(name, {})
    if route.startswith(("cases:", "sessions:")):
        more = {"part": "known"} if route == "cases:write_missing" else {}
        return {"reference": world.case.reference} | ({"pk": world.rows[route]} if route in world.rows else {}) | more
    if route.startswith("safeguarding:") and name != "concerns":
        return concern_world.example(name, world.concerns)
    if route in OF_WORK:
        return {"pk": world.rows[route]}
    if route in PASSKEY:
        return {"pk": world.staff[Role.TEAM_MANAGER].authenticator_set.get(type="webauthn").pk}
    if route == "account_reset_password_from_key":
        return {"uidb36": "1", "key": "not-a-key"}
    return {}


OF_AN_ENDING = ["ending", "write_ending", "answer_need", "propose_ending", "sign_off_ending", "ending_letter"]
OF_AN_ENDING = {f"cases:{name}" for name in [*OF_AN_ENDING, "go_on_after_all"]}
LISTS_OF_CASES = {
    f"cases:{name}"
    for name in ["caseload", "waiting", "approvals", "forecast", "without_contribution", "without_assessment"]
}
OF_ONES_OWN = {f"sessions:{name}" for name in ["diary", "make_feed", "revoke_feed", "strands"]}
OF_A_STRAND = {"strand", "carer_note", "carer_task", "finish_carer_task", "carer_answer", "carer_shared", "carer_share"}
OF_A_STRAND |= {"carer_not_safe", "carer_worry", "throw_away_contact", "carer_signposts", "carer_signpost"}
OF_A_STRAND |= {"carer_feedback", "ask_carer_feedback", "take_back_carer_quote", "contact_by_mistake"}
OF_A_STRAND |= {"ongoing", "direct_again", "end_strand", "our_support", "carer_sessions", "log_contact", "plan_contact"}
OF_A_STRAND |= {"carer_session", "record_contact", "cancel_contact", "move_contact", "sign_contact", "add_to_contact"}
OF_A_STRAND |= {"carer_consent", "record_carer_consent", "carer_contacts", "add_carer_contact", "confirm_carer_contact"}
OF_A_STRAND |= {"carer_assessment", "start_carer_assessment", "write_carer_assessment", "add_to_carer_assessment"}
OF_WORK = {"reminders:put_off", "reminders:call_off", "reminders:cover_cases"}
PASSKEY = {"mfa_edit_webauthn", "mfa_remove_webauthn"}
# Addresses without a referral in them.
OF_THE_QUEUE = {f"triage:{name}" for name in ["queue", "search", "assign_many", "views", "save_view", "delete_view"]}
PUBLIC_SENT = {"refer:sent", "refer:outcome", "refer:copy"}
PUBLIC_DRAFT = {"refer:tasks", "refer:check_answers", "refer:discard"}
REFERRAL_FOR = dict.fromkeys(["decide", "criteria", "hold", "ask"], "screening") | {
    "second_person": "waiting",
    "stop_waiting": "asked",
    "resume": "on_hold",
    "reopen": "not_accepted",
}
VERSION_FOR = dict.fromkeys(
    ["cases:assessment", "cases:add_addendum", "cases:comment_on_assessment"], 1
) | dict.fromkeys(
    ["cases:assessment_part", "cases:separate_worker", "cases:sign_assessment", "cases:compare_assessment"], 2
)


def address(world, route, language="en-gb"):
    with override(language):
        return reverse(route, kwargs=example(world, route))


def nobody():
    return uuid.uuid4()
