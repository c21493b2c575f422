"""Who is signed in: their session and their row, which each request reads, by statements that are built once."""

from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.models import Authenticator
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.sessions.backends import db
from django.db.models import OuterRef
from django.db.models.fields.json import KT
from django.db.models.functions import JSONObject
from django.utils import timezone

from accounts import sessions
from accounts.models import Session, User
from accounts.prepared import Place, Prepared


class Backend(AuthenticationBackend):
    def get_user(self, user_id):
        """As Django does it: nobody, where they are gone or may not sign in any more."""
        user = USER.first(pk=user_id)
        return user if user is not None and self.user_can_authenticate(user) else None


class SessionStore(db.SessionStore):
    @classmethod
    def get_model_class(cls):
        return Session

    def create_model_instance(self, data):
        """What its owner may read of it stands in columns of its own."""
        row = super().create_model_instance(data)
        for column, value in sessions.columns(data).items():
            setattr(row, column, value)
        return row

    def _get_session_from_db(self):
        found = SESSION.first(key=self.session_key, at=timezone.now())
        if found is None:
            self._session_key = None
        return found


def _with_factors():
    """With ``factors_held``: the kind of each second factor, and of the recovery codes when they were seen."""
    held = Authenticator.objects.filter(user=OuterRef("pk"))
    rows = held.values_list(JSONObject(type="type", viewed_at=KT("data__viewed_at")))
    return User.objects.filter(pk=Place("pk")).annotate(factors_held=ArraySubquery(rows))


USER = Prepared(_with_factors)
SESSION = Prepared(
    lambda: SessionStore.get_model_class().objects.filter(session_key=Place("key"), expire_date__gt=Place("at"))
)
