"""What a fictional referrer answers: the ``number``-th referral of a team, always the same."""

from dateutil.relativedelta import relativedelta
from django.utils import timezone

from centres.enums import Scheme
from people.enums import SafeContactKind, SafeFlag
from referrals.enums import (
    CATEGORIES_OF,
    AgencyType,
    AgreementOf,
    Agrees,
    CarerResponse,
    Category,
    Danger,
    DisabilityType,
    EducationStatus,
    EthnicGroup,
    HarmStatus,
    PlaceKind,
    PreferredLanguage,
    Sign,
    SignSource,
    SignTiming,
    SocialCareTold,
    YesNoNotKnown,
)

FIRST_NAMES = {
    Scheme.WAL3: ["Llŷr", "Siân", "Heledd", "Angharad", "Tomos", "Ffion", "Macsen", "Elin", "Iestyn", "Lowri", "Owain"],
    Scheme.NAT4: ["Alex", "Sam", "Robin", "Charlie", "Jules", "Kit", "Noor", "Zoë", "Ash", "Remi", "Toni"],
}
SURNAMES = {
    Scheme.WAL3: ["Enghraifft", "Sampl", "Ap Ffuglen", "Tŵr-Enghraifft", "Example"],
    Scheme.NAT4: ["Example", "Sample", "O’Example", "Specimen-Sample", "Fiction"],
}
REFERRERS = [
    ("Jo Sample", "Social worker", "Sample Council, children’s services", AgencyType.CHILDRENS_SOCIAL_CARE),
    ("Chris Example", "Head of year", "Example Community School", AgencyType.SCHOOL),
    ("Pat Specimen", "Police officer", "Example Police, safeguarding team", AgencyType.POLICE),
    ("Lee Fiction", "School nurse", "Sample Health Board", AgencyType.HEALTH_SCHOOL_NURSE),
    ("Nia Enghraifft", "Youth worker", "Example Youth Service", AgencyType.YOUTH_SERVICE),
]
REASONS = [
    "This is an example. Somebody at school has noticed a change and asks for support for the young person.",
    "This is an example. The young person told a worker of something that worries them, and wants to talk.",
    "This is an example. Adults whom the young person does not know have been writing to them online.",
]
VIEWS = [
    "Example: they would like somebody to talk to who is not from school.",
    "Example: they are not sure yet, and would meet somebody once.",
    "Example: they want things to be calm at home.",
]


def referral(team, number, *, scheme, **chosen):
    """Fields of ``Referral`` that a form would have cleaned; ``chosen`` goes over them."""
    name, role, agency, agency_type = pick(REFERRERS, number)
    return (
        {
            "local_authority": pick(team.areas, number),
            "referrer_name": name,
            "referrer_role": role,
            "referrer_agency": agency,
            "referrer_agency_type": agency_type,
            "referrer_phone": f"01632 960{number % 1000:03d}",
            "referrer_relationship": "Example: we have met every week since the spring.",
            "referrer_best_times": "Mornings",
            "reason": pick(REASONS, number),
            "harm": pick([HarmStatus.NOT_KNOWN, HarmStatus.NO_KNOWN_HARM, HarmStatus.SUSPECTED_HARM], number),
            "young_person_view": pick(VIEWS, number),
            "danger": Danger.NO,
            "social_care_told": pick([SocialCareTold.TOLD, SocialCareTold.NOT_AT_THAT_LEVEL], number),
            "young_person_knows": _knows(number),
        }
        | _why(chosen.pop("category", None) or pick(_usual_categories(scheme), number))
        | chosen
    )


def _usual_categories(scheme):
    """Those one person may accept alone; a story that needs *current* says so."""
    return [category for category in CATEGORIES_OF[scheme] if category != Category.CURRENT]


def _why(category):
    """The category, and what its own questions ask."""
    answers = {"category": category}
    if category == Category.WAL_C_HIGH_OR_CURRENT:
        answers["route_c_follow_up"] = Category.HEIGHTENED_RISK
    if category == Category.WAL_B_TRAUMA:
        answers["trauma_is_cse_related"] = YesNoNotKnown.NOT_KNOWN
        answers["trauma_and_risk"] = "Example: it is harder to tell whom to trust."
        answers["ready_for_support"] = "Example: they ask when it can begin."
    return answers


def young_person(number, *, scheme, age=None, **chosen):
    """Fields of ``ReferredYoungPerson``. Without ``age``, one between 12 and 18, months from any edge."""
    return {
        "first_name": pick(FIRST_NAMES[scheme], number),
        "last_name": pick(SURNAMES[scheme], number),
        "date_of_birth": _born(age or 12 + number % 7),
        "preferred_language": _language(scheme, number),
        "interpreter_needed": YesNoNotKnown.NO,
        "address": "1 Example Street",
        "postcode": "ZZ99 3VZ",  # no street has it
        "address_is_confidential": pick([YesNoNotKnown.NO, YesNoNotKnown.NO, YesNoNotKnown.YES], number),
        **_life(number),
        **_family(number),
    } | chosen


