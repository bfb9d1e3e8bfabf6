"""Sessions in the database alone: a page needs no broker. See docs/keputusan/0029-sesi-dan-batas.md."""

from datetime import datetime

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from apps.dasar.prepared import prepared


@prepared
def _stored(_, key: str, now: datetime):
    return Session.objects.filter(session_key=key, expire_date__gt=now)


class SessionStore(db.SessionStore):
    """Django's own, with the query of every request composed once."""

    def _validate_session_key(self, key):
        """A cookie can hold anything, also letters that PostgreSQL takes in no text."""
        return super()._validate_session_key(key) and key.isalnum()

    def _get_session_from_db(self):
        for stored in _stored(key=self.session_key, now=timezone.now()):
            return stored
        self._session_key = None
        return None
