"""Reading sessions. ``visible_to`` is the only way in."""

from django.db import models
from django.db.models import DateTimeField, ExpressionWrapper, F
from django.db.models.functions import Now

from cases.models import Case
from sessions.enums import TOOK_PLACE, SessionStatus


class Minutes(models.Func):
    """A number of minutes as a length of time."""

    template = "make_interval(mins => %(expressions)s)"
    output_field = models.DurationField()


class SupportSessionQuerySet(models.QuerySet):
    def visible_to(self, user, *, at=None):
        """Sessions of cases that ``user`` may see: whoever reads the story reads them."""
        return self.filter(case__in=Case.objects.visible_to(user, at=at))

    def planned(self):
        return self.filter(status=SessionStatus.PLANNED)

    def that_took_place(self):
        return self.filter(status__in=TOOK_PLACE)

    def need_a_record(self):
        """Their time has passed, and nobody has said what came of them."""
        ends = ExpressionWrapper(F("planned_at") + Minutes("planned_minutes"), output_field=DateTimeField())
        return self.planned().alias(planned_end_at=ends).filter(planned_end_at__lte=Now())

    def unsigned(self):
        return self.filter(recorded_at__isnull=False, signed_at__isnull=True)

    def for_page(self):
        """With whom, the newest first."""
        return self.select_related("practitioner").order_by("-planned_at", "-pk")
