"""What the page of a strand reads, prepared once (``accounts.prepared``).

``for_page`` is ``CarerStrand.objects.visible_to``; the others take a strand that was found by it.
"""

from accounts.prepared import ASKER, Place, Prepared
from cases.visible import asked_by
from people.models import YoungPerson
from sessions.models.carers import CarerConsent, CarerSession, CarerStrand, CarerTask, StrandEntry

PAGE = 50  # lines of the story of one page


def for_page(user, key):
    """The strand with everything its head shows, or nothing: ``user`` has no way here."""
    _held, values = asked_by(user)
    return FOR_PAGE.first(key=key, **values)


def young_person(user, strand):
    """The row of ``YoungPerson.objects.header_visible_to`` of the young person of a strand, or nothing."""
    _held, values = asked_by(user)
    return YOUNG_PERSON.first(young_person=strand.case.young_person_id, **values)


def consents(strand):
    return CONSENTS.found(strand=strand.pk)


def unwritten(strand):
    """Contacts of which nobody has said what came, each with its practitioner."""
    return UNWRITTEN.found(strand=strand.pk)


def open_tasks(strand):
    return OPEN_TASKS.found(strand=strand.pk)


def story(strand, page):
    """The lines of a page of it, newest first, and one more where there is another page."""
    if page == 1:
        return LATEST.found(strand=strand.pk)
    first = (page - 1) * PAGE
    return list(_story(strand.pk)[first : first + PAGE + 1])


def _story(strand):
    return StrandEntry.objects.filter(strand=strand).select_related("by")


def _for_page():
    seen = CarerStrand.objects.visible_for(ASKER, Place("manages"), at=Place("at"))
    return seen.for_page().filter(key=Place("key"))


def _young_person():
    seen = YoungPerson.objects.header_visible_for(ASKER, Place("manages"), at=Place("at"))
    return seen.filter(pk=Place("young_person"))


OF_STRAND = Place("strand")
FOR_PAGE = Prepared(_for_page)
YOUNG_PERSON = Prepared(_young_person)
CONSENTS = Prepared(lambda: CarerConsent.objects.filter(strand=OF_STRAND))
UNWRITTEN = Prepared(lambda: CarerSession.objects.filter(strand=OF_STRAND).unwritten().select_related("practitioner"))
OPEN_TASKS = Prepared(lambda: CarerTask.objects.filter(strand=OF_STRAND).open().select_related("owner"))
LATEST = Prepared(lambda: _story(OF_STRAND)[: PAGE + 1])
