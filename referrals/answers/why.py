"""Why the referral is made, what was seen, and who knows of it."""

from django.utils.translation import gettext as _

from referrals.answers.rows import entries, entry, line_of, named, only, part, row, rows, said, several, worded
from referrals.enums import SEEN, SIGNS_OF, AgreementOf, Category, SignTiming
from ui.times import long_date


def why_now(referral):
    also = [str(Category(value).label) for value in referral.categories_also]
    is_route_b = referral.category == Category.WAL_B_TRAUMA
    return part(
        "why",
        _("Why now"),
        row(referral, "category"),
        *only(referral.route_c_follow_up, row(referral, "route_c_follow_up", _("Which of these"))),
        *only(also, {"label": _("What also applies"), "lines": also}),
        *rows(referral, "reason", "recent_change", "harm", "impact", "young_person_view"),
        *only(
            is_route_b,
            row(referral, "trauma_is_cse_related", _("Is the trauma related to sexual exploitation?")),
            *rows(referral, "trauma_and_risk", "ready_for_support"),
        ),
        several(referral, "exploitation_contexts"),
        several(referral, "other_exploitation"),
        row(referral, "earlier_exploitation"),
        *only(referral.earlier_exploitation_details, row(referral, "earlier_exploitation_details")),
        row(referral, "police_status"),
        row(referral, "referral_mechanism"),
        *only(referral.referral_mechanism_details, row(referral, "referral_mechanism_details")),
    )


def signs(referral):
    """What was seen, group by group and never added up; then what was looked for and not seen, and not known."""
    found = list(referral.signs.all())
    seen = [
        {"label": group.label, "lines": [_sign(sign) for sign in found if sign.sign in of and sign.timing in SEEN]}
        for group, of in SIGNS_OF.items()
    ]
    others = [(_("Not seen"), SignTiming.NOT_SEEN), (_("Not known"), SignTiming.NOT_KNOWN)]
    return part(
        "signs",
        _("Signs and circumstances"),
        *(group for group in seen if group["lines"]),
        *(
            {"label": label, "lines": named_here}
            for label, timing in others
            if (named_here := [sign.get_sign_display() for sign in found if sign.timing == timing])
        ),
        *only(not found, {"label": _("Signs and circumstances"), "value": ""}),
    )


def _sign(sign):
    told = [sign.get_timing_display(), sign.get_source_display(), sign.note]
    return said(sign.get_sign_display(), "; ".join(words for words in told if words))


def who_knows(referral):
    return part(
        "knows",
        _("Who knows, and what they say"),
        row(referral, "young_person_knows", _("Does the young person know of the referral?")),
        *entries(
            _("What the young person and those with parental responsibility say"),
            [_agreement(agreement) for agreement in referral.agreements.all()],
        ),
    )


def _agreement(agreement):
    is_young_person = agreement.of == AgreementOf.YOUNG_PERSON
    who = agreement.get_of_display() if is_young_person else named(agreement.name, agreement.relationship)
    return entry(
        who,
        *only(not is_young_person, line_of(agreement, "knows")),
        said(_("Agrees to it"), agreement.agrees and agreement.get_agrees_display()),
        said(_("Asked"), _asked(agreement)),
        said(_("Why they have not been told"), worded(agreement, "why_not")),
        agreement.why_not_in_words,
    )


def _asked(agreement):
    when = long_date(agreement.asked_on) if agreement.asked_on else ""
    return ", ".join(words for words in (agreement.asked_by, when, agreement.get_asked_how_display()) if words)
