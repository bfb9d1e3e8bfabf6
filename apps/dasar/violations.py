"""Turns a constraint error of PostgreSQL into the `violation_error_message` of that constraint."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.db import IntegrityError, transaction

from apps.dasar.errors import Refused


@contextmanager
def refusals() -> Iterator[None]:
    """Turn a broken constraint inside the block into `Refused`; one without a sentence is a bug and stays an error."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        sentence = _sentences().get(_constraint(error))
        if sentence is None:
            raise
        raise Refused(sentence) from error


def _constraint(error: IntegrityError) -> str:
    return getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") or ""


def _sentences() -> dict[str, str]:
    return {
        constraint.name: str(constraint.violation_error_message)
        for model in apps.get_models()
        for constraint in model._meta.constraints
        if constraint.name and constraint.violation_error_message != constraint.default_violation_error_message
    }
