"""What is added to something signed, of whichever kind: an assessment, a session, a contact with a parent or carer."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models.columns import staff


class AddedAfterSigning(models.Model):
    """A correction of what was signed: dated itself, and never in place of it.

    Each kind has a table of its own, which says what it belongs to and lets
    nothing in before the signature.
    """

    words = models.TextField(_("what is to be added or put right"))
    by = staff(editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"
