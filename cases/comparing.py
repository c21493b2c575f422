"""Reading assessments: which are signed, what an update keeps, adds and no longer names, and marks then and now."""

from dataclasses import dataclass

from django.db import models

from cases.enums import AssessmentDomain, Scale, Voice

CARRIED_ON = ("strengths", "worries", "hopes", "needs", "family_views")


class AssessmentQuerySet(models.QuerySet):
    def signed(self):
        return self.filter(signed_at__isnull=False)

    def drafts(self):
        return self.filter(signed_at__isnull=True)

    def before(self, assessment):
        """The signed version of the same case that came before, or nothing."""
        earlier = self.signed().filter(case=assessment.case_id, version__lt=assessment.version)
        return earlier.order_by("-version").first()

    def for_list(self):
        """Who began each version, and who signed it."""
        return self.select_related("started_by", "signed_by")


class RowQuerySet(models.QuerySet):
    def new(self):
        """Said for the first time."""
        return self.filter(came_from__isnull=True)

    def kept(self):
        """Carried on from the version before, in the same or in better words."""
        return self.filter(came_from__isnull=False)

    def not_carried_on_to(self, later):
        """Named then, and no longer named in ``later``. That is no loss by itself: a worry may have gone."""
        return self.exclude(carried_on__assessment=later)


class MarkQuerySet(models.QuerySet):
    def then_and_now(self, before, now):
        """Each thing with its marks of two versions by voice: the young person's own beside the practitioner's.

        Only side by side: marks are neither added up nor averaged.
        """
        found = self.filter(assessment__in=[before, now])
        held = {(mark.about, mark.voice, mark.assessment_id): mark.value for mark in found}
        return [
            MarksOf(
                about=thing,
                young_person=Then(*(held.get((thing, Voice.YOUNG_PERSON, one.pk)) for one in (before, now))),
                practitioner=Then(*(held.get((thing, Voice.PRACTITIONER, one.pk)) for one in (before, now))),
            )
            for thing in (*Scale, *AssessmentDomain)
            if any(about == thing for about, _voice, _assessment in held)
        ]


@dataclass(frozen=True)
class Then:
    """A mark in the version before, and now; nothing where none was given."""

    then: int | None
    now: int | None


@dataclass(frozen=True)
class MarksOf:
    about: Scale | AssessmentDomain
    young_person: Then
    practitioner: Then


@dataclass(frozen=True)
class Changes:
    """The rows of one list: said for the first time, kept, and no longer named."""

    new: list
    kept: list
    gone: list


def changes(now, before, name):
    """How one list of ``now`` differs from ``before``; ``name`` is one of ``CARRIED_ON``."""
    rows, earlier = getattr(now, name), getattr(before, name)
    return Changes(new=list(rows.new()), kept=list(rows.kept()), gone=list(earlier.not_carried_on_to(now)))
