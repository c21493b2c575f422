"""A name for the filters in force."""

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from referrals.forms.triage import QueueFilterForm
from ui.forms import PrForm, form_helper


def understood(query, user):
    """The filters in ``query`` that the filter form understands for this person, as a query and in words.

    Nothing else is kept: a page of the list and a search are no filters, and
    a field that the form does not know is dropped.
    """
    filters = QueueFilterForm(query, user=user)
    chosen, kept = filters.understood(), QueryDict(mutable=True)
    kept.update(chosen)
    return kept.urlencode(), [filters.label_of(name, value) for name, value in chosen.items()]


class SaveViewForm(PrForm):
    name = forms.CharField(
        label=_("What do you call this view?"),
        help_text=_("Only you see it. Do not put a name of a young person or a family here."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args, query, taken, **kwargs):
        """``query``: the filters; ``taken``: the names that their views have."""
        super().__init__(*args, **kwargs)
        self.query, self.taken = query, taken
        self.helper = form_helper("name", submit=_("Save this view"), guard=False)

    def clean_name(self):
        name = self.cleaned_data["name"]
        if name in self.taken:
            raise ValidationError(_("You have a view of this name. Choose another name, or delete that view."))
        return name

    def clean(self):
        cleaned = super().clean()
        if not self.query:
            raise ValidationError(_("There is no filter to keep. Filter the list first, then save the view."))
        return cleaned
