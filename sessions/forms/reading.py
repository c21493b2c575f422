"""Why a manager reads what was said."""

from django.utils.translation import gettext_lazy as _

from referrals.forms.base import one_of
from sessions.enums import ReadingReason
from ui.forms import PrForm, Section, form_helper


class ReadingForm(PrForm):
    reason = one_of(_("Why do you read what was said?"), ReadingReason)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = _("You are asked once a day for each young person.")
        self.helper = form_helper(
            Section(
                _("What was said is not shown yet"),
                "reason",
                intro=_("You do not work with this young person. Your answer is kept with the record of who looked."),
            ),
            submit=_("Show it"),
            guard=False,
        )
