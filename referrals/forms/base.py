"""What the sections of the form have in common."""

from copy import copy
from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from phonenumbers import NumberParseException, is_possible_number, parse

from centres.enums import Nation
from centres.models import LocalAuthority, ServiceOffer
from referrals.enums import YesNoNotKnown
from referrals.reading import area_of, offer_for
from ui.rows import FormWithRows

BRITISH, SHORTEST_BRITISH = 44, 9  # the country's code; the digits of its shortest numbers after the first 0
ADULT = 18
OLDEST_ANSWERED = 30  # years: beyond this the year of birth is a slip, not an older young person


@dataclass(frozen=True)
class Given:
    """What other answers decide: the area, what is offered there, the category, the age; and whose form it is."""

    area: LocalAuthority | None = None
    offer: ServiceOffer | None = None
    category: str = ""
    age: int | None = None
    age_is_estimated: bool = False
    email: str = ""

    @classmethod
    def of(cls, *, area_code, **told):
        area = area_of(area_code) if area_code else None
        return cls(area=area, offer=offer_for(area, timezone.localdate()) if area else None, **told)

    @property
    def offers_welsh(self):
        return self.offer is not None and self.offer.centre.offers_welsh

    @property
    def is_adult(self):
        """Somebody taken to be 18 or 19 may be younger: they are asked about as a child is."""
        return self.age is not None and self.age >= ADULT and not self.age_is_estimated


class SectionForm(FormWithRows):
    """One section: it shows the questions, checks the answers, and says which fields of which row they are.

    ``parts`` maps "referral", "young_person" and "safety" to the fields that
    this section fills in.
    """

    parts: dict = {}

    def __init__(self, data=None, *args, given, **kwargs):
        super().__init__(data, *args, **kwargs)
        self.given = given

    def lists_for_storing(self):
        return {name: self.cleaned_data[name] for name in self.rows}

    def not_remembered(self):
        """The browser is asked to keep nothing that is typed about a young person: others may use it."""
        self.helper.attrs["autocomplete"] = "off"
        return self

    def values_for(self, part):
        return {name: self.cleaned_data[name] for name in self.parts.get(part, ())}


def line(label, *, limit, required=True, **options):
    return forms.CharField(label=label, max_length=limit, required=required, **options)


def words(label, *, rows=5, limit=3000, required=True, **options):
    return forms.CharField(
        label=label,
        max_length=limit,
        required=required,
        widget=forms.Textarea(attrs={"rows": rows}),
        **options,
    )


class Radios(forms.RadioSelect):
    """It shares its choices too: to copy them is to go through each of them."""

    def __deepcopy__(self, memo):
        copied = copy(self)
        copied.attrs = self.attrs.copy()
        return copied


class OneOf(forms.ChoiceField):
    """Its choices are never changed in place, so each form shares them: to copy them was a third of making a form."""

    def __deepcopy__(self, memo):
        return super().__deepcopy__(memo | {id(self._choices): self._choices})


def one_of(label, choices, *, required=True, **options):
    choices = getattr(choices, "choices", choices)
    return OneOf(label=label, choices=choices, widget=Radios, required=required, **options)


class SeveralOf(OneOf, forms.MultipleChoiceField):
    """None, one or more of them; its choices are shared as those of ``OneOf`` are."""

    widget = forms.CheckboxSelectMultiple


def several_of(label, choices, **options):
    return SeveralOf(label=label, choices=getattr(choices, "choices", choices), required=False, **options)


def pick_one(label, choices, **options):
    """An optional question whose answers are many: a list takes less room than a row of buttons for each."""
    choices = getattr(choices, "choices", choices)
    return OneOf(label=label, choices=[("", _("Choose one")), *choices], required=False, **options)


def yes_no_not_known(label, *, required=True, **options):
    return one_of(label, YesNoNotKnown, required=required, **options)


class AreaChoice(forms.models.ModelChoiceIterator):
    """Council areas in two groups, so that a long list can be read."""

    def __iter__(self):
        yield "", _("Choose a council area")
        groups = {}
        for area in self.queryset:
            groups.setdefault(area.nation, []).append(self.choice(area))
        yield from ((Nation(nation).label, areas) for nation, areas in groups.items())


class AreaSelect(forms.Select):
    """One template for all options: Django's own renders a template for each of 175."""

    template_name = "refer/_area_select.html"


class AreaField(forms.ModelChoiceField):
    """``known`` is an area that was read already: it is not asked for again."""

    iterator = AreaChoice
    widget = AreaSelect
    known = None

    def __init__(self, **options):
        super().__init__(
            queryset=LocalAuthority.objects.order_by("name_en"),
            to_field_name="code",
            error_messages={
                "required": _("Choose the council area where the young person lives."),
                "invalid_choice": _("Choose a council area from the list."),
            },
            **options,
        )

    def to_python(self, value):
        """An area code is a short word; anything else is simply not in the list."""
        if isinstance(value, str) and len(value) > 60:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        if self.known and value == self.known.code:
            return self.known
        return super().to_python(value)


def check_phone(number):
    """Numbers as people write them, with spaces or an extension; refused only where no number can be meant."""
    if not number:
        return
    try:
        read = parse(number, "GB")
    except NumberParseException:
        read = None
    if read and read.country_code == BRITISH and len(str(read.national_number)) < SHORTEST_BRITISH:
        raise ValidationError(
            _("This number looks short. Check it, and give the area code too, for example 0113 496 0000."),
            code="short_phone",
        )
    if not read or not is_possible_number(read):
        raise ValidationError(
            _("Enter a phone number with its area code, for example 0113 496 0000."), code="invalid_phone"
        )
