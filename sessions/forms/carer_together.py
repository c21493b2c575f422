"""A session with the young person and a parent or carer, planned from the young person's side: how, day and time."""

from django.utils.translation import gettext_lazy as _

from sessions.forms.planning import ComingTime
from ui.forms import Details, Section, form_helper


class TogetherForm(ComingTime):
    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, case=case, **kwargs)
        folded = Details(_("How long and where exactly"), "planned_minutes", "place")
        asked = Section(_("Together"), "mode", "planned_on", "planned_time", folded)
        self.helper = form_helper(asked, submit=_("Plan it"))
        self.helper.hide_optional = True  # what is left empty is as usual, and says so
