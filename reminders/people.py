"""Who hears: by their part in the work, or their role at its centre. Never somebody whom it is closed to."""

from collections import defaultdict

from accounts.enums import Role
from accounts.models import Membership
from cases.enums import AssignmentKind
from cases.models import Assignment
from people.enums import GrantGround
from people.models import AccessGrant, DataSubject, Exclusion
from reminders.enums import Whom

ROLES = {
    Role.TEAM_MANAGER: Whom.MANAGER,
    Role.SERVICE_MANAGER: Whom.SERVICE_MANAGER,
    Role.SAFEGUARDING_LEAD: Whom.SAFEGUARDING_LEAD,
    Role.CENTRE_ADMIN: Whom.CENTRE_ADMIN,
    Role.SYSTEM_ADMIN: Whom.SYSTEM_ADMIN,
    Role.DATA_PROTECTION: Whom.DATA_PROTECTION,
}
WORKS = (AssignmentKind.LEAD, AssignmentKind.COVER)


class Listeners:
    """Asked once for all that a sweep found: a few statements, however much it is. ``places`` is where it is."""

    def __init__(self, places):
        self.practitioners, self.roles = defaultdict(set), defaultdict(set)
        cases = {place.case for place in places if place.case}
        working = Assignment.objects.current().filter(case__in=cases, kind__in=WORKS, user__is_active=True)
        for case, user in working.values_list("case", "user"):
            self.practitioners[case].add(user)
        held = Membership.objects.current().filter(role__in=ROLES, centre__in={place.centre for place in places})
        for centre, role, user in held.values_list("centre", "role", "user"):
            self.roles[centre, ROLES[role]].add(user)
        self._learn_who_is_kept_out({place.subject for place in places})

    def _learn_who_is_kept_out(self, subjects):
        """The refusing half of need to know (design.md 5), for many people at once; each reading asks it again."""
        self.excluded = set(Exclusion.objects.current().filter(subject__in=subjects).values_list("subject", "user"))
        restricted = DataSubject.objects.filter(pk__in=subjects, is_restricted=True)
        self.restricted = set(restricted.values_list("pk", flat=True))
        listed = AccessGrant.objects.current().filter(subject__in=self.restricted, ground=GrantGround.RESTRICTED_LIST)
        self.listed = set(listed.values_list("subject", "user"))

    def _is_closed(self, place, user):
        pair = (place.subject, user)
        return pair in self.excluded or (place.subject in self.restricted and pair not in self.listed)

    def of(self, place, whom):
        """Their ids. What has nobody of its own is a manager's; a centre without one is the service manager's."""
        others = Whom.MANAGER if whom is not Whom.MANAGER else Whom.SERVICE_MANAGER
        return self._open_to(place, self._found(place, whom)) or self._open_to(place, self.roles[place.centre, others])

    def _found(self, place, whom):
        if whom is Whom.PRACTITIONER:
            return self.practitioners[place.case]
        if whom is Whom.OWNER:
            return {place.owner} - {None}
        return self.roles[place.centre, whom]

    def _open_to(self, place, people):
        return {user for user in people if not self._is_closed(place, user)}
