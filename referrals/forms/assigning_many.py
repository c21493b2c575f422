"""Several referrals to one colleague: what was ticked, and who takes them."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from accounts.models import User
from accounts.permissions import Permission, holding
from referrals.querysets import PAGE
from referrals.references import ReferenceConverter
from ui.forms import PrForm

TICKED = re.compile(rf"({ReferenceConverter.regex})/([0-9]{{0,18}})")
ME, COLLEAGUE = "me", "colleague"


class TickedField(forms.Field):
    """References, each with the owner that the page showed: ``PR-7K4M-2Q/12``, or nothing after the stroke."""

    widget = forms.MultipleHiddenInput
    default_error_messages = {
        "required": _("Tick at least one referral first."),
        "too_many": ngettext_lazy(
            "Tick at most %(count)d referral at once.", "Tick at most %(count)d referrals at once.", "count"
        ),
    }

    def to_python(self, value):
        """Reference to owner, in the order of the page; what no page of ours sends is left out."""
        read = [TICKED.fullmatch(ticked) for ticked in value or ()]
        return {found[1]: int(found[2]) if found[2] else None for found in read if found}

    def validate(self, value):
        super().validate(value)
        if len(value) > PAGE:
            raise ValidationError(self.error_messages["too_many"], code="too_many", params={"count": PAGE})


class TickedForm(PrForm):
    """What the bar below a list sends."""

    ticked = TickedField()
    to = forms.ChoiceField(choices=[(ME, ME), (COLLEAGUE, COLLEAGUE)])
    back = forms.CharField(required=False, max_length=2000)


class ColleagueForm(PrForm):
    colleague = forms.ModelChoiceField(
        queryset=User.objects.none(), label=_("Who takes them?"), empty_label=_("Choose a colleague")
    )

    def __init__(self, *args, centres, **kwargs):
        """Who screens at one of ``centres``. Whether they may have each referral is said of each."""
        super().__init__(*args, **kwargs)
        screen = holding(Permission.SCREEN_REFERRALS).filter(centre__in=centres)
        colleagues = User.objects.filter(is_active=True, pk__in=screen.values("user")).order_by("full_name")
        self.fields["colleague"].queryset = colleagues
        self.fields["colleague"].label_from_instance = lambda colleague: colleague.full_name
