"""Sessions in the database alone: a page needs no broker. See docs/keputusan/0029-sesi-dan-batas.md."""

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from apps.dasar.composed import Composed, Given

STORED = Composed(lambda: Session.objects.filter(session_key=Given("key"), expire_date__gt=Given("now")))


class SessionStore(db.SessionStore):
    """Django's own, with the query of every request composed once."""

    def _get_session_from_db(self):
        stored = STORED.first(key=self.session_key, now=timezone.now())
        if stored is None:
            self._session_key = None
        return stored
