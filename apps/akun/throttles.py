"""The limits of the API, per minute. DRF's own lose requests that come at the same time."""

from rest_framework.throttling import AnonRateThrottle, SimpleRateThrottle, UserRateThrottle

from apps.akun import limits


class _Counted(SimpleRateThrottle):
    def allow_request(self, request, view):
        key = self.get_cache_key(request, view)
        return key is None or limits.count(key, seconds=self.duration) <= self.num_requests

    def wait(self):
        """The longest that a client has to wait: seconds."""
        return self.duration


class PersonThrottle(_Counted, UserRateThrottle):
    """Requests of one token's owner."""


class StrangerThrottle(_Counted, AnonRateThrottle):
    """Requests from one address without a token."""
