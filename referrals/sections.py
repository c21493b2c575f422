"""The sections of the form, in order. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CHECK = "check"  # what the check before the form was told, kept beside the sections
LEFT = "_left"  # in a section's answers: saved to come back to


class Progress(StrEnum):
    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    NOT_COMPLETE = "not_complete"
    DONE = "done"


WORDS = {
    Progress.NOT_STARTED: (_("Not started"), "neutral"),
    Progress.IN_PROGRESS: (_("In progress"), "doing"),
    Progress.NOT_COMPLETE: (_("Not complete"), "waiting"),
    Progress.DONE: (_("Done"), "done"),
}


@dataclass(frozen=True)
class Section:
    slug: str
    title: str | Promise
    hint: str | Promise


SECTIONS = (
    Section("about-you", _("About you"), _("Who you are, and how we reach you. 2 minutes.")),
    Section("who-knows", _("Who knows"), _("Who has been told, and what they say to it. 1 minute.")),
    Section("young-person", _("The young person"), _("Name, age, language, home, and what else you know. 4 minutes.")),
    Section("safe-contact", _("Safe contact"), _("How it is safe to get in touch, and who must not know. 1 minute.")),
    Section("family", _("Family and carers"), _("Who looks after them, and who is at home. 2 minutes.")),
    Section(
        "professionals", _("Social care and professionals"), _("Who else works with them. You can skip it. 1 minute.")
    ),
    Section("concerns", _("Your concerns"), _("What you are worried about, and how they see it. 5 minutes.")),
    Section("safety", _("Safety now"), _("How safe things are today. 3 minutes.")),
    Section("strengths", _("Strengths and wishes"), _("What they are good at, and what they want. 1 minute.")),
    Section("practical", _("Meeting us"), _("Where, when and how it suits them. You can skip it. 1 minute.")),
)
BY_SLUG = {section.slug: section for section in SECTIONS}


def after(slug):
    """The section that follows, or nothing after the last."""
    slugs = [section.slug for section in SECTIONS]
    following = slugs[slugs.index(slug) + 1 :]
    return following[0] if following else None
