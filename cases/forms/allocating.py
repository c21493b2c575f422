"""Choosing who works with a young person, and saying why it changes."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import User
from cases import allocating
from cases.enums import WORK_TYPES_OF, AssignmentKind, CaseKind, StartRoute
from people.models import YoungPerson
from ui.forms import PrForm, Section, form_helper, words

SOMEBODY_NEW = "new"


class PractitionerField(forms.ModelChoiceField):
    """Practitioners who may see this young person, with how many cases each leads."""

    def __init__(self, **options):
        super().__init__(queryset=User.objects.none(), empty_label=_("Choose a practitioner"), **options)

    def offer(self, people):
        self.people = people
        if not people:
            self.help_text = _("Nobody can be chosen: a practitioner needs a role at this centre, and to be let in.")
        self.queryset = User.objects.filter(pk__in=[person.pk for person in people])
        self.choices = [("", self.empty_label), *((person.pk, self.with_load(person)) for person in people)]

    def with_load(self, person):
        return f"{person.full_name} ({leads(person)})"


def leads(person):
    return ngettext("leads %(count)d case", "leads %(count)d cases", person.cases_led) % {"count": person.cases_led}


class AllocateForm(PrForm):
    """With a carer alone nobody is chosen for the young person: who works with the carer is said of their strand."""

    lead = PractitionerField(
        label=_("Who works with the young person?"),
        help_text=_("Who knows the family, or must not see this young person, is not in the list."),
    )
    reason = words(
        _("Why this practitioner?"),
        rows=2,
        limit=1000,
        required=False,
        help_text=_("For example, what the young person wished for, or the area."),
    )
    work_type = forms.ChoiceField(label=_("What kind of work?"), widget=forms.RadioSelect)
    start_route = forms.ChoiceField(
        label=_("How do we begin?"),
        widget=forms.RadioSelect,
        choices=[
            (StartRoute.STANDARD, _("Standard start: the assessment comes soon")),
            (StartRoute.RELATIONSHIP_FIRST, _("Relationship-building start: time to build trust comes first")),
        ],
    )
    same_as = forms.ChoiceField(label=_("Do we know this young person already?"), widget=forms.RadioSelect)

    def __init__(self, *args, referral, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.might_be = {str(person.pk): person for person in allocating.who_they_might_be(user, referral)}
        if allocating.kind_of(referral) == CaseKind.CARER_ONLY:
            del self.fields["lead"], self.fields["reason"]
        else:
            self.fields["lead"].offer(allocating.practitioners(referral.subject, referral.centre))
        self.fields["work_type"].choices = [(kind, kind.label) for kind in WORK_TYPES_OF[referral.offer.scheme]]
        if not referral.offer.relationship_first or "lead" not in self.fields:
            del self.fields["start_route"]
        if not self.might_be:
            del self.fields["same_as"]
        else:
            self.fields["same_as"].choices = [
                (SOMEBODY_NEW, _("No, or not sure: we get to know them now")),
                *((pk, _one_we_know(person)) for pk, person in self.might_be.items()),
            ]
        asked = [name for name in ("same_as", "lead", "reason", "work_type", "start_route") if name in self.fields]
        self.helper = form_helper(Section(_("Allocate"), *asked), submit=_("Open the case"))

    @property
    def chosen(self):
        """What ``operations.open_case`` takes."""
        answers = self.cleaned_data
        return {
            "lead": answers.get("lead"),
            "reason": answers.get("reason", ""),
            "work_type": answers["work_type"],
            "start_route": answers.get("start_route", StartRoute.STANDARD),
            "same_as": self.might_be.get(answers.get("same_as", SOMEBODY_NEW)),
        }


def _one_we_know(person: YoungPerson):
    return _("Yes: %(name)s, of %(reference)s") % {"name": person.name_shown, "reference": person.reference}


class CheckOnWaitingForm(PrForm):
    text = words(
        _("How are they?"),
        limit=2000,
        help_text=_("Whom you spoke with, what they said, and what changed since the referral."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(Section(_("While they wait"), "text"), submit=_("Keep it"))


class ReassignForm(PrForm):
    """Another lead, or nobody yet: then the case waits for a practitioner, and the list says so."""

    to = PractitionerField(
        label=_("Who works with the young person from now on?"),
        required=False,
        help_text=_("Their open tasks go with the case; where nobody can take it yet, to a manager."),
    )
    because = words(_("Why does it change?"), rows=2, limit=1000, help_text=_("The young person may read this."))
    handover = words(
        _("What must the next practitioner know?"),
        limit=4000,
        help_text=_("What matters to the young person, what was promised, what is safe, what comes next."),
    )

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].empty_label = _("Nobody yet: the case stands on the list of who waits")
        self.fields["to"].offer(allocating.practitioners(case.subject, case.centre, without=[case.lead_id]))
        self.helper = form_helper(
            Section(_("Change the practitioner"), "to", "because", "handover"), submit=_("Change the practitioner")
        )
        self.helper.hide_optional = True  # to leave it is to choose nobody, and the list says so


class AssignForm(PrForm):
    """Somebody who works alongside, or covers for a colleague."""

    colleague = PractitionerField(label=_("Who?"))
    kind = forms.ChoiceField(
        label=_("In what part?"),
        widget=forms.RadioSelect,
        choices=[(kind, kind.label) for kind in (AssignmentKind.CO_WORKER, AssignmentKind.COVER)],
    )
    reason = words(_("Why?"), rows=2, limit=1000, required=False)

    def __init__(self, *args, case, without, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["colleague"].offer(allocating.practitioners(case.subject, case.centre, without=without))
        self.helper = form_helper(Section(_("Add a colleague"), "colleague", "kind", "reason"), submit=_("Add them"))

    @property
    def chosen(self):
        """What ``operations.assign`` takes."""
        answers = self.cleaned_data
        return {"to": answers["colleague"], "kind": answers["kind"], "reason": answers["reason"]}


class LeadForm(PrForm):
    """A practitioner for a case that has none."""

    lead = PractitionerField(label=_("Who works with the young person?"))
    reason = words(_("Why this practitioner?"), rows=2, limit=1000, required=False)

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["lead"].offer(allocating.practitioners(case.subject, case.centre))
        self.helper = form_helper(Section(_("Practitioner"), "lead", "reason"), submit=_("Give them the case"))

    @property
    def chosen(self):
        """What ``operations.assign`` takes."""
        return {"to": self.cleaned_data["lead"], "kind": AssignmentKind.LEAD, "reason": self.cleaned_data["reason"]}


class EndAssignmentForm(PrForm):
    because = words(_("Why does it end?"), rows=2, limit=1000)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(Section(_("End"), "because"), submit=_("End it"))
