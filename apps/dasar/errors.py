"""The one exception of a broken rule."""


class Refused(Exception):
    """A rule said no. The message is a sentence for the user; views answer it with 409."""
