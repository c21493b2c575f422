"""The lists that came with a referral, all in one statement: a page that shows them all asks as much as for one."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef
from django.db.models.functions import JSONObject

from accounts.prepared import Place, Prepared
from people.models import SafeContact
from referrals.models import (
    Agreement,
    FamilyMember,
    PersonOfConcern,
    PlaceOfConcern,
    ProfessionalInvolved,
    Referral,
    SignSeen,
)

LISTS = {
    "agreements": Agreement,
    "family": FamilyMember,
    "professionals": ProfessionalInvolved,
    "signs": SignSeen,
}
RESTRICTED = {"people_of_concern": PersonOfConcern, "places_of_concern": PlaceOfConcern}
CONTACTS = "safe_contacts"  # of the person, not of the referral: they stay when the referral ends


def with_lists(referral, *, with_restricted=False):
    """The referral as ``prefetch_related`` leaves it. What is restricted is not even read where it is not asked for."""
    found = ASKED[with_restricted].first(referral=referral.pk)
    kinds = LISTS | (RESTRICTED if with_restricted else {})
    _keep(referral, {name: _rows(kind, found[f"all_{name}"]) for name, kind in kinds.items()})
    if not with_restricted:
        _keep(referral, {name: kind.objects.none() for name, kind in RESTRICTED.items()})
    _keep(referral.subject, {CONTACTS: _rows(SafeContact, found[f"all_{CONTACTS}"])})
    return referral


def _statement(kinds):
    lists = {f"all_{name}": _all_of(kind, referral=OuterRef("pk")) for name, kind in kinds.items()}
    lists[f"all_{CONTACTS}"] = _all_of(SafeContact, subject=OuterRef("subject"))
    return Prepared(lambda: Referral.objects.filter(pk=Place("referral")).values(**lists))


def _all_of(kind, **of):
    columns = {field.attname: F(field.attname) for field in kind._meta.concrete_fields}
    return ArraySubquery(kind.objects.filter(**of).order_by("pk").values(row=JSONObject(**columns)))


def _rows(kind, found):
    fields = kind._meta.concrete_fields
    names = [field.attname for field in fields]
    rows = kind.objects.all()
    rows._result_cache, rows._prefetch_done = [], True
    for values in found:
        # A date comes as text: that is all JSON has for it.
        rows._result_cache.append(kind.from_db("default", names, [f.to_python(values[f.attname]) for f in fields]))
    return rows


def _keep(record, rows):
    kept = getattr(record, "_prefetched_objects_cache", {})
    record._prefetched_objects_cache = kept | rows


ASKED = {False: _statement(LISTS), True: _statement(LISTS | RESTRICTED)}
