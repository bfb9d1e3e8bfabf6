"""Log-in by e-mail. One query loads the user together with the active assignment."""

from allauth.account.auth_backends import AuthenticationBackend

from apps.akun.models import Pengguna
from apps.dasar.composed import Composed, Given

PERSON = Composed(lambda: Pengguna.objects.with_duty().filter(pk=Given("pk")).order_by())


class PenugasanBackend(AuthenticationBackend):
    def get_user(self, user_id):
        user = PERSON.first(pk=user_id)
        return user if user and self.user_can_authenticate(user) else None
