"""What staff may type on a referral, and how the queue is filtered."""

from django import forms
from django.core.cache import caches
from django.db.models import Exists, OuterRef, Q, Value
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.fields import ColleagueField
from accounts.models import Membership, User
from accounts.permissions import PERMISSIONS, Permission, memberships_of
from centres.models import LocalAuthority, ServiceCentre
from centres.querysets import NATIONAL
from people.models import AccessGrant, DataSubject
from referrals.enums import ACCEPTS, DOES_NOT_ACCEPT, ENDED, OPEN, Outcome, Priority, ReferralStatus
from referrals.models import NotAcceptedReason
from safeguarding.enums import Severity
from ui.forms import Include, PrForm, Reveal, Section, form_helper, words
from ui.kept import Kept

SEE_OR_ARE_GIVEN = (Permission.SCREEN_REFERRALS, Permission.COUNTERSIGN_DECISIONS, Permission.RAISE_CONCERNS)


class QueueFilterForm(PrForm):
    """Only what was understood filters; what was not is said in a sentence, and the rest still holds."""

    SHOW = [
        ("", _("Everything")),
        ("danger", _("Danger now")),
        ("overdue", _("Overdue")),
        ("today", _("Due today")),
        ("unread", _("Unread")),
        ("second_person", _("Waiting for a second person")),
        ("answered", _("The referrer has answered")),
        ("hold_over", _("The hold is over")),
        ("sent_back", _("Sent back to me")),
    ]
    OWNERS = [("", _("Anyone or nobody")), ("me", _("Me")), ("nobody", _("Nobody yet"))]

    show = forms.ChoiceField(label=_("Show"), required=False, choices=SHOW)
    status = forms.ChoiceField(label=_("Status"), required=False)
    priority = forms.ChoiceField(label=_("Priority"), required=False)
    area = forms.ChoiceField(label=_("Council area"), required=False)
    owner = forms.ChoiceField(label=_("With"), required=False, choices=OWNERS)
    centre = forms.ChoiceField(label=_("Centre"), required=False)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.centres = sorted({centre for centre, _role in memberships_of(user)})
        self.fields["status"].choices = [
            ("", _("Open")),
            (_("Open"), [(status.value, status.label) for status in OPEN]),
            (_("Ended"), [(status.value, status.label) for status in ENDED]),
        ]
        self.fields["priority"].choices = [("", _("Any")), ("none", _("Not set")), *Priority.choices]
        self.fields["area"].choices = lambda: [("", _("Any")), *self.lists[0]]
        self.fields["centre"].choices = lambda: [("", _("All of mine")), *self.lists[1]]
        if len(self.centres) < 2:
            del self.fields["centre"]
        self.helper = form_helper(*self.fields, submit=_("Apply"), guard=False)
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.hide_optional = True

    @cached_property
    def lists(self):
        """The council areas to choose from and the centres, asked for only where they are shown or chosen."""
        return areas_and_names_of(self.centres)

    def understood(self):
        """The filters that hold: name to value, without what was empty or not an answer."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def looks(self):
        """What the rendered form depends on where nothing in it is wrong: whoever has the same may see the same."""
        return f"{get_language()} {self.centres} {sorted(self.understood().items())}"

    def label_of(self, name, value):
        """A value as it is called in its list."""
        for key, label in self.fields[name].choices:
            if isinstance(label, (list, tuple)):
                for inner, inner_label in label:
                    if inner == value:
                        return inner_label
            elif key == value:
                return label
        return value


def areas_and_names_of(centres):
    """The council areas of these centres, and the centres, as choices; kept for a minute."""
    key = ":".join(["areas_and_names", *map(str, centres)])
    return caches["process"].get_or_set(key, lambda: _areas_and_names(centres))


def _areas_and_names(centres):
    """Both in one statement. The national centre's areas are also those that no centre serves."""
    if not centres:
        return [[], []]
    own = ServiceCentre.objects.filter(pk__in=centres)
    is_national = Exists(own.filter(code=NATIONAL))
    areas = LocalAuthority.objects.filter(Q(centre__in=centres) | (Q(centre__isnull=True) & Q(is_national)))
    columns = ("what", "code", "name_en")
    found = areas.annotate(what=Value("area")).values_list(*columns)
    found = list(found.union(own.annotate(what=Value("centre")).values_list(*columns)).order_by("name_en"))
    return [[(code, name) for kind, code, name in found if kind == what] for what in ("area", "centre")]


