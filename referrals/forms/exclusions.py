"""Letting a colleague back in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from people.models import Exclusion
from ui.forms import PrForm, Section, form_helper, words


class ExclusionField(forms.ModelChoiceField):
    def label_from_instance(self, exclusion):
        return exclusion.user.full_name


class LiftExclusionForm(PrForm):
    exclusion = ExclusionField(
        queryset=Exclusion.objects.none(), label=_("Who may see this young person again?"), empty_label=_("Choose")
    )
    reason = words(
        _("Why?"),
        rows=3,
        limit=1000,
        help_text=_("For example, that it was a mistake. It stays on record, with your name and the time."),
    )

    def __init__(self, *args, subject, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["exclusion"].queryset = Exclusion.objects.about(subject).current()
        self.helper = form_helper(
            Section(_("Let a colleague back in"), "exclusion", "reason"), submit=_("Let them back in")
        )
