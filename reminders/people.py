"""Who hears: by their part in the work, or their role at its centre. Never somebody whom it is closed to."""

from collections import defaultdict

from django.db.models import Q
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Absence, DutyShift, Membership, User
from accounts.permissions import on_duty
from accounts.querysets import Wall
from cases.enums import AssignmentKind
from cases.models import Assignment
from centres import working_days
from people.enums import GrantGround
from people.models import AccessGrant, DataSubject, Exclusion
from reminders.enums import Whom

ROLES = {
    Role.DUTY_WORKER: Whom.DUTY,
    Role.TEAM_MANAGER: Whom.MANAGER,
    Role.SERVICE_MANAGER: Whom.SERVICE_MANAGER,
    Role.SAFEGUARDING_LEAD: Whom.SAFEGUARDING_LEAD,
    Role.CENTRE_ADMIN: Whom.CENTRE_ADMIN,
    Role.SYSTEM_ADMIN: Whom.SYSTEM_ADMIN,
    Role.DATA_PROTECTION: Whom.DATA_PROTECTION,
}
EVERYWHERE = None
ELSE = {Whom.CENTRE_ADMIN: (Whom.SYSTEM_ADMIN,), Whom.SYSTEM_ADMIN: (), Whom.DATA_PROTECTION: ()}
APART = (Whom.SAFEGUARDING_LEAD, Whom.SERVICE_MANAGER)
SCREENS = (Whom.DUTY, Whom.MANAGER, Whom.SERVICE_MANAGER)
SEE_CASES = (Whom.MANAGER, Whom.SERVICE_MANAGER, Whom.SAFEGUARDING_LEAD)
WORKS = (AssignmentKind.LEAD, AssignmentKind.COVER)


class Listeners:
    """Asked once for all that a sweep found: a few statements, however much it is. ``places`` is where it is."""

    def __init__(self, places, *, now=None):
        self.practitioners, self.roles, self.on_duty = defaultdict(set), defaultdict(set), defaultdict(set)
        cases, centres = {place.case for place in places if place.case}, {place.centre for place in places}
        owners = User.objects.filter(pk__in={place.owner for place in places} - {None}, is_active=True)
        self.working = set(owners.values_list("pk", flat=True))
        working = Assignment.objects.current().filter(case__in=cases, kind__in=WORKS, user__is_active=True)
        for case, user in working.values_list("case", "user"):
            self.practitioners[case].add(user)
        here = Q(centre__in=centres) | Q(role=Role.SYSTEM_ADMIN)
        held = Membership.objects.current().filter(here, role__in=ROLES)
        for centre, role, user in held.values_list("centre", "role", "user"):
            self.roles[EVERYWHERE if role == Role.SYSTEM_ADMIN else centre, ROLES[role]].add(user)
        now = now or timezone.now()
        self._learn_who_is_on_duty(centres, now)
        away = Absence.objects.going_on(on=timezone.localdate(now)).filter(cover__is_active=True)
        self.covers = dict(away.values_list("user", "cover"))
        besides = {place.beside for place in places} - {None}
        self._learn_who_works_with(besides)
        subjects = {place.subject for place in places} - {None}
        self._learn_who_is_kept_out(subjects | besides)
        self._learn_what_covers_see(subjects)

    def _learn_who_is_on_duty(self, centres, now):
        """By the shifts of this moment; where none covers it, who is when offices open next: nobody is woken for it."""
        now_on_shift = DutyShift.objects.covering(Wall.at(now)).filter(centre__in=centres)
        for centre, user in now_on_shift.values_list("centre", "membership__user"):
            self.on_duty[centre].add(user)
        others = on_duty(at=working_days.next_open(now)).filter(centre__in=centres - self.on_duty.keys())
        for centre, user in others.values_list("centre", "user"):
            self.on_duty[centre].add(user)

    def _learn_who_works_with(self, young_people):
        """Whoever does hears nothing of a parent or carer of theirs, managers among them (R-nat-29)."""
        working = Assignment.objects.current().filter(case__subject__in=young_people)
        self.apart = set(working.values_list("case__subject", "user"))

    def _learn_who_is_kept_out(self, subjects):
        """The refusing half of need to know (design.md 5), for many people at once; each reading asks it again."""
        self.excluded = set(Exclusion.objects.current().filter(subject__in=subjects).values_list("subject", "user"))
        restricted = DataSubject.objects.filter(pk__in=subjects, is_restricted=True)
        self.restricted = set(restricted.values_list("pk", flat=True))
        listed = AccessGrant.objects.current().filter(subject__in=self.restricted, ground=GrantGround.RESTRICTED_LIST)
        self.listed = set(listed.values_list("subject", "user"))

    def _learn_what_covers_see(self, subjects):
        given = AccessGrant.objects.current().filter(subject__in=subjects, user__in=self.covers.values())
        self.granted = set(given.values_list("subject", "user")) if self.covers else set()

    def _is_closed(self, place, user):
        if (place.beside, user) in self.apart or (place.apart and not self._hears_apart(place, user)):
            return True
        pairs = [(subject, user) for subject in (place.subject, place.beside) if subject]
        return any(pair in self.excluded or (pair[0] in self.restricted and pair not in self.listed) for pair in pairs)

    def _hears_apart(self, place, user):
        return user != place.colleague and any(user in self.roles[place.centre, whom] for whom in APART)

    def of(self, place, whom):
        """Their ids. What has nobody of its own is a manager's; a centre without one is the service manager's.

        The configuration of a centre that nobody administers is of who administers all. Where nobody protects data the
        managers have heard already.
        """
        for each in (whom, *ELSE.get(whom, (Whom.MANAGER, Whom.SERVICE_MANAGER))):
            if people := self._open_to(place, self._with_covers(place, each)):
                return people
        return set()

    def _with_covers(self, place, whom):
        """While somebody is away, who covers hears too, if it is theirs to open; to work on a case is an act apart."""
        people = self._found(place, whom)
        covers = {self.covers[user] for user in people if user in self.covers}
        return people | {user for user in covers if self._may_open(place, user)}

    def _may_open(self, place, user):
        """By their part at its centre, or a grant. Each reading asks it again, and exactly."""
        if place.subject is None:
            return user in self.roles[place.centre, Whom.CENTRE_ADMIN] | self.roles[EVERYWHERE, Whom.SYSTEM_ADMIN]
        parts = SEE_CASES if place.case else {*SEE_CASES, Whom.DUTY}
        return (place.subject, user) in self.granted or any(user in self.roles[place.centre, part] for part in parts)

    def _found(self, place, whom):
        if whom is Whom.PRACTITIONER:
            return self.practitioners[place.case]
        if whom is Whom.OWNER:
            return {place.owner} & self.working if place.owner else self.practitioners[place.case]
        if whom is Whom.DUTY:
            screens = any(place.owner in self.roles[place.centre, role] for role in SCREENS)
            return {place.owner} if screens else self.on_duty[place.centre]
        return self.roles[EVERYWHERE if whom is Whom.SYSTEM_ADMIN else place.centre, whom]

    def _open_to(self, place, people):
        return {user for user in people if not self._is_closed(place, user)}
