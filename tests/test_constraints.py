"""What the database itself keeps: each constraint is broken by going round our code, and named."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F
from factory import SelfAttribute

from protect_respect import house
from tests.broken import NOW, each, somebody, twice, two_of
from tests.cases import broken as of_cases
from tests.cases import broken_consent as of_consent
from tests.factories.accounts import AbsenceFactory, DutyShiftFactory, MembershipFactory, SessionFactory, UserFactory
from tests.factories.audit import AuditEventFactory
from tests.factories.centres import (
    ContactPointOfCentreFactory,
    LocalAuthorityFactory,
    PublicContactFactory,
    ServiceCentreFactory,
    ServiceOfferFactory,
)
from tests.factories.outbox import MessageFactory
from tests.factories.people import AccessGrantFactory, DataSubjectFactory, ExclusionFactory
from tests.factories.referrals import (
    DecisionFactory,
    NotAcceptedReasonFactory,
    NoteFactory,
    OneTimeCodeFactory,
    ReferralDraftFactory,
    ReferralFactory,
    ReferredYoungPersonFactory,
    SafetyAnswersFactory,
    StatusChangeFactory,
)
from tests.factories.safeguarding import ConcernFactory
from tests.factories.said import (
    AgreementFactory,
    FamilyMemberFactory,
    PersonOfConcernFactory,
    PlaceOfConcernFactory,
    ProfessionalInvolvedFactory,
    SafeContactFactory,
    SignSeenFactory,
)
from tests.factories.screening import CriterionCheckFactory, QuestionFactory, SavedViewFactory
from tests.factories.watching import SweepFactory
from tests.safeguarding import broken as of_concerns
from tests.safeguarding import broken_alerts as of_alerts
from tests.sessions import broken as of_sessions
from tests.sessions import broken_carers as of_carers
from tests.sessions import broken_signposts as of_signposts

pytestmark = pytest.mark.django_db

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


# fmt: off
BROKEN_BY_UPDATE = [
    *each("centre_nation_known", ServiceCentreFactory, {"nation": "FRA"}),
    *each("contact_point_has_a_phone_or_an_email", ContactPointOfCentreFactory, {"phone": "", "email": ""}),
    *each("contact_point_kind_known", ContactPointOfCentreFactory, {"kind": "pigeon"}),
    *each("local_authority_nation_known", LocalAuthorityFactory, {"nation": "FRA"}),
    *each("offer_scheme_known", ServiceOfferFactory, {"scheme": "X"}),
    *each("offer_ages_in_order", ServiceOfferFactory, {"age_from": 20}),
    *each("offer_ends_after_it_starts", ServiceOfferFactory, {"ends_on": date(2020, 1, 1)}),
    *each("offer_support_within_six_and_twelve_months", ServiceOfferFactory,
          {"support_months_initial": 7}, {"support_months_most": 13}, {"support_months_most": 5}),
    *each("offer_carer_sessions_at_most_ten", ServiceOfferFactory, {"carer_direct_sessions": 11}),
    *each("public_contact_kind_known", PublicContactFactory, {"kind": "pigeon"}),
    *each("user_theme_known", UserFactory, {"theme": "pink"}, {"theme": ""}),
    *each("user_letter_comes_by_day", UserFactory, {"letter_hour": 6}, {"letter_hour": 20}),
    *each("session_of_somebody_has_times", SessionFactory, {"began_at": None}, {"seen_at": None}),
    *each("membership_role_known", MembershipFactory, {"role": "superuser"}),
    *each("membership_ends_after_it_starts", MembershipFactory, {"until_on": date(2019, 12, 31)}),
    *each("absence_ends_after_it_starts", AbsenceFactory, {"until_on": F("from_on")}),
    *each("absence_covered_by_somebody_else", AbsenceFactory, {"cover": F("user")}),
    *each("absence_called_off_by_someone_at_some_time", AbsenceFactory,
          {"called_off_at": NOW}, {"called_off_by": somebody}),
    *each("duty_shift_is_weekly_or_dated", DutyShiftFactory, {"on": date(2026, 1, 1)}, {"weekday": None}),
    *each("duty_shift_weekday_known", DutyShiftFactory, {"weekday": 7}),
    *each("duty_shift_ends_after_it_starts", DutyShiftFactory, {"ends_at": "09:00"}, {"ends_at": "08:00"}),
    *each("message_has_an_address_until_it_is_blanked", MessageFactory,
          {"to": ""}, {"address_blanked_at": LONG_AGO}, {"to": "", "address_blanked_at": LONG_AGO}),
    *each("message_failure_known", MessageFactory, {"failure": "gremlins"}),
    *each("sweep_failures_have_a_time_and_a_kind", SweepFactory,
          {"failures": 1}, {"failures": 1, "failure": "Error"}, {"failures": 1, "failed_at": NOW}),
    *each("message_is_sent_after_it_is_owed", MessageFactory, {"sent_at": LONG_AGO}),
    *each("subject_kind_known", DataSubjectFactory, {"kind": "pet"}),
    *each("grant_ground_known", AccessGrantFactory, {"ground": "curiosity"}),
    *each("grant_ends_after_it_starts", AccessGrantFactory, {"until_at": LONG_AGO}),
    *each("grant_by_nobody_is_cover_and_ends", AccessGrantFactory,
          {"granted_by": None}, {"granted_by": None, "ground": "cover"},
          {"granted_by": None, "until_at": datetime(2040, 1, 1, tzinfo=UTC)}),
    *each("exclusion_ground_known", ExclusionFactory, {"ground": "dislike"}),
    *each("exclusion_lifted_by_someone_at_some_time_with_a_reason", ExclusionFactory,
          {"lifted_at": NOW}, {"lifted_by": somebody}, {"lifted_because": "A mistake."},
          {"lifted_at": NOW, "lifted_by": somebody}),
    *each("exclusion_lifted_by_somebody_else", ExclusionFactory, {"lifted_by": F("user")}, lifted=True),
    *each("exclusion_of_oneself_is_about_knowing_the_family", ExclusionFactory, {"set_by": F("user")}),
    *each("exclusion_set_by_another_says_why", ExclusionFactory, {"reason": ""}),
    *each("concern_severity_known", ConcernFactory, {"severity": "red"}),
    *each("concern_status_known", ConcernFactory, {"status": "lost"}, acknowledged=True),
    *each("concern_says_what", ConcernFactory, {"what": ""}),
    *each("concern_acknowledged_by_someone_at_some_time", ConcernFactory,
          {"status": "acknowledged"}, {"acknowledged_at": NOW}, {"acknowledged_by": somebody},
          {"status": "acting", "acknowledged_at": NOW}),
    *each("concern_closed_by_someone_at_some_time_with_an_outcome", ConcernFactory,
          {"outcome": ""}, {"closed_by": None}, {"closed_at": None}, {"status": "acting"}, closed=True),
    *each("draft_touched_after_it_was_made", ReferralDraftFactory, {"touched_at": LONG_AGO}),
    *each("draft_email_in_lower_case", ReferralDraftFactory, {"email": "Alex@school.example"}),
    *each("code_expires_after_it_was_made", OneTimeCodeFactory, {"expires_at": F("created_at")}),
    *each("code_purpose_known", OneTimeCodeFactory, {"purpose": "other"}),
    *each("referral_status_known", ReferralFactory, {"status": "lost", "decided_at": NOW}),
    *each("referral_priority_known", ReferralFactory, {"priority": "red"}),
    *each("referral_category_known", ReferralFactory, {"category": "other"}),
    *each("referral_danger_known", ReferralFactory, {"danger": "perhaps"}),
    *each("referral_category_belongs_to_its_scheme", ReferralFactory,
          {"scheme": "WAL3"}, {"category": "wal_a_vulnerable"}, {"scheme": "X"}),
    *each("referral_route_c_says_which_of_the_two", ReferralFactory, {"route_c_follow_up": ""}, route_c=True),
    *each("referral_route_c_says_which_of_the_two", ReferralFactory, {"route_c_follow_up": "current"}),
    *each("referral_route_c_follow_up_known", ReferralFactory, {"route_c_follow_up": "known_past"}, route_c=True),
    *each("referral_categories_also_known", ReferralFactory,
          {"categories_also": ["lost"]}, {"categories_also": ["current", "lost"]}),
    *each("referral_has_exactly_one_primary_category", ReferralFactory,
          {"categories_also": ["suspected"]}, {"categories_also": ["current", "suspected"]}),
    *each("referral_says_what_the_worry_is", ReferralFactory, {"reason": ""}),
    *each("referral_clock_paused_exactly_while_waiting_for_information", ReferralFactory, {"paused_at": NOW}),
    *each("referral_clock_paused_exactly_while_waiting_for_information", ReferralFactory,
          {"paused_at": None}, awaiting_information=True),
    *each("referral_has_a_day_of_review_exactly_while_on_hold", ReferralFactory, {"review_on": date(2026, 11, 2)}),
    *each("referral_has_a_day_of_review_exactly_while_on_hold", ReferralFactory, {"review_on": None}, on_hold=True),
    *each("criterion_check_known", CriterionCheckFactory, {"criterion": "luck"}, {"answer": "perhaps"}),
    *each("question_answered_at_some_time_with_words", QuestionFactory, {"answer": "Yes."}, {"answered_at": NOW}),
    *each("saved_view_has_a_name", SavedViewFactory, {"name": ""}),
    *each("referral_decided_at_exactly_when_ended", ReferralFactory, {"decided_at": NOW}, {"status": "accepted"}),
    *each("young_person_has_a_date_of_birth_or_an_estimated_age", ReferredYoungPersonFactory,
          {"date_of_birth": None}),
    *each("young_person_has_an_address_or_none_fixed", ReferredYoungPersonFactory, {"address": ""}),
    *each("young_person_strengths_are_said_or_not_known_yet", ReferredYoungPersonFactory,
          {"strengths": "Draws well.", "strengths_not_known": True}),
    *each("young_person_answers_known", ReferredYoungPersonFactory,
          {"sex_registered": "x"}, {"gender_identity": "x"}, {"sexual_orientation": "x"}, {"ethnic_group": "x"},
          {"address_type": "x"}, {"education_status": "x"}, {"education_support": "x"}, {"social_care_status": "x"},
          {"looked_after": "x"}, {"carer_response": "x"}, {"disabilities": ["x"]}, {"meeting_modes": ["x"]}),
    *each("referral_answers_known", ReferralFactory,
          {"other_exploitation": ["x"]}, {"exploitation_contexts": ["x"]}, {"referral_mechanism": "x"},
          {"police_status": "x"}),
    *each("safety_processes_known", SafetyAnswersFactory, {"processes": ["x"]}),
    *each("safe_contact_kind_known", SafeContactFactory, {"kind": "pigeon"}),
    *each("safe_contact_flags_known", SafeContactFactory,
          *[{f"safe_to_{way}": "maybe"} for way in ("call", "voicemail", "text", "email", "post")]),
    *each("safe_contact_confirmed_by_someone_on_some_day", SafeContactFactory,
          {"confirmed_on": date(2026, 11, 2)}, {"confirmed_by": somebody}),
    *each("agreement_answers_known", AgreementFactory,
          {"of": "friend", "name": "Kim Example"}, {"knows": "x"}, {"agrees": "x"}, {"why_not": "x"}),
    *each("agreement_says_why_somebody_was_not_told", AgreementFactory, {"knows": "no"}),
    *each("agreement_is_only_of_who_knows", AgreementFactory, {"knows": "not_known", "agrees": "yes"}),
    *each("agreement_of_an_adult_says_who", AgreementFactory, {"name": ""}, adult=True),
    *each("family_member_has_a_name", FamilyMemberFactory, {"name": ""}),
    *each("family_member_answers_known", FamilyMemberFactory, {"safe_to_contact": "x"}, {"knows_of_referral": "x"}),
    *each("professional_has_a_name_or_an_organisation", ProfessionalInvolvedFactory, {"name": "", "organisation": ""}),
    *each("professional_role_known", ProfessionalInvolvedFactory, {"role": "wizard"}),
    *each("sign_answers_known", SignSeenFactory, {"sign": "x"}, {"timing": "x"}, {"source": "x"}),
    *each("person_of_concern_is_named_or_described", PersonOfConcernFactory, {"name": ""}),
    *each("place_of_concern_is_described", PlaceOfConcernFactory, {"description": ""}),
    *each("place_of_concern_kind_known", PlaceOfConcernFactory, {"kind": "x"}),
    *of_concerns.BROKEN_BY_UPDATE,
    *of_alerts.BROKEN_BY_UPDATE,
    *of_cases.BROKEN_BY_UPDATE,
    *of_sessions.BROKEN_BY_UPDATE,
    *of_signposts.BROKEN_BY_UPDATE,
    *of_carers.BROKEN_BY_UPDATE,
]
# Of what no update reaches (referrals.models.kept): written wrongly from the start.
BROKEN_WHEN_WRITTEN = [
    *each("status_change_statuses_known", StatusChangeFactory, {"from_status": "lost"}, {"to_status": "lost"}),
    *each("status_change_changes_status", StatusChangeFactory, {"to_status": "submitted"}),
    *each("status_change_by_staff_unless_by_the_referrer", StatusChangeFactory, {"by": None}),
    *each("note_kind_known", NoteFactory, {"kind": "gossip"}),
    *each("note_says_something", NoteFactory, {"text": ""}),
    *each("note_names_a_priority_exactly_when_it_sets_one", NoteFactory, {"priority": "soon"}, {"kind": "priority"}),
    *each("question_asks_something", QuestionFactory, {"facts": []}),
    *each("question_facts_known", QuestionFactory, {"facts": ["gossip"]}),
    *each("question_closed_by_someone_at_some_time_with_a_reason", QuestionFactory,
          {"closed_by": None}, {"closed_at": None}, {"closed_because": ""}, closed=True),
    *each("question_is_answered_or_closed", QuestionFactory, {"answer": "Yes.", "answered_at": NOW}, closed=True),
    *each("question_answered_after_it_was_asked", QuestionFactory, {"answered_at": LONG_AGO}, answered=True),
    *each("decision_outcome_known", DecisionFactory, {"outcome": "rejected"}),
    *each("decision_not_to_accept_has_a_reason_and_a_suggestion", DecisionFactory,
          {"reason": None}, {"explanation": ""}, {"suggestion": ""}, not_accepted=True),
    *each("decision_countersigned_by_someone_at_some_time", DecisionFactory,
          {"countersigned_at": NOW}, {"countersigned_by_id": somebody}, waiting=True),
    *each("decision_countersigned_by_a_second_person", DecisionFactory,
          {"countersigned_by": SelfAttribute("decided_by"), "countersigned_at": NOW}, waiting=True),
    *each("decision_sent_back_by_someone_at_some_time_with_a_reason", DecisionFactory,
          {"sent_back_by": None}, {"sent_back_at": None}, {"sent_back_reason": ""}, sent_back=True),
    *each("decision_is_countersigned_or_sent_back_or_overtaken", DecisionFactory,
          {"overtaken_at": NOW}, countersigned=True),
    *each("decision_is_countersigned_or_sent_back_or_overtaken", DecisionFactory,
          {"overtaken_at": NOW}, {"countersigned_by_id": somebody, "countersigned_at": NOW}, sent_back=True),
    *of_concerns.BROKEN_WHEN_WRITTEN,
    *of_alerts.BROKEN_WHEN_WRITTEN,
    *of_cases.BROKEN_WHEN_WRITTEN,
    *of_consent.BROKEN_WHEN_WRITTEN,
    *of_sessions.BROKEN_WHEN_WRITTEN,
    *of_signposts.BROKEN_WHEN_WRITTEN,
    *of_carers.BROKEN_WHEN_WRITTEN,
]
# fmt: on


def two_users():
    UserFactory(email="kim@service.example")
    UserFactory._meta.model.objects.bulk_create([UserFactory._meta.model(email="KIM@service.example")])


def two_waiting():
    referral = ReferralFactory(waiting=True)
    DecisionFactory(referral=referral, waiting=True)


def two_open_memberships():
    first = MembershipFactory()
    MembershipFactory(user=first.user, centre=first.centre, role=first.role, from_on=date(2024, 1, 1))


def two_exclusions():
    first = ExclusionFactory()
    ExclusionFactory(subject=first.subject, user=first.user)


def two_offers_that_overlap():
    first = ServiceOfferFactory(ends_on=date(2026, 1, 2))
    ServiceOfferFactory(centre=first.centre, starts_on=date(2026, 1, 1))


def away_twice_at_once():
    first = AbsenceFactory()
    AbsenceFactory(user=first.user, from_on=first.until_on - timedelta(days=1))


BROKEN_BY_INSERT = {
    "absence_one_at_a_time": away_twice_at_once,
    "centre_code_once": two_of(ServiceCentreFactory, "code"),
    "local_authority_code_once": two_of(LocalAuthorityFactory, "code"),
    "offer_one_at_a_time_per_centre": two_offers_that_overlap,
    "public_contact_kind_once": lambda: [
        PublicContactFactory._meta.model.objects.create(kind="helpline", name_en="Helpline") for _ in range(2)
    ],
    "user_email_once": two_users,
    "membership_open_once_per_role": two_open_memberships,
    "exclusion_once_per_colleague": two_exclusions,
    "concern_key_once": two_of(ConcernFactory, "key"),
    "message_is_owed_once": two_of(MessageFactory, "key"),
    "sweep_is_watched_in_one_row": twice(SweepFactory),
    "referral_reference_once": two_of(ReferralFactory, "reference"),
    "referral_one_submission_per_form_token": two_of(ReferralFactory, "form_token"),
    "decision_waits_once_per_referral": two_waiting,
    "criterion_checked_once_per_referral": lambda: CriterionCheckFactory(referral=CriterionCheckFactory().referral),
    "question_open_once_per_referral": lambda: QuestionFactory(referral=QuestionFactory().referral),
    "saved_view_name_once_per_person": lambda: SavedViewFactory(user=SavedViewFactory(name="Mine").user, name="Mine"),
    "agreement_of_the_young_person_once": lambda: AgreementFactory(referral=AgreementFactory().referral),
    "sign_once_per_referral": lambda: SignSeenFactory(referral=SignSeenFactory().referral),
    "notacceptedreason_label_once_per_centre": twice(NotAcceptedReasonFactory, label_en="Other"),
    "audit_event_has_exactly_one_actor": lambda: AuditEventFactory(system_actor=""),
    "audit_event_verb_is_noun_dot_past_participle": lambda: AuditEventFactory(verb="looked at a referral"),
    **of_alerts.BROKEN_BY_INSERT,
    **of_cases.BROKEN_BY_INSERT,
    **of_sessions.BROKEN_BY_INSERT,
    **of_signposts.BROKEN_BY_INSERT,
    **of_carers.BROKEN_BY_INSERT,
}


def _by_row():
    """Which rows to make, and every way in which each is broken: to make a row takes far longer than to break it."""
    rows = {}
    for name, factory, traits, changes in (row.values for row in BROKEN_BY_UPDATE):
        key = f"{factory.__name__} {traits or ''}".strip()
        rows.setdefault(key, (factory, traits, []))[2].append((name, changes))
    return [pytest.param(*row, id=key) for key, row in rows.items()]


@pytest.mark.parametrize(("factory", "traits", "broken"), _by_row())
def test_the_database_refuses_each_wrong_update_of(factory, traits, broken, subtests):
    row = factory(**traits)
    for name, changes in broken:
        changes = {field: value() if callable(value) else value for field, value in changes.items()}
        refused = pytest.raises(IntegrityError, match=f'"{name}"')
        with subtests.test(name, changes=changes), refused, transaction.atomic():
            type(row)._base_manager.filter(pk=row.pk).update(**changes)


@pytest.mark.parametrize(("name", "factory", "traits", "changes"), BROKEN_WHEN_WRITTEN)
def test_the_database_refuses_what_is_written_once(name, factory, traits, changes):
    changes = {field: value() if callable(value) else value for field, value in changes.items()}

    with pytest.raises(IntegrityError, match=f'"{name}"'), transaction.atomic():
        factory(**traits | changes)


@pytest.mark.parametrize(("name", "insert"), BROKEN_BY_INSERT.items(), ids=BROKEN_BY_INSERT)
def test_the_database_refuses_an_insert(name, insert):
    with pytest.raises(IntegrityError, match=f'"{name}"'), transaction.atomic():
        insert()


@pytest.mark.requirement("R-wal-35")
@pytest.mark.requirement("R-nat-08")
def test_a_referral_has_one_primary_category_and_any_number_that_also_apply():
    referral = ReferralFactory()
    rows = type(referral).objects.filter(pk=referral.pk)

    rows.update(categories_also=["current", "known_past", "heightened_risk"])
    with pytest.raises(IntegrityError, match="referral_has_exactly_one_primary_category"), transaction.atomic():
        rows.update(category="current")


def test_what_is_over_makes_room():
    """Unique only while it holds: an ended role, a lifted exclusion, an answered decision, a retired reason."""
    membership = MembershipFactory(until_on=date(2025, 1, 1))
    MembershipFactory(user=membership.user, centre=membership.centre, role=membership.role)
    exclusion = ExclusionFactory(lifted=True)
    ExclusionFactory(subject=exclusion.subject, user=exclusion.user)
    referral = DecisionFactory(sent_back=True).referral
    DecisionFactory(referral=referral, waiting=True)
    NotAcceptedReasonFactory(label_en="Other", retired=True)
    NotAcceptedReasonFactory(label_en="Other")
    away = AbsenceFactory(called_off=True)
    AbsenceFactory(user=AbsenceFactory(user=away.user).user, from_on=away.until_on)
    offer = ServiceOfferFactory(ends_on=date(2026, 1, 1))
    ServiceOfferFactory(centre=offer.centre, starts_on=offer.ends_on)


def test_every_rule_of_a_trigger_is_named_by_a_test_that_breaks_it():
    """Each refuses in the name of its rule; the test goes round the code and waits for that name."""
    refused = {
        rule
        for app in house.our_apps()
        for model in app.get_models()
        for trigger in getattr(model._meta, "triggers", [])
        for rule in re.findall(r"CONSTRAINT = '(\w+)'", str(getattr(trigger, "func", "")))
    }
    tests = "".join(path.read_text() for path in Path(__file__).parent.rglob("*.py"))
    assert len(refused) > 50
    assert {rule for rule in refused if rule not in tests} == set()


def test_every_constraint_of_ours_is_broken_here():
    ours = {
        constraint.name
        for app in house.our_apps()
        for model in app.get_models()
        for constraint in model._meta.constraints
    }
    assert ours == {row.values[0] for row in [*BROKEN_BY_UPDATE, *BROKEN_WHEN_WRITTEN]} | set(BROKEN_BY_INSERT)