def _life(number):
    """What else a referrer knew; every fourth was in haste."""
    if number % 4 == 3:
        return {}
    return {
        "education_status": pick(
            [EducationStatus.FULL_TIME, EducationStatus.COLLEGE, EducationStatus.NOT_KNOWN], number
        ),
        "school": "Example Community School",
        "ethnic_group": pick([EthnicGroup.NOT_KNOWN, EthnicGroup.ANY_OTHER_MIXED, EthnicGroup.WHITE_BRITISH], number),
        "disabilities": [[DisabilityType.NONE_KNOWN], [DisabilityType.ADHD], []][number % 3],
        "communication_needs": "Example: short sentences, and time to think.",
    }


def _family(number):
    return {
        "main_carer": "Example: their mother",
        "carer_helps": "Example: fetches them from the bus in the evening.",
        "carer_response": pick([CarerResponse.WANTS_SUPPORT, CarerResponse.NOT_ASKED, CarerResponse.DECLINED], number),
        "family_must_not_know": pick(["", "", "Example: that the school has rung us."], number),
    }


def _language(scheme, number):
    if scheme == Scheme.WAL3:
        return pick([PreferredLanguage.WELSH, PreferredLanguage.ENGLISH, PreferredLanguage.BOTH], number)
    return PreferredLanguage.ENGLISH


def _born(age):
    return timezone.localdate() - relativedelta(years=age, months=3)


def safety(number, **chosen):
    """Fields of ``SafetyAnswers``."""
    return {
        "safe_at_home": pick([YesNoNotKnown.YES, YesNoNotKnown.YES, YesNoNotKnown.NOT_KNOWN], number),
        "missing_now": YesNoNotKnown.NO,
        "contact_with_person_of_concern": YesNoNotKnown.NOT_KNOWN,
        "self_harm_now": YesNoNotKnown.NO,
        "safety_plan": pick([YesNoNotKnown.YES, YesNoNotKnown.NO], number),
        "missing_before": pick([YesNoNotKnown.YES, YesNoNotKnown.NO, YesNoNotKnown.NOT_KNOWN], number),
        "online_worry": pick([YesNoNotKnown.YES, YesNoNotKnown.NOT_KNOWN], number),
        "what_helps": "Example: an aunt who lives near.",
    } | chosen


def lists(number):
    """What a referrer lists; every fourth was in haste, and knows of no safe contact yet."""
    if number % 4 == 3:
        return _who_knows(number)
    return _who_knows(number) | {
        "contacts": [_contact(number)],
        "family": [
            {
                "name": "Example: their mother",
                "parental_responsibility": YesNoNotKnown.YES,
                "same_household": YesNoNotKnown.YES,
            },
            {"name": "Example: a brother", "age": "9", "safe_to_contact": SafeFlag.NOT_CONFIRMED},
        ],
        "signs": [
            {"sign": pick([Sign.MONEY_OR_ITEMS, Sign.MISSING_SCHOOL, Sign.MOOD], number)}
            | {"timing": SignTiming.PRESENT_NOW, "source": SignSource.SEEN_DIRECTLY, "note": "Example: since May."},
            {"sign": Sign.UNKNOWN_ADULTS_ONLINE, "timing": pick(SignTiming.values, number)},
            {"sign": Sign.TRUSTED_ADULT, "timing": SignTiming.PRESENT_NOW, "source": SignSource.YOUNG_PERSON_TOLD_ME},
        ],
        "people_of_concern": [
            {
                "name": "Example: known by a name in a game",
                "known_from": "Example: the young person said so.",
                "known_to_police": YesNoNotKnown.NOT_KNOWN,
            }
        ][: number % 3],
        "places_of_concern": [
            {"kind": PlaceKind.STREET_OR_PARK, "description": "Example: the park by Example Street."}
        ][: number % 2],
    }


def _knows(number):
    return pick([YesNoNotKnown.YES, YesNoNotKnown.YES, YesNoNotKnown.NOT_KNOWN], number)


def _who_knows(number):
    knows = _knows(number)
    said = {"agrees": pick([Agrees.YES, Agrees.NOT_ASKED], number), "asked_by": "Example: their teacher"}
    theirs = {"of": AgreementOf.YOUNG_PERSON, "knows": knows} | (said if knows == YesNoNotKnown.YES else {})
    return {"agreements": [theirs]}


def _contact(number):
    return {
        "kind": SafeContactKind.MOBILE,
        "value": f"020 7946 0{number % 1000:03d}",
        "safe_to_text": SafeFlag.YES,
        "safe_to_call": SafeFlag.NO,
        "safe_times": "Example: Tuesdays after 4pm",
        "must_not_be_told": "Example: nobody at home, for now.",
    }


def pick(choices, number):
    return choices[number % len(choices)]
