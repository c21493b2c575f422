"""Values the code takes decisions on."""

from people.enums.access import (
    CallerNumber,
    ExclusionGround,
    GrantGround,
    SafeContactKind,
    SafeFlag,
    SayWhoCalls,
    SubjectKind,
    WhoReadsIt,
)
from people.enums.person import (
    ETHNIC_GROUPS,
    AddressType,
    EthnicGroup,
    GenderIdentity,
    PreferredLanguage,
    Pronouns,
    SexRegistered,
    SexualOrientation,
    YesNoNotKnown,
    YesNoPreferNot,
)

__all__ = [
    "AddressType",
    "CallerNumber",
    "ETHNIC_GROUPS",
    "EthnicGroup",
    "ExclusionGround",
    "GenderIdentity",
    "GrantGround",
    "PreferredLanguage",
    "Pronouns",
    "SafeContactKind",
    "SafeFlag",
    "SayWhoCalls",
    "SexRegistered",
    "SexualOrientation",
    "SubjectKind",
    "WhoReadsIt",
    "YesNoNotKnown",
    "YesNoPreferNot",
]
