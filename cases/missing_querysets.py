"""Which times of being missing there are: those that go on, and those after which nobody has talked with them yet."""

from django.apps import apps
from django.db import models
from django.db.models import DateTimeField, ExpressionWrapper, F, OuterRef, Subquery

from cases.enums import ASKS_FOR_TALK, OPEN, RETURN_TALK_WITHIN, TALK_WAITS


class MissingEpisodeQuerySet(models.QuerySet):
    def going_on(self):
        return self.filter(until_at__isnull=True)

    def still_missing(self):
        """On open cases, the longest first: the practitioner is reminded each day, and a manager (domain.md 7, 34)."""
        return self.going_on().filter(case__status__in=OPEN).order_by("from_at", "pk")

    def awaiting_return_conversation(self):
        """They are back, and nobody has said yet what came of a return conversation: the first due first (row 35).

        Each with ``due_at``, 72 hours after their return. Not asked after an absence from school. What settles it is
        that it took place, that they said no, or why it was not offered.
        """
        due_at = ExpressionWrapper(F("until_at") + RETURN_TALK_WITHIN, output_field=DateTimeField())
        back = self.filter(until_at__isnull=False, kind__in=ASKS_FOR_TALK, talk__in=TALK_WAITS)
        return back.filter(case__status__in=OPEN).annotate(due_at=due_at).order_by("due_at", "pk")

    def on_visible_to(self, user):
        return self.filter(case__in=apps.get_model("cases.Case").objects.visible_to(user))

    def for_page(self, *, reads_restricted):
        """With who wrote it; what is not for this reader is not read from the database either."""
        rows = self.select_related("by", "back_by", "changed_by")
        return rows if reads_restricted else rows.defer(*self.model.RESTRICTED)


def going_on_now():
    """Annotations of a case: which of its times of being missing goes on, if one does (``cases.missing_words``)."""
    now = apps.get_model("cases.MissingEpisode").objects.going_on().filter(case=OuterRef("pk")).order_by()
    columns = {"missing_id": "pk", "missing_kind": "kind", "missing_since": "from_at", "missing_told": "police_told"}
    return {name: Subquery(now.values(column)[:1]) for name, column in columns.items()}
