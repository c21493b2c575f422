"""The stories of the demonstration: every status, outcome and priority that an act can reach, at three centres."""

from people.enums import GrantGround
from people.models import DataSubject
from people.operations import grant
from protect_respect.fictional.story import Story
from referrals.enums import ACCEPTS, DOES_NOT_ACCEPT, WITHDRAWS, Category, MissingFact, Outcome, Priority

PRIORITIES = tuple(Priority)


def make(teams, people):
    """All stories, in the order in which they are numbered. Returns the referrals."""
    stories = []
    for place, team in enumerate(teams):
        numbers = iter(range(100 * place, 100 * (place + 1)))
        for told in (_ended, _waiting_for_two, _being_screened, _new, _standing_still, _opened_again):
            stories += told(team, numbers)
    stories += _closed_to_some(teams[0], people)
    return [story.referral for story in stories]


def _ended(team, numbers):
    """Each outcome once, from a day to two months ago."""
    yield from (_decided(team, next(numbers), outcome) for outcome in ACCEPTS)
    yield from (_decided(team, next(numbers), outcome) for outcome in DOES_NOT_ACCEPT)
    yield _decided(team, next(numbers), Outcome.DUPLICATE_MERGED)
    for outcome in WITHDRAWS:
        yield Story(team, next(numbers)).later(days=2).withdrawn(outcome).later(days=9)
    yield _accepted_by_two(team, next(numbers))


def _decided(team, number, outcome):
    story = Story(team, number, age=20 if outcome == Outcome.NOT_ELIGIBLE else None).later(hours=3).screened()
    story.later(days=1).prioritised(PRIORITIES[number % 4]).noted().later(days=2).decided(outcome)
    if story.decision.needs_second_person:
        story.later(hours=5).countersigned()
    return story.later(days=1 + 4 * (number % 14))


def _accepted_by_two(team, number):
    story = Story(team, number, **_current(team)).later(hours=1).screened().prioritised(Priority.IMMEDIATE)
    return story.later(hours=2).decided(Outcome.ACCEPTED_ALLOCATE).later(hours=1).countersigned().later(days=3)


def _current(team):
    """The answers that say exploitation is happening now: a category, or route C with its follow-up."""
    if team.centre.offers.get().scheme == "NAT4":
        return {"category": Category.CURRENT}
    return {"category": Category.WAL_C_HIGH_OR_CURRENT, "route_c_follow_up": Category.CURRENT}


def _waiting_for_two(team, numbers):
    """Two decisions that wait for a second person, and one that came back from them."""
    story = Story(team, next(numbers), **_current(team)).later(hours=2).screened().prioritised(Priority.IMMEDIATE)
    yield story.later(hours=20).decided(Outcome.ACCEPTED_ALLOCATE).later(hours=3)
    story = Story(team, next(numbers), age=20).later(days=1).screened().noted()
    yield story.later(days=1).decided(Outcome.NOT_ELIGIBLE).later(hours=6)
    story = Story(team, next(numbers)).later(days=1).screened().prioritised(Priority.SOON).later(days=1)
    yield story.decided(Outcome.NO_CAPACITY).later(hours=5).sent_back().later(hours=2)


def _being_screened(team, numbers):
    for priority in (Priority.STANDARD, Priority.AWARENESS, Priority.SOON):
        yield Story(team, next(numbers)).later(hours=4).screened().prioritised(priority).later(days=1)
    yield Story(team, next(numbers)).later(days=1).screened().prioritised(Priority.SOON).working_days_later(7)
    yield _danger(team, next(numbers)).concern_acknowledged().later(hours=1).screened().later(hours=5)
    story = _danger(team, next(numbers)).concern_acknowledged().screened().prioritised(Priority.IMMEDIATE)
    yield story.later(minutes=10).concern_taken_further().later(hours=9).concern_closed().later(hours=2)


def _danger(team, number):
    return Story.of_danger(team, number).later(minutes=25)


def _new(team, numbers):
    """Unread: from this morning to overdue, with the ages that eligibility has something to say about."""
    yield _danger(team, next(numbers)).later(hours=2)  # nobody has acknowledged it: overdue after an hour
    yield Story(team, next(numbers), language="cy").later(minutes=40)
    yield Story(team, next(numbers), age=10).later(hours=3)
    yield Story(team, next(numbers), age=19).later(days=1)
    yield Story(team, next(numbers), young_person={"date_of_birth": None, "estimated_age": 11}).working_days_later(2)
    yield Story(team, next(numbers)).working_days_later(5)  # due today
    yield Story(team, next(numbers)).working_days_later(8)  # overdue


def _standing_still(team, numbers):
    """Waiting for the referrer, in time and not; answered; gone on without; on hold, and a hold that is over."""
    story = Story(team, next(numbers)).later(days=1).screened().prioritised(Priority.SOON).checked(**CHECKED)
    yield story.asked(MissingFact.WHO_KNOWS, MissingFact.SAFE_CONTACT).later(hours=20)
    story = Story(team, next(numbers), language="cy").later(days=1).screened().asked(MissingFact.WHO_KNOWS, text="")
    yield story.later(days=8)
    story = Story(team, next(numbers)).later(days=1).screened().asked(MissingFact.SAFETY_PLAN).later(days=1)
    yield story.answered().later(hours=2)
    story = Story(team, next(numbers)).later(hours=5).screened().asked(MissingFact.SOCIAL_CARE).later(days=2)
    yield (
        story.not_waited_for()
        .checked(safe_enough=("met", "Example: the plan of social care is in place."))
        .later(days=1)
    )
    yield Story(team, next(numbers)).later(days=1).screened().held(days=14).later(days=1)
    yield Story(team, next(numbers)).later(days=1).screened().held(days=7).later(days=8)
    yield Story(team, next(numbers)).later(hours=6).screened().held(days=3).later(days=2).resumed().later(hours=3)


def _opened_again(team, numbers):
    story = Story(team, next(numbers)).later(days=1).screened().later(days=1).decided(Outcome.SIGNPOSTED_OTHER_SERVICE)
    yield story.later(days=6).opened_again().later(hours=4)


CHECKED = {
    "age": ("met", ""),
    "area": ("met", ""),
    "knows": ("not_known", "Example: the form tutor will ask on Monday."),
    "nobody_else": ("not_met", "Example: a youth worker of the council meets them each week."),
}


def _closed_to_some(team, people):
    """What a colleague must not see: one family the duty worker knows, one keeping out, one restricted record."""
    duty, manager, lead = people["duty"], people["manager"], people["safeguarding"]
    yield Story(team, 90).later(hours=1).screened().kept_out(duty, by=duty).later(hours=2)
    yield Story(team, 91).later(hours=2).kept_out(people["manager2"], by=duty).later(hours=4)
    restricted = Story(team, 92).later(days=1).screened().later(hours=3)
    subject = DataSubject.objects.get(pk=restricted.referral.subject_id)
    for colleague in (manager, lead):
        reason = "Example: agreed with the service manager."
        grant(subject, to=colleague, ground=GrantGround.RESTRICTED_LIST, by=people["service"], reason=reason)
    subject.is_restricted = True
    subject.save(update_fields=["is_restricted"])
    yield restricted
