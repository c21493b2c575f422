"""Who hears of a case: its practitioners, and the managers of its centre. Never somebody whom it is closed to."""

from collections import defaultdict

from accounts.enums import Role
from accounts.models import Membership
from cases.enums import AssignmentKind
from cases.models import Assignment
from people.enums import GrantGround
from people.models import AccessGrant, DataSubject, Exclusion
from reminders.enums import Whom

ROLES = {Role.TEAM_MANAGER: Whom.MANAGER, Role.SERVICE_MANAGER: Whom.SERVICE_MANAGER}
WORKS = (AssignmentKind.LEAD, AssignmentKind.COVER)


class Listeners:
    """Asked once for all of a sweep's cases: a few statements, however many cases there are."""

    def __init__(self, cases):
        subjects = {case.subject_id for case in cases}
        self.practitioners, self.managers = defaultdict(set), defaultdict(lambda: defaultdict(set))
        working = Assignment.objects.current().filter(case__in=cases, kind__in=WORKS, user__is_active=True)
        for case, user in working.values_list("case", "user"):
            self.practitioners[case].add(user)
        held = Membership.objects.current().filter(role__in=ROLES, centre__in={case.centre_id for case in cases})
        for centre, role, user in held.values_list("centre", "role", "user"):
            self.managers[centre][ROLES[role]].add(user)
        self._learn_who_is_kept_out(subjects)

    def _learn_who_is_kept_out(self, subjects):
        """The refusing half of need to know (design.md 5), for many people at once; each reading asks it again."""
        self.excluded = set(Exclusion.objects.current().filter(subject__in=subjects).values_list("subject", "user"))
        restricted = DataSubject.objects.filter(pk__in=subjects, is_restricted=True)
        self.restricted = set(restricted.values_list("pk", flat=True))
        listed = AccessGrant.objects.current().filter(subject__in=self.restricted, ground=GrantGround.RESTRICTED_LIST)
        self.listed = set(listed.values_list("subject", "user"))

    def _is_closed(self, case, user):
        pair = (case.subject_id, user)
        return pair in self.excluded or (case.subject_id in self.restricted and pair not in self.listed)

    def of(self, case, whom):
        """Their ids. A case without a practitioner is a manager's; a centre without one is the service manager's."""
        managers = self.managers[case.centre_id]
        found = self.practitioners[case.pk] if whom is Whom.PRACTITIONER else managers[whom]
        others = managers[Whom.MANAGER if whom is not Whom.MANAGER else Whom.SERVICE_MANAGER]
        return self._open_to(case, found) or self._open_to(case, others)

    def _open_to(self, case, people):
        return {user for user in people if not self._is_closed(case, user)}
