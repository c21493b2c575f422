"""Every answer stands on the page of staff, in the order of need; what is restricted, only before whom it may."""

from datetime import date

import pytest
from django.db import models

from accounts.enums import Role, Weekday
from people.models import SafeContact
from referrals import answers, said
from referrals.models import Agreement, Referral, ReferredYoungPerson, SafetyAnswers
from tests.factories.accounts import DutyShiftFactory, MembershipFactory
from tests.factories.referrals import ReferralFactory, ReferredYoungPersonFactory, SafetyAnswersFactory
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

pytestmark = pytest.mark.django_db

SECRETS = ["Raven Example", "The park beside Example Street.", "umbrella", "They must not hear of the new school."]


def part(referral, name, **options):
    return next(part for part in answers.sections(referral, **options) if part["id"] == name)


def words_of(row):
    return row.get("value") or "\n".join(row["lines"])


def rows(referral, name, **options):
    return {str(row["label"]): words_of(row) for row in part(referral, name, **options)["rows"]}


@pytest.fixture
def told():
    """A referral with something restricted of each kind."""
    referral = ReferralFactory(young_person=None)
    ReferredYoungPersonFactory(referral=referral, family_must_not_know=SECRETS[3])
    PersonOfConcernFactory(referral=referral, name=SECRETS[0])
    PlaceOfConcernFactory(referral=referral, description=SECRETS[1])
    SafeContactFactory(subject=referral.subject, code_word_help=SECRETS[2], must_not_be_told="A cousin")
    return referral


def secrets_on(page):
    text = page.content.decode()
    return [secret for secret in SECRETS if secret in text]


@pytest.mark.parametrize(
    "who", [Role.DUTY_WORKER, Role.TEAM_MANAGER, Role.SERVICE_MANAGER, "practitioner_with_a_grant"]
)
def test_who_needs_what_is_restricted_reads_it(client, stand_before, told, who):
    stand_before(who, told)
    page = client.get(told.get_absolute_url())
    assert secrets_on(page) == SECRETS
    assert "are read by who is on duty" not in page.content.decode()


def test_a_safeguarding_lead_reads_the_rest_through_a_concern(client, stand_before, told):
    ConcernFactory(subject=told.subject)
    stand_before(Role.SAFEGUARDING_LEAD, told)
    page = client.get(told.get_absolute_url())
    assert secrets_on(page) == []
    assert "A cousin" in page.content.decode()
    assert "are read by who is on duty" in page.content.decode()


def test_a_duty_worker_whose_shift_is_over_reads_the_rest_of_what_is_with_them(client, stand_before, told):
    told.owner = stand_before(Role.DUTY_WORKER, told)
    told.save(update_fields=["owner"])
    on_shift = MembershipFactory(role=Role.DUTY_WORKER, centre=told.centre)
    for weekday in Weekday:
        DutyShiftFactory(membership=on_shift, weekday=weekday, starts_at="00:00", ends_at="23:59:59.999999")
    page = client.get(told.get_absolute_url())
    assert page.status_code == 200
    assert secrets_on(page) == []


def test_what_is_restricted_is_not_even_read_for_who_may_not_see_it(told):
    read = said.with_lists(Referral.objects.get(), with_restricted=False)
    assert list(read.people_of_concern.all()) == list(read.places_of_concern.all()) == []


def test_nothing_restricted_is_in_what_leaves_us(told):
    every = [words_of(row) for part in answers.sections(told) for row in part["rows"]]
    assert not [secret for secret in SECRETS if any(secret in words for words in every)]


def test_lists_are_read_in_one_statement_as_if_each_were_asked_for(told, statements):
    for factory in (AgreementFactory, FamilyMemberFactory, ProfessionalInvolvedFactory, SignSeenFactory):
        factory(referral=told)
    AgreementFactory(referral=told, adult=True, asked_on="2026-11-02")
    plain, read = Referral.objects.get(), Referral.objects.get()

    with statements() as asked:
        said.with_lists(read, with_restricted=True)
        shown = answers.sections(read, with_restricted=True)
    # the lists; and of the two plain rows, the person, their safety and the rest, which the page reads joined
    assert len(asked.sent) == 5

    assert shown == answers.sections(plain, with_restricted=True)


COLUMNS_OF_ANOTHER_KIND = {"referral", "date_of_birth", "estimated_age", "no_fixed_address", "strengths_not_known"}


def filled(model, *, without=()):
    """Every question of a row answered: words with their own column's name, choices with the last one."""
    values = {}
    for field in model._meta.concrete_fields:
        if field.name in {*COLUMNS_OF_ANOTHER_KIND, *without} or field.is_relation or field.primary_key:
            continue
        if hasattr(field, "base_field"):
            values[field.name] = [field.base_field.choices[0][0]]
        elif isinstance(field, models.DateField):
            values[field.name] = date(2026, 3, 4)
        elif isinstance(field, models.PositiveSmallIntegerField):
            values[field.name] = 7
        elif isinstance(field, models.BooleanField):
            values[field.name] = True
        elif isinstance(field, models.CharField | models.TextField):
            values[field.name] = "yes" if field.choices and ("yes", "Yes") in field.choices else worded(field)
    return values


