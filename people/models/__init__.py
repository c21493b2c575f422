"""The people whose data we hold, who of us may know of them, and how it is safe to reach them."""

from people.models.carer import Carer
from people.models.contacts import SafeContact
from people.models.subjects import AccessGrant, DataSubject, Exclusion
from people.models.young_person import YoungPerson

__all__ = ["AccessGrant", "Carer", "DataSubject", "Exclusion", "SafeContact", "YoungPerson"]
