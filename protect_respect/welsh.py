"""The Welsh catalogue: what the public reads, what is still English, and what no translator has reviewed."""

import re

from babel.messages.pofile import read_po
from django.conf import settings

CATALOGUE = settings.BASE_DIR / "locale" / "cy" / "LC_MESSAGES" / "django.po"
SAME = settings.BASE_DIR / "docs" / "same_in_welsh.txt"
REVIEWED = "reviewed"  # a translator writes it above an entry: "# reviewed by …, 2026-12-01"

# Where a referrer, a young person or a carer reads. Staff's own pages stay in English for now.
PUBLIC = re.compile(
    r"templates/(refer|centres|pr|ui)/|templates/(base|base_public|base_error|[0-9]{3}|403_csrf)\.html"
    r"|templates/outbox/(_whom_to_ring|one-time-code|referral-)"
    r"|referrals/(forms|enums|models|views|answers)\b|referrals/(sections|reading|eligibility|check|presenting|paper)\.py"
    r"|cases/paper\.py"
    r"|people/(enums|models)\.py|centres/(enums|models)\.py|ui/\w+\.py"
)
STAFF = re.compile(
    r"templates/ui/(style_guide|_footer_staff|_navigation|_tiles|_chips|_pagination)"
    r"|ui/(specimens|views|outages)\.py"
    r"|referrals/(forms|views)/(triage|exclusions|screening|questions|searching|saved_views|assigning)"
    r"|referrals/enums/screening|referrals/models/(screening|decisions)"
    r"|referrals/presenting\.py|centres/models\.py"
)


def messages():
    with CATALOGUE.open("rb") as source:
        return [message for message in read_po(source, locale="cy") if message.id]


def is_public(message):
    """Whether somebody who is not staff may read it."""
    places = [path for path, _line in message.locations]
    return any(PUBLIC.search(path) and not STAFF.search(path) for path in places)


def is_reviewed(message):
    return any(comment.strip().startswith(REVIEWED) for comment in message.user_comments)


def forms_of(message):
    """Each plural form of the Welsh, or its one form."""
    return [message.string] if isinstance(message.string, str) else list(message.string)


def english_of(message):
    return message.id if isinstance(message.id, str) else message.id[-1]


def is_missing(message):
    """Nothing there, or only a guess of the tool that collects sentences."""
    return message.fuzzy or not all(forms_of(message))


def is_the_same(message, allowed):
    english = english_of(message)
    return english not in allowed and all(form == english for form in forms_of(message))


def allowed_to_be_the_same():
    """Names and numbers that are the same in both languages, one on each line."""
    return set(SAME.read_text().splitlines())
