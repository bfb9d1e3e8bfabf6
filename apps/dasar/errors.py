"""The one exception for a broken rule."""


class Refused(Exception):
    """A rule was broken. The message is a sentence for the user; views answer it with 409."""