def worded(field):
    return field.choices[0][0] if field.choices else f"word {field.name}"[: field.max_length]


def everything_said(referral, **options):
    every = [row for part in answers.sections(referral, **options) for row in part["rows"]]
    return "\n".join(f"{row['label']}: {words_of(row)}" for row in every)


def words_missing(values, shown):
    return [name for name, value in values.items() if str(value).startswith("word ") and value not in shown]


ONLY_WHERE_CHOSEN = {
    "pronouns_in_words": {"pronouns": "other"},
    "gender_in_words": {"gender_identity": "another"},
}


def test_no_word_of_the_young_person_is_lost():
    referral = ReferralFactory(young_person=None)
    values = filled(ReferredYoungPerson)
    for choices in ONLY_WHERE_CHOSEN.values():
        values |= choices
    ReferredYoungPersonFactory(referral=referral, **values)
    assert words_missing(values, everything_said(referral, with_restricted=True)) == []


def test_no_word_about_safety_is_lost():
    referral = ReferralFactory(safety=None, danger="yes", category="current")
    values = filled(SafetyAnswers)
    SafetyAnswersFactory(referral=referral, **values)
    shown = everything_said(referral)
    assert words_missing(values, shown) == []
    assert "4 March 2026" in shown


@pytest.mark.parametrize(
    "factory",
    [FamilyMemberFactory, ProfessionalInvolvedFactory, PersonOfConcernFactory, PlaceOfConcernFactory, SignSeenFactory],
)
def test_no_word_of_a_list_is_lost(factory):
    referral = ReferralFactory()
    values = filled(factory._meta.model, without=["id"])
    factory(referral=referral, **values)
    assert words_missing(values, everything_said(referral, with_restricted=True)) == []


def test_no_word_of_an_agreement_or_of_a_contact_is_lost():
    referral = ReferralFactory()
    agreement = filled(Agreement, without=["id"]) | {"of": "parental_responsibility"}
    AgreementFactory(referral=referral, **agreement)
    contact = filled(SafeContact, without=["id", "confirmed_on"])
    SafeContactFactory(subject=referral.subject, **contact)
    shown = everything_said(referral, with_restricted=True)
    assert words_missing(agreement, shown) == words_missing(contact, shown) == []


def test_no_word_of_the_referral_is_lost():
    values = {
        name: value
        for name, value in filled(Referral).items()
        if str(value).startswith("word ") and name not in ("reference", "language")
    }
    referral = ReferralFactory(route_b=True, **values)
    assert words_missing(values, everything_said(referral)) == []


def test_what_was_not_asked_is_told_in_one_line_and_not_known_is_an_answer():
    referral = ReferralFactory(young_person=None)
    ReferredYoungPersonFactory(referral=referral, sex_registered="not_known", gender_identity="not_asked")
    identity = part(referral, "identity")
    assert rows(referral, "identity") == {"Sex, as registered": "Not known"}
    assert identity["not_asked"].startswith("How they describe their gender; Ethnic group")


def test_nobody_is_told_that_orientation_was_not_asked():
    assert "orientation" not in part(ReferralFactory(), "identity")["not_asked"].lower()


@pytest.mark.parametrize(("orientation", "is_kept"), [("gay_or_lesbian", True), ("heterosexual", False)])
def test_orientation_comes_with_a_word_to_keep_it_from_the_family(orientation, is_kept):
    referral = ReferralFactory(young_person=None)
    ReferredYoungPersonFactory(referral=referral, sexual_orientation=orientation)
    assert ("Before you speak with the family" in rows(referral, "identity")) is is_kept


def test_who_must_not_know_stands_in_the_head_and_before_every_number(client, stand_before, told):
    stand_before(Role.DUTY_WORKER, told)
    page = client.get(told.get_absolute_url())
    assert page.context["head"]["facts"] == ["Somebody must not know"]
    first = part(told, "contact")["rows"][0]
    assert (first["value"], first["is_strong"]) == ("A cousin (Mobile phone)", True)


def test_a_channel_is_safe_only_where_that_was_said():
    referral = ReferralFactory()
    SafeContactFactory(subject=referral.subject, safe_to_text="yes", safe_to_call="no")
    lines = rows(referral, "contact")["Mobile phone"].split("\n")
    assert [line for line in lines if line.startswith("Safe to")] == ["Safe to call: No", "Safe to text: Yes"]
    assert lines[-1] == "None of us has confirmed it yet. Whatever is not named here is not confirmed safe."


def test_where_no_way_is_known_the_page_says_to_ask_first():
    assert "Ask the referrer before you ring or write." in rows(ReferralFactory(), "contact")["Before you get in touch"]


@pytest.mark.requirement("R-nat-32", part="what the carer answered changes no other answer")
@pytest.mark.parametrize("response", ["declined", "not_asked", "wants_support"])
def test_what_a_carer_wants_changes_nothing_else_on_the_page(response):
    referral = ReferralFactory(young_person=None)
    person = ReferredYoungPersonFactory(referral=referral)
    before = [part for part in answers.sections(referral) if part["id"] != "family"]
    person.carer_response = response
    person.save(update_fields=["carer_response"])
    assert [part for part in answers.sections(Referral.objects.get()) if part["id"] != "family"] == before
