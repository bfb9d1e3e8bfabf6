"""Log-in by e-mail. One query loads the user together with the active assignment."""

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth import get_user_model


class PenugasanBackend(AuthenticationBackend):
    def get_user(self, user_id):
        people = get_user_model().objects.with_duty()
        user = people.filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None
