"""Generated worlds for the policy test (A2): centres, staff, people, referrals and concerns as plain values.

``may_view_…`` say who may see what, written from design.md 5 over these values alone: no model, no
queryset, nothing that reaches ``visible_to``. ``build`` writes a world into the database.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

LONDON = ZoneInfo("Europe/London")
CENTRES = range(2)
NATIONAL = 1  # the centre whose leads are called in where nobody else is left
STAFF = range(4)
MANAGING = {"team_manager", "service_manager"}
APART = {"safeguarding_lead", "service_manager"}  # whom a concern about a colleague is for
ROLES = [
    "duty_worker", "duty_worker", "duty_worker", "duty_worker", "practitioner", "team_manager", "service_manager",
    "safeguarding_lead", "centre_admin", "data_protection", "system_admin",
]  # fmt: skip
GROUNDS = ["assignment", "carer_strand", "cover", "supervision", "restricted_list", "break_glass"]
WEEK = timedelta(days=7)
MOMENTS = [
    datetime(2026, 11, 18, 11, 0, tzinfo=LONDON),  # a Wednesday, at work
    datetime(2026, 11, 18, 16, 59, 59, tzinfo=LONDON),
    datetime(2026, 11, 18, 17, 0, tzinfo=LONDON),
    datetime(2026, 11, 21, 20, 0, tzinfo=LONDON),  # a Saturday evening
    datetime(2026, 7, 15, 0, 30, tzinfo=LONDON),  # summer: in UTC it is still the day before
]
HOURS = [(time(9), time(17)), (time(0), time(23, 59)), (time(17), time(22))]


@dataclass(frozen=True)
class Membership:
    person: int
    centre: int
    role: str
    from_on: date
    until_on: date | None


@dataclass(frozen=True)
class Shift:
    membership: Membership
    weekday: int | None
    on: date | None
    starts_at: time
    ends_at: time


@dataclass(frozen=True)
class Grant:
    person: int
    ground: str
    from_at: datetime
    until_at: datetime | None


@dataclass(frozen=True)
class Concern:
    """``colleague`` is the person it is about, where it is about one of ours."""

    status: str
    is_about_a_colleague: bool = False
    colleague: int | None = None


@dataclass(frozen=True)
class Subject:
    """Somebody we hold data of; ``excluded`` maps a colleague to whether that was lifted again."""

    centre: int
    is_restricted: bool
    grants: tuple
    excluded: dict = field(hash=False)
    concerns: tuple = ()


@dataclass(frozen=True)
class Referral:
    subject: int
    centre: int
    status: str
    handled: tuple  # (person, when, how)
    waits_since: int | None  # the person whose decision waits for a second
    owner: int | None  # the person it is with


@dataclass(frozen=True)
class World:
    at: datetime
    inactive: frozenset
    memberships: tuple
    shifts: tuple
    subjects: tuple
    referrals: tuple

    @property
    def today(self):
        return self.at.astimezone(LONDON).date()


# The policy


def holds(world, membership):
    begun = membership.from_on <= world.today
    over = membership.until_on is not None and membership.until_on <= world.today
    return begun and not over and membership.person not in world.inactive


def roles_at(world, person, centre):
    return {m.role for m in world.memberships if (m.person, m.centre) == (person, centre) and holds(world, m)}


def is_on_duty(world, person, centre):
    """A duty worker on a shift now; where no shift of the centre covers this moment, any of its duty workers."""
    covering = [shift.membership for shift in _shifts_now(world, centre)]
    return any(
        membership.role == "duty_worker" and holds(world, membership) and (not covering or membership in covering)
        for membership in world.memberships
        if (membership.person, membership.centre) == (person, centre)
    )


def _shifts_now(world, centre):
    """A shift for this very day replaces the weekly ones of its centre, whatever its hours."""
    local = world.at.astimezone(LONDON)
    held = [
        shift
        for shift in world.shifts
        if shift.membership.centre == centre
        and shift.membership.role == "duty_worker"
        and holds(world, shift.membership)
    ]
    todays = [shift for shift in held if shift.on == local.date()]
    if not todays:
        todays = [shift for shift in held if shift.on is None and shift.weekday == local.weekday()]
    return [shift for shift in todays if shift.starts_at <= local.time() < shift.ends_at]


def grounds_of(world, person, subject):
    return {
        grant.ground
        for grant in subject.grants
        if grant.person == person
        and grant.from_at <= world.at
        and (grant.until_at is None or grant.until_at > world.at)
    }


def is_closed_to(world, person, subject):
    if subject.excluded.get(person) is False:  # set, and not lifted
        return True
    return subject.is_restricted and "restricted_list" not in grounds_of(world, person, subject)


def is_with(person, referral):
    return referral.owner == person and referral.status in ("submitted", "screening")


def may_view_referral(world, person, referral):
    subject = world.subjects[referral.subject]
    if person in world.inactive or is_closed_to(world, person, subject):
        return False
    roles = roles_at(world, person, referral.centre)
    handled = any(who == person and world.at - when <= WEEK for who, when, _how in referral.handled)
    has_open_concern = opens_what_it_is_of(person, subject)
    return (
        bool(roles & MANAGING)
        or is_on_duty(world, person, referral.centre)
        or bool(grounds_of(world, person, subject))
        or ("duty_worker" in roles and (handled or is_with(person, referral)))
        or ("safeguarding_lead" in roles and (has_open_concern or referral.waits_since is not None))
    )


def may_view_case(world, person, referral):
    """Of the case that an accepted referral has become."""
    subject = world.subjects[referral.subject]
    if person in world.inactive or is_closed_to(world, person, subject):
        return False
    roles = roles_at(world, person, referral.centre)
    has_open_concern = opens_what_it_is_of(person, subject)
    return (
        bool(roles & MANAGING)
        or bool(grounds_of(world, person, subject))
        or ("safeguarding_lead" in roles and has_open_concern)
    )


def opens_what_it_is_of(person, subject):
    """An open concern opens the referral and the case to a lead; never to the one whom it is about."""
    return any(concern.status != "closed" and concern.colleague != person for concern in subject.concerns)


def may_view_concern(world, person, subject, concern):
    if person in world.inactive or is_closed_to(world, person, subject):
        return False
    if concern.is_about_a_colleague:
        is_called_in = grounds_of(world, person, subject) and roles_at(world, person, NATIONAL) & APART
        return concern.colleague != person and bool(roles_at(world, person, subject.centre) & APART or is_called_in)
    return (
        bool(roles_at(world, person, subject.centre) & (MANAGING | {"safeguarding_lead"}))
        or is_on_duty(world, person, subject.centre)
        or bool(grounds_of(world, person, subject))
    )


# Drawing a world


def days_around(today, *offsets):
    return st.sampled_from([today + timedelta(days=offset) for offset in offsets])


def moments_around(at, *hours):
    return st.sampled_from([at + timedelta(hours=offset) for offset in hours])


@st.composite
def memberships(draw, today):
    from_on = draw(days_around(today, -400, -400, -400, 0, 1))
    until_on = draw(st.sampled_from([None, None, None, *(today + timedelta(days=n) for n in (-1, 0, 1))]))
    return Membership(
        person=draw(st.sampled_from(STAFF)),
        centre=draw(st.sampled_from(CENTRES)),
        role=draw(st.sampled_from(ROLES)),
        from_on=from_on,
        until_on=until_on if until_on is None or until_on >= from_on else from_on,
    )


def duty_workers(held):
    """Those whose shifts and recent work decide something; others too where there are none."""
    return [membership for membership in held if membership.role == "duty_worker"] or held


@st.composite
def shifts(draw, held, today):
    starts_at, ends_at = draw(st.sampled_from(HOURS))
    weekday, on = draw(
        st.sampled_from([(today.weekday(), None), ((today.weekday() + 1) % 7, None), (None, today),
                         (None, today + timedelta(days=1))])
    )  # fmt: skip
    return Shift(draw(st.sampled_from(duty_workers(held))), weekday, on, starts_at, ends_at)


@st.composite
def grants(draw, at):
    from_at = draw(moments_around(at, -48, -48, 0, 1))
    until_at = draw(st.sampled_from([None, None, at, at - timedelta(hours=1), at + timedelta(seconds=1)]))
    return Grant(
        person=draw(st.sampled_from(STAFF)),
        ground=draw(st.sampled_from(GROUNDS)),
        from_at=from_at,
        until_at=until_at if until_at is None or until_at >= from_at else from_at,
    )


@st.composite
def concerns(draw):
    status = draw(st.sampled_from(["raised", "acknowledged", "acting", "closed"]))
    about = draw(st.sampled_from([(False, None)] * 4 + [(True, None), *((True, person) for person in STAFF)]))
    return Concern(status, *about)


@st.composite
def subjects(draw, at):
    return Subject(
        centre=draw(st.sampled_from(CENTRES)),
        is_restricted=draw(st.sampled_from([False] * 5 + [True])),
        grants=tuple(draw(st.lists(grants(at), max_size=2))),
        excluded=draw(st.dictionaries(st.sampled_from(STAFF), st.booleans(), max_size=1)),
        concerns=tuple(draw(st.lists(concerns(), max_size=1))),
    )


@st.composite
def referrals(draw, people, begun, at):
    """Where a world has a beginning, most of its referrals are at that centre, and its first person acted."""
    subject = draw(st.sampled_from(range(len(people))))
    status = draw(st.sampled_from(["submitted", "screening", "screening", "accepted", "withdrawn"]))
    waits_since = draw(st.sampled_from([None, *STAFF])) if status == "screening" else None
    when = st.sampled_from([at, at - timedelta(days=6), at - WEEK, at - WEEK - timedelta(seconds=1)])
    how = st.sampled_from(["status_change", "note", "decision"])
    handled = [*draw(st.lists(st.tuples(st.sampled_from(STAFF), when, how), max_size=1))]
    if begun:
        handled.append((begun[0].person, draw(when), draw(how)))
    if waits_since is not None:
        handled.append((waits_since, at, "waiting"))
    centres = [begun[0].centre] * 3 if begun else [people[subject].centre] * 3
    return Referral(
        subject=subject,
        centre=draw(st.sampled_from([*centres, *CENTRES])),
        status=status,
        owner=draw(st.sampled_from([None, None, *STAFF])),
        handled=tuple(handled),
        waits_since=waits_since,
    )


LONG_AGO = date(2020, 1, 1)
# Beginnings that chance would seldom find; what is drawn comes on top and may undo them.
BEGINNINGS = {
    "nothing": (),
    "somebody else is on duty": (
        Membership(0, 0, "duty_worker", LONG_AGO, None),
        Membership(1, 0, "duty_worker", LONG_AGO, None),
    ),
    "a lead of safeguarding": (Membership(0, 0, "safeguarding_lead", LONG_AGO, None),),
}


@st.composite
def worlds(draw):
    at = draw(st.sampled_from(MOMENTS))
    today = at.astimezone(LONDON).date()
    begun = BEGINNINGS[draw(st.sampled_from(sorted(BEGINNINGS)))]
    drawn = draw(st.lists(memberships(today), min_size=2, max_size=6))
    by_role = {(m.person, m.centre, m.role): m for m in reversed([*begun, *drawn])}
    held = tuple(by_role.values())
    people = draw(st.lists(subjects(at), min_size=1, max_size=4))
    turns = draw(st.lists(shifts(held, today), max_size=3))
    if len(begun) == 2:
        turns.append(Shift(begun[1], None, today, *HOURS[1]))
    return World(
        at=at,
        inactive=frozenset(draw(st.sampled_from([(), (), (), *((person,) for person in STAFF)]))),
        memberships=held,
        shifts=tuple(turns),
        subjects=tuple(people),
        referrals=tuple(draw(st.lists(referrals(people, begun, at), min_size=1, max_size=4))),
    )
