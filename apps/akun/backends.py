"""Log-in by e-mail; the user comes with the active assignment in one query."""

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth import get_user_model


class PenugasanBackend(AuthenticationBackend):
    def get_user(self, user_id):
        people = get_user_model().objects.with_duty()
        user = people.filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None