def colleagues_of(referral, *permissions):
    """Staff of the referral's centre who hold one of ``permissions`` and to whom its subject is not closed."""
    open_to = DataSubject.objects.staff_open_to(referral.subject)
    return open_to.filter(_works_at(referral, permissions)).order_by("full_name")


def who_could_see(referral):
    """Whom keeping out would change something for: who may see it here, was given it, has it, or could be given it.

    A practitioner of the centre sees nothing yet, and is named before the work is given to them, not after.
    """
    given = Exists(AccessGrant.objects.current().filter(user=OuterRef("pk"), subject=referral.subject_id))
    could = _works_at(referral, SEE_OR_ARE_GIVEN) | given | Q(pk=referral.owner_id)
    return DataSubject.objects.staff_open_to(referral.subject).filter(could).order_by("full_name")


def _works_at(referral, permissions):
    """A condition on staff: a member of the referral's centre, with one of ``permissions`` where any is named."""
    held = Membership.objects.current().filter(user=OuterRef("pk"), centre=referral.centre_id)
    if permissions:
        held = held.filter(role__in=[role for role, powers in PERMISSIONS.items() if powers & set(permissions)])
    return Q(Exists(held))


class AssignForm(PrForm):
    colleague = ColleagueField(
        queryset=User.objects.none(), label=_("Who takes it?"), empty_label=_("Choose a colleague")
    )

    def __init__(self, *args, referral, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["colleague"].queryset = colleagues_of(referral, Permission.SCREEN_REFERRALS)
        self.helper = form_helper(Section(_("Assign"), "colleague"), submit=_("Assign"))


class KeepOutForm(PrForm):
    colleague = ColleagueField(
        queryset=User.objects.none(),
        label=_("Who must not see this young person?"),
        help_text=_("They are not told. It holds at once and for every page about this young person."),
        empty_label=_("Choose a colleague"),
    )
    reason = words(
        _("Why?"),
        rows=3,
        limit=1000,
        help_text=_("For example, that they are a neighbour. Managers read it, and they may lift it again."),
    )

    def __init__(self, *args, referral, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["colleague"].queryset = who_could_see(referral).exclude(pk=user.pk)
        self.helper = form_helper(Section(_("Keep a colleague out"), "colleague", "reason"), submit=_("Keep them out"))


class PriorityForm(PrForm):
    priority = forms.ChoiceField(
        label=_("How fast do we respond?"),
        help_text=_("It says nothing about the young person."),
        choices=Priority.choices,
        widget=forms.RadioSelect,
    )
    reason = words(_("Why?"), rows=3, limit=1000)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(Section(_("Priority"), "priority", "reason"), submit=_("Set the priority"))


class TakeForm(PrForm):
    """The owner that the page showed, and the page to go back to."""

    owner = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)
    back = forms.CharField(required=False, max_length=2000)


class NoteForm(PrForm):
    text = words(
        _("Note"),
        help_text=_("The young person may read this one day. A note cannot be changed; a correction is a new note."),
    )

    def __init__(self, *args, action="", **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(Kept("text"), submit=_("Add the note"), action=action)


class WithdrawForm(PrForm):
    OUTCOMES = [
        (Outcome.WITHDRAWN_BY_REFERRER, _("The referrer withdrew it")),
        (Outcome.DECLINED_BY_YOUNG_PERSON, _("The young person said no")),
    ]
    outcome = forms.ChoiceField(label=_("What happened?"), choices=OUTCOMES, widget=forms.RadioSelect)
    note = words(
        _("What should be remembered?"),
        required=False,
        rows=3,
        help_text=_("Kept with the referral; the referrer does not see it. Who says no owes nobody a reason."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(Section(_("Withdraw"), "outcome", "note"), submit=_("Withdraw the referral"))


class RaiseConcernForm(PrForm):
    asked = ("severity", "what", "done_now")
    SEVERITIES = [
        (Severity.IMMEDIATE, _("Immediate: somebody must see it within 1 hour")),
        (Severity.HIGH, _("High: somebody must see it today")),
        (Severity.STANDARD, _("Standard: somebody must see it within 1 working day")),
    ]
    severity = forms.ChoiceField(
        label=_("How soon must somebody see this?"), choices=SEVERITIES, widget=forms.RadioSelect
    )
    what = words(
        _("What was seen or said?"), help_text=_("Facts, and who told you. Use their own words where you can.")
    )
    done_now = words(
        _("What was done right now?"), required=False, help_text=_("Whom you rang, when, and what they said.")
    )

    def __init__(self, *args, colleague_url="", **kwargs):
        super().__init__(*args, **kwargs)
        apart = [Include("safeguarding/_about_a_colleague.html", url=colleague_url)] if colleague_url else []
        after = self.asked.index("severity") + 1  # below the choice: what was tapped does not move under the thumb
        panel = Reveal(Include("ui/_panel_danger.html", level=3), when=f"severity={Severity.IMMEDIATE}")
        self.helper = form_helper(
            Section(_("Safeguarding concern"), *self.asked[:after], panel, *self.asked[after:], *apart),
            submit=_("Raise the concern"),
        )


class RaiseAboutColleagueForm(RaiseConcernForm):
    """For the safeguarding leads and service managers alone; the colleague who is chosen never sees it."""

    asked = ("colleague", "severity", "what", "done_now")
    colleague = ColleagueField(
        queryset=User.objects.none(),
        required=False,
        label=_("Which colleague is it about?"),
        help_text=_(
            "Only the safeguarding leads and the service managers of the centre see this concern. "
            "Whoever you choose here is never among them. Leave it empty where it is somebody who does not work here."
        ),
        empty_label=_("Somebody else, or not known"),
    )

    def __init__(self, *args, subject, user, **kwargs):
        super().__init__(*args, **kwargs)
        here = Membership.objects.current().filter(centre=subject.centre_id)
        colleagues = User.objects.filter(is_active=True, pk__in=here.values("user")).exclude(pk=user.pk)
        self.fields["colleague"].queryset = colleagues.order_by("full_name")


def follow_up(title, *fields, outcomes):
    """What is asked because of the outcome chosen. It stands below the last choice, so its head says whose it is."""
    return Reveal(Include("triage/_follow_up.html", title=title), *fields, when=f"outcome={outcomes}")


class DecisionForm(PrForm):
    """What was decided. ``outcomes`` are those that the rules offer to this person."""

    outcome = forms.ChoiceField(label=_("What do we do?"), widget=forms.RadioSelect)
    reason = forms.ModelChoiceField(
        queryset=NotAcceptedReason.objects.none(),
        label=_("Which reason fits best?"),
        help_text=_("For our figures. What the referrer reads is below."),
        empty_label=_("Choose a reason"),
    )
    explanation = words(
        _("Why not? In plain words, for the referrer"),
        help_text=_("Say what it was that did not fit, not only that it did not. Leave out names."),
    )
    suggestion = words(
        _("What do we suggest instead?"),
        help_text=_("A service, a person to ring, a consultation with us. Something they can do next."),
    )
    ready_for_support = words(
        _("What tells us that the young person is ready to use support?"),
        rows=3,
        help_text=_("The referral does not say it. Write what you were told since, by whom, and when."),
    )
    safety_note = words(
        _("Until then, what keeps the young person safe?"),
        help_text=_(
            "Who is responsible, what was agreed, and when somebody looks again. Kept on the referral as a note."
        ),
    )
    joined_to = forms.CharField(
        label=_("Which referral does it belong to?"),
        max_length=12,
        help_text=_(
            "Its reference, for example PR-7K4M-2Q. Kept on the referral as a note; the referrer does not see it."
        ),
    )

    # The reference that was shown beside this referral, and said to be about the same young person.
    confirmed = forms.CharField(required=False, max_length=12, widget=forms.HiddenInput)

    def __init__(self, *args, outcomes, referral, others, **kwargs):
        """``others``: the referrals this person may see, of which one may be the same request."""
        super().__init__(*args, **kwargs)
        self.referral, self.others = referral, others
        self.fields["outcome"].choices = [(outcome.value, outcome.label) for outcome in outcomes]
        self.fields["reason"].queryset = NotAcceptedReason.objects.offered_by(referral.centre)
        not_accepted = "|".join(outcome for outcome in outcomes if outcome in DOES_NOT_ACCEPT)
        accepted = "|".join(outcome for outcome in outcomes if outcome in ACCEPTS)
        if not referral.lacks_readiness:
            del self.fields["ready_for_support"]
        asked = Section(
            _("Decision"),
            "outcome",
            follow_up(_("Because it is not accepted"), "reason", "explanation", "suggestion", outcomes=not_accepted),
            *[follow_up(_("Because it is accepted"), "ready_for_support", outcomes=accepted)]
            * referral.lacks_readiness,
            follow_up(_("Because there is no place now"), "safety_note", outcomes=Outcome.NO_CAPACITY),
            follow_up(_("Because it belongs to another referral"), "joined_to", outcomes=Outcome.DUPLICATE_MERGED),
        )
        self.helper = form_helper(
            Kept(asked, depends_on=(outcomes, referral.centre_id, referral.lacks_readiness)),
            submit=_("Save the decision"),
        )

    def clean_joined_to(self):
        """One answer for "there is none" and "you may not see it"; and none is joined to what ended with a no."""
        reference = self.cleaned_data["joined_to"].upper()
        if not reference:
            return reference
        status = self.others.filter(reference=reference).values_list("status", flat=True).first()
        if reference == self.referral.reference or status is None:
            raise forms.ValidationError(_("You can open no other referral with this reference. Check it."))
        if status not in (*OPEN, ReferralStatus.ACCEPTED):
            raise forms.ValidationError(
                _("That referral has ended without being accepted. Nobody would go on with it.")
            )
        return reference

    @property
    def asks_to_compare(self):
        """Whether it joins to one that was not shown beside this one yet: a wrong letter is another child."""
        joined_to = self.cleaned_data["joined_to"]
        return bool(joined_to) and self.cleaned_data["confirmed"] != joined_to

    @property
    def note(self):
        """What is kept on the referral beside the decision, for colleagues."""
        if self.cleaned_data["joined_to"]:
            return _("Belongs to %(reference)s.") % {"reference": self.cleaned_data["joined_to"]}
        return self.cleaned_data["safety_note"]

    @property
    def decision(self):
        """What ``referrals.operations.decide`` asks for."""
        asked = ("outcome", "reason", "explanation", "suggestion", "ready_for_support")
        return {name: self.cleaned_data[name] for name in asked if name in self.cleaned_data}


class SecondPersonForm(PrForm):
    """``decision`` names what was read: another one is not agreed to by mistake."""

    ANSWERS = [("agree", _("I agree: it takes effect now")), ("send_back", _("Send it back, with a reason"))]
    decision = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**63 - 1)
    answer = forms.ChoiceField(label=_("What do you say?"), choices=ANSWERS, widget=forms.RadioSelect)
    reason = words(_("Why does it go back?"), rows=3, limit=1000)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(
            "decision",
            Section(_("Your answer"), "answer", Reveal("reason", when="answer=send_back")),
            submit=_("Save your answer"),
        )
