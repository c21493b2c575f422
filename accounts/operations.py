"""What administrators do to users and roles. Each function is one act, whole or not at all."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.sessions.models import Session as DjangosSession
from django.db import connection, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.crypto import get_random_string

from accounts.absences import who_may_cover
from accounts.enums import Role
from accounts.models import Absence, Membership, Session, User
from audit.recording import record
from outbox.operations import owe, owe_each


class CannotGrantToSelf(Exception):
    """Nobody gives themselves a role, ends their own, or decides about their own account."""


class AlreadyHeld(Exception):
    """The person holds this role at this centre already, without an end."""


class AlreadyEnded(Exception):
    """The role ended before the day asked for."""


class CannotExtend(Exception):
    """To hold a role for longer than was planned is to be granted it, which is another act on the trail."""


class NotTheirOwn(Exception):
    """Where somebody is signed in is theirs to end."""


class NoColleague(Exception):
    """They do not work at one centre."""


@transaction.atomic
def invite(email, *, full_name, by):
    """Make an account nobody can sign in to yet, and owe a letter whose link sets the password.

    The link works once and for a day; after that the page for a forgotten
    password sends another to the same address.
    """
    user = User.objects.create_user(email.strip(), full_name=full_name)
    record("user.invited", user, by=by)
    _owe_link("staff-invitation", user)
    return user


@transaction.atomic
def disable(user, *, by):
    """End this person's access at once, in every browser.

    The password goes with it, so that no session of before comes back when
    the account is opened again.
    """
    _refuse_self(user, by)
    user = _without_password(user, is_active=False)
    record("user.disabled", user, by=by)
    return user


@transaction.atomic
def enable(user, *, by):
    """Open the account again, and owe a link: the old password was forgotten when it closed."""
    _refuse_self(user, by)
    user = _without_password(user, is_active=True)
    record("user.enabled", user, by=by)
    _owe_link("staff-invitation", user)
    return user


@transaction.atomic
def rename(user, *, full_name, by):
    _refuse_self(user, by)
    user = _lock(user)
    user.full_name = full_name
    user.save(update_fields=["full_name"])
    record("user.renamed", user, by=by)
    return user


@transaction.atomic
def reset_factors(user, *, by):
    """Forget a lost second factor, after the administrator has made sure who is asking.

    Whoever holds the lost phone may know the password too: every session
    ends, and the way back starts from the mailbox and sets both anew.
    """
    _refuse_self(user, by)
    user = _without_password(user)
    Authenticator.objects.filter(user=user).delete()
    record("factors.reset", user, by=by)
    _owe_link("staff-factors-reset", user)
    return user


@transaction.atomic
def grant_role(user, *, role, centre, by, from_on=None, until_on=None):
    """Give ``user`` a role at a centre, and tell those who would notice that nobody should have it.

    Raises ``CannotGrantToSelf`` and ``AlreadyHeld``.
    """
    _refuse_self(user, by)
    user = _lock(user)
    if Membership.objects.filter(user=user, role=role, centre=centre, until_on__isnull=True).exists():
        raise AlreadyHeld(role)
    from_on = from_on or timezone.localdate()
    membership = Membership.objects.create(user=user, role=role, centre=centre, from_on=from_on, until_on=until_on)
    record("role.granted", user, by=by, role=role, centre=centre.pk)
    _tell_who_watches(membership, by=by)
    return membership


@transaction.atomic
def end_role(membership, *, by, on=None):
    """End a role on the day ``on``: the first on which it no longer holds.

    Raises ``CannotGrantToSelf``, ``AlreadyEnded`` and ``CannotExtend``.
    """
    membership = Membership.objects.select_for_update(of=["self"]).select_related("user").get(pk=membership.pk)
    _refuse_self(membership.user, by)
    today = timezone.localdate()
    if membership.until_on and membership.until_on <= today:
        raise AlreadyEnded(membership.role)
    until_on = max(on or today, membership.from_on)
    if membership.until_on and until_on > membership.until_on:
        raise CannotExtend(membership.role)
    membership.until_on = until_on
    membership.save(update_fields=["until_on"])
    record(
        "role.ended", membership.user, by=by, role=membership.role, centre=membership.centre_id,
        on=membership.until_on.isoformat(),
    )  # fmt: skip
    return membership


@transaction.atomic
def tell_of_change(verb, user, *, by):
    """Record that the way ``user`` signs in has changed, and owe them a letter that says so."""
    record(verb, user, by=by)
    owe(
        "staff-sign-in-changed",
        key=f"staff-sign-in-changed:{user.pk}:{get_random_string(12)}",
        to=user.email,
        language=_language(),
    )


def _tell_who_watches(membership, *, by):
    """One administrator alone can invite a mailbox of their own: others hear of each role (docs/decisions/0024)."""
    watch = Q(role__in=[Role.SYSTEM_ADMIN, Role.DATA_PROTECTION])
    watch |= Q(role=Role.SERVICE_MANAGER, centre=membership.centre)
    held = Membership.objects.current().filter(watch).exclude(user__in=[membership.user_id, getattr(by, "pk", 0)])
    people = held.values_list("user", "user__email").distinct()
    owe_each(
        "staff-role-granted",
        recipients={f"staff-role-granted:{membership.pk}:{pk}": email for pk, email in people},
        language=_language(),
        reference=str(membership.pk),
        path=reverse("admin:accounts_membership_change", args=[membership.pk]),
    )


@transaction.atomic
def forget_what_has_expired(*, by, now=None):
    """Remove sessions and counters of tries that hold for nobody any more. Returns how many of each.

    Nothing reads them; but a session that has ended names who had it, and a
    table of counters that runs full forgets live ones too.
    """
    now = now or timezone.now()
    ended, _models = Session.objects.filter(expire_date__lt=now).delete()
    DjangosSession.objects.filter(expire_date__lt=now).delete()  # of before the row was our own: it names people too
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM cache WHERE expires < %s", [now])  # settings.CACHES names the table
        return ended, cursor.rowcount


def _refuse_self(user, by):
    if user == by:
        raise CannotGrantToSelf(user.pk)


def _lock(user):
    return User.objects.select_for_update(of=["self"]).get(pk=user.pk)


def _without_password(user, **changes):
    """A new unusable password differs from every other: no session of before could come back, and all end now."""
    user = _lock(user)
    user.sessions.all().delete()
    user.set_unusable_password()
    for field, value in changes.items():
        setattr(user, field, value)
    user.save(update_fields=["password", *changes])
    return user


def _owe_link(template, user):
    key = default_token_generator.make_token(user)
    link = {"uidb36": user_pk_to_url_str(user), "key": key}
    owe(
        template,
        key=f"{template}:{user.pk}:{get_random_string(12)}",
        to=user.email,
        language=_language(),
        path=reverse("account_reset_password_from_key", kwargs=link),
    )


def _language():
    return translation.get_language() or settings.LANGUAGE_CODE


@transaction.atomic
def choose_theme(user, *, by, theme):
    """Whether pages are light, dark, or as the device is set. Kept with the account: nothing stays in a browser."""
    user.theme = theme
    user.save(update_fields=["theme"])
    record("theme.chosen", user, by=by, theme=theme)


@transaction.atomic
def choose_letter_hour(user, *, by, hour):
    """From which hour of the day in London the one letter a day may come."""
    user.letter_hour = hour
    user.save(update_fields=["letter_hour"])
    record("letter_hour.chosen", user, by=by, hour=hour)


@transaction.atomic
def end_session(session, *, by):
    """Sign ``by`` out where this session is: at its next request the browser there is a stranger's."""
    if session.user_id != by.pk:
        raise NotTheirOwn(by.pk)
    session.delete()
    record("session.ended", by, by=by, why="by_owner")


