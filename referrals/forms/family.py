"""Family, home and carers, and the support that a parent or carer may want for themselves."""

from django.utils.translation import gettext_lazy as _

from people.enums import SafeFlag
from referrals.enums import CarerResponse
from referrals.forms.about_you import LATER
from referrals.forms.base import SectionForm, line, one_of, words, yes_no_not_known
from ui.forms import Details, Reveal, Section, form_helper
from ui.rows import RowForm, RowsOf

R = CarerResponse
MAY_WANT_SUPPORT = f"carer_response={R.WANTS_SUPPORT}|{R.WANTS_INFORMATION_ONLY}|{R.UNDECIDED}"


class FamilyRow(RowForm):
    number_label = _("Person %(number)d")
    remove_label = _("Remove person %(number)d")
    add_label = _("Add another person")

    name = line(_("Name"), limit=160, error_messages={"required": _("Give a name, or a word such as “brother”.")})
    relationship = line(_("Who they are to the young person"), limit=120, required=False)
    age = line(_("Age or date of birth"), limit=40, required=False)
    parental_responsibility = yes_no_not_known(_("Do they have parental responsibility?"), required=False)
    same_household = yes_no_not_known(_("Do they live in the same home?"), required=False)
    knows_of_referral = yes_no_not_known(_("Do they know about this referral?"), required=False)
    safe_to_contact = one_of(_("Is it safe to contact them?"), SafeFlag, required=False)
    needs = line(_("Language or access needs"), limit=200, required=False)
    worry_about_them = yes_no_not_known(
        _("Is there a worry about what they do?"),
        required=False,
        help_text=_("You can say more under “Safety now”, where only those who need it read it."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(
            "name",
            "relationship",
            "age",
            "parental_responsibility",
            "same_household",
            Details(_("More about them"), "knows_of_referral", "safe_to_contact", "needs", "worry_about_them"),
            submit="",
        )


class FamilyForm(SectionForm):
    parts = {
        "young_person": (
            "main_carer", "important_people", "carer_helps", "domestic_abuse", "court_orders",
            "family_must_not_know", "carer_response", "carer_support",
        )
    }  # fmt: skip
    lists = {"family": FamilyRow}

    main_carer = line(
        _("Who mainly looks after them?"),
        limit=200,
        help_text=_("A name, and who they are to the young person. If you do not know, write “not known”."),
        error_messages={"required": _("Say who mainly looks after them. If you do not know, write “not known”.")},
    )
    important_people = words(_("Whom do they trust, or want us to keep informed?"), rows=3, limit=1000, required=False)
    carer_helps = words(
        _("What do parents or carers do that helps to keep them safe?"), rows=3, limit=2000, required=False
    )
    domestic_abuse = yes_no_not_known(_("Is there domestic abuse at home, now or earlier?"), required=False)
    court_orders = words(
        _("Court orders"),
        rows=3,
        limit=1000,
        required=False,
        help_text=_("Injunctions, non-molestation or child arrangements orders, or no contact: whom they are about."),
    )
    family_must_not_know = words(
        _("Is there anything that the family must not be told?"),
        rows=3,
        limit=2000,
        required=False,
        help_text=_("Only our duty workers, their managers and whoever works with the young person read this."),
    )
    carer_response = one_of(_("Does a parent or carer want support of their own?"), CarerResponse, required=False)
    carer_support = words(
        _("Who is it, how do we reach them safely, and what do they need?"),
        rows=3,
        limit=1000,
        required=False,
        help_text=_("Their language, and what would make it easier for them to talk with us."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(
            Section(_("Who looks after them"), "main_carer", "carer_helps", "important_people"),
            Section(
                _("Family and household"),
                RowsOf("family"),
                intro=_(
                    "Parents, brothers and sisters, also those who live elsewhere, and whoever shares the home. "
                    "Leave it empty if you do not know."
                ),
            ),
            Section(_("What to know before we get in touch"), "family_must_not_know", "domestic_abuse", "court_orders"),
            Section(
                _("Support for a parent or carer"),
                "carer_response",
                Reveal("carer_support", when=MAY_WANT_SUPPORT),
                intro=_(
                    "A practitioner of their own can work with them. "
                    "If they do not want support, the young person’s place is not affected."
                ),
            ),
            extra_buttons=[LATER],
        )
