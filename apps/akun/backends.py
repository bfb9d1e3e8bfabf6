"""Log-in by e-mail. One query loads the user together with the active assignment."""

from allauth.account.auth_backends import AuthenticationBackend

from apps.akun.models import Pengguna
from apps.dasar.prepared import prepared


class PenugasanBackend(AuthenticationBackend):
    def get_user(self, user_id):
        user = next(iter(person(pk=user_id)), None)
        return user if user and self.user_can_authenticate(user) else None


@prepared
def person(_, pk: int):
    """The account with its active assignment and unit: no row, or one."""
    return Pengguna.objects.with_duty().filter(pk=pk).order_by()