@transaction.atomic
def end_other_sessions(user, *, by, but):
    """Sign ``user`` out everywhere but in the session with the key ``but``. Returns in how many browsers."""
    ended, _models = user.sessions.exclude(pk=but).delete()
    if ended:
        record("sessions.ended", user, by=by, why="by_owner", count=ended)
    return ended


@transaction.atomic
def plan_absence(user, *, by, cover, from_on, until_on):
    """Somebody is away, and ``cover`` hears what waits meanwhile.

    Raises ``NoColleague``, and ``IntegrityError`` on ``absence_one_at_a_time``.
    """
    if not who_may_cover(user).filter(pk=cover.pk).exists():
        raise NoColleague(f"{cover.pk} may not cover for {user.pk}")
    absence = Absence.objects.create(user=user, cover=cover, from_on=from_on, until_on=until_on, set_by=by)
    days = {"from_on": from_on.isoformat(), "until_on": until_on.isoformat()}
    record("absence.planned", user, by=by, cover=cover.pk, **days)
    return absence


@transaction.atomic
def call_off_absence(absence, *, by):
    """They are here after all, or back before the day. Raises ``AlreadyEnded``."""
    absence = Absence.objects.select_for_update(of=["self"]).get(pk=absence.pk)
    if absence.called_off_at is not None or absence.until_on <= timezone.localdate():
        raise AlreadyEnded(absence.pk)
    absence.called_off_by, absence.called_off_at = by, timezone.now()
    absence.save(update_fields=["called_off_by", "called_off_at"])
    record("absence.called_off", absence.user, by=by, absence=absence.pk)
    return absence
