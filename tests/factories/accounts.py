"""Staff: the plainest user, and what they hold where."""

from datetime import date, timedelta

import factory
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.utils import timezone
from fido2.utils import websafe_encode

from accounts.enums import Role, Weekday
from accounts.models import Absence, DutyShift, Membership, Session, User
from accounts.passkeys import registration
from tests.accounts.device import Device
from tests.factories.centres import ServiceCentreFactory

PASSWORD = "seven quiet lanterns by the harbour"


class UserFactory(factory.django.DjangoModelFactory):
    """Somebody who may sign in with ``PASSWORD``. ``with_factor=True`` has set up a phone and seen the codes."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"worker.{n}@service.example")
    full_name = factory.Sequence(lambda n: f"Worker {n}")

    @classmethod
    def _create(cls, model, *args, **kwargs):
        return model.objects.create_user(password=kwargs.pop("password", PASSWORD), **kwargs)

    @factory.post_generation
    def with_factor(user, create, wanted, **kwargs):
        if wanted:
            give_factor(user)


class MembershipFactory(factory.django.DjangoModelFactory):
    """A role held since long ago, without an end."""

    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    centre = factory.SubFactory(ServiceCentreFactory)
    role = Role.DUTY_WORKER
    from_on = date(2020, 1, 1)


def practitioner_of(case, **of_user):
    """Somebody who may be given this case."""
    return MembershipFactory(centre=case.centre, role=Role.PRACTITIONER, user=UserFactory(**of_user)).user


class AbsenceFactory(factory.django.DjangoModelFactory):
    """Away since yesterday for a week; a colleague covers."""

    class Meta:
        model = Absence

    class Params:
        called_off = factory.Trait(
            called_off_at=factory.LazyFunction(timezone.now), called_off_by=factory.SelfAttribute("user")
        )

    user = factory.SubFactory(UserFactory)
    cover = factory.SubFactory(UserFactory)
    from_on = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=1))
    until_on = factory.LazyAttribute(lambda absence: absence.from_on + timedelta(days=7))
    set_by = factory.SelfAttribute("user")


class DutyShiftFactory(factory.django.DjangoModelFactory):
    """Mondays, nine to five."""

    class Meta:
        model = DutyShift

    membership = factory.SubFactory(MembershipFactory)
    weekday = Weekday.MONDAY
    starts_at = "09:00"
    ends_at = "17:00"


class SessionFactory(factory.django.DjangoModelFactory):
    """A browser elsewhere in which somebody signed in an hour ago and was busy a minute ago."""

    class Meta:
        model = Session

    user = factory.SubFactory(UserFactory)
    session_key = factory.Faker("pystr", min_chars=32, max_chars=32)
    session_data = ""
    browser, system = "Firefox", "Windows"
    expire_date = factory.LazyFunction(lambda: timezone.now() + timedelta(hours=9))
    began_at = factory.LazyFunction(lambda: timezone.now() - timedelta(hours=1))
    seen_at = factory.LazyFunction(lambda: timezone.now() - timedelta(minutes=1))


def give_factor(user):
    """Let ``user`` have a second factor, the recovery codes seen. Returns the secret of the factor."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user).mark_as_viewed()
    return secret


def give_passkey(user, device=None, *, name="Work laptop"):
    """Let ``user`` have a passkey, on ``device`` where one is to sign with it."""
    device = device or Device()
    site = {"id": "localhost", "name": "Protect and Respect"}
    asked = {"rp": site, "challenge": "", "user": {"id": websafe_encode(user_pk_to_url_str(user).encode())}}
    return WebAuthn.add(user, name, registration(device.create({"publicKey": asked}))).instance


def factors_of(user):
    return set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
