"""Who may work with a parent or carer, and who may not because they work on the other side."""

from django.db.models import Exists, OuterRef

from accounts.models import Membership, User
from accounts.permissions import PERMISSIONS, Permission
from cases.models import Assignment, Case
from people.enums import YesNoNotKnown
from people.models import DataSubject
from people.search_keys import keys_for, normalised
from sessions.models.carers import CarerStrand

# As people write who somebody is to the young person, in either language.
CARERS = ("mother", "father", "mum", "mam", "dad", "parent", "carer", "guardian", "grand", "nan", "aunt", "uncle")
CARERS += ("tad", "rhiant", "gofal", "gwarcheidwad", "nain", "taid", "modryb", "ewythr")
ROLES = [role for role, held in PERMISSIONS.items() if Permission.WORK_ON_CASES in held]


def practitioners_for(strand):
    """Who may be asked to work with this carer, with how many carers and cases each has: the least busy first.

    Nobody who works with the young person, or sees their case for another
    reason; nobody to whom either of the two is closed (R-nat-29).
    """
    may_see = _open_to(strand.subject) & _open_to(strand.case.subject)
    held = Membership.objects.current().filter(centre=strand.case.centre_id, role__in=ROLES, user=OuterRef("pk"))
    people = User.objects.filter(may_see, Exists(held)).exclude(pk=strand.practitioner_id)
    found = [person for person in people if not sees_the_young_person(person, strand.case)]
    carers = CarerStrand.objects.load_of([person.pk for person in found])
    cases = Assignment.objects.load_of([person.pk for person in found])
    for person in found:
        person.carers, person.cases_led = carers.get(person.pk, 0), cases.get(person.pk, 0)
    return sorted(found, key=lambda person: (person.carers + person.cases_led, person.full_name, person.pk))


def _open_to(subject):
    return Exists(DataSubject.objects.staff_open_to(subject).filter(pk=OuterRef("pk")))


def sees_the_young_person(person, case):
    """Whoever sees the case for any reason is no separate practitioner for the parent or carer."""
    return Case.objects.visible_to(person).filter(subject=case.subject_id).exists()


def on_the_carers_side(subject):
    """Ids of who works with a parent or carer of this young person now: the young person has somebody else."""
    worked_on = CarerStrand.objects.worked_on().filter(case__subject=subject)
    return set(worked_on.values_list("practitioner", flat=True))


def known_carers(user, case):
    """Parents and carers of this young person of whom ``user`` may know, each with ``is_here``: on this case already.

    Whoever was supported on an earlier case is the same person, with the same record.
    """
    strands = CarerStrand.objects.summary_visible_to(user).filter(case__young_person=case.young_person_id)
    found = {}
    for strand in strands.select_related("carer").order_by("added_at", "pk"):
        carer = found.setdefault(strand.carer_id, strand.carer)
        carer.is_here = getattr(carer, "is_here", False) or strand.case_id == case.pk
    return list(found.values())


def same_person(carers, *, first_name, relationship, last_name="", **_more):
    """The first of ``carers`` who has this name and is this to the young person, or nothing."""
    asked = [normalised(part) for part in (first_name, last_name, relationship)]
    return next((carer for carer in carers if _who(carer) == asked), None)


def _who(carer):
    return [normalised(part) for part in (carer.first_name, carer.last_name, carer.relationship)]


def is_a_carer(person):
    """Whether somebody of the family whom the referral names is a parent or carer, as far as its words tell."""
    said = normalised(person.relationship)
    return person.parental_responsibility == YesNoNotKnown.YES or any(word in said for word in CARERS)


def worry_about(carer, case):
    """Why a manager looks first: what the referral says of somebody of this name. Nothing where it says nothing.

    Names as they were typed: whoever adds the carer may hold it back as well.
    """
    keys = keys_for(given_name=carer.first_name, surname=carer.last_name)
    theirs = keys.given_name_key + keys.surname_key
    of_concern = case.referral.people_of_concern.values_list("name", flat=True)
    family = case.referral.family.filter(worry_about_them="yes").values_list("name", flat=True)
    return theirs in {normalised(name) for name in (*of_concern, *family)}
