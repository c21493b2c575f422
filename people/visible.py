"""What every page and act asks of a person, prepared once (``accounts.prepared``)."""

from types import SimpleNamespace

from django.db.models import Count
from django.utils import timezone

from accounts.prepared import IsAmong, Place, Prepared, aggregated
from people.models import DataSubject, SafeContact


def is_open_to_all(subject, people):
    """Whether each of ``people``, by their ids, may sign in, and ``subject`` is closed to none of them."""
    return OPEN_TO.first(subject=subject.pk, people=list(people), at=timezone.now())["count"] == len(people)


def safe_contacts(subject):
    """Each way to reach this person, those that one of us has confirmed among them; the caller may see the person."""
    return SAFE_CONTACTS.found(subject=subject.pk)


def _open_to():
    staff = DataSubject.objects.staff_open_to(SimpleNamespace(pk=Place("subject")), at=Place("at"))
    return aggregated(staff.filter(IsAmong("pk", Place("people"))), count=Count("pk"))


OPEN_TO = Prepared(_open_to)
SAFE_CONTACTS = Prepared(lambda: SafeContact.objects.filter(subject=Place("subject")))
