"""Constraints that Django does not have: composite foreign keys."""

from django.db.models import BaseConstraint


class CompositeReference(BaseConstraint):
    """FOREIGN KEY over `field` and one more column; the table at which `field` points needs UNIQUE on both.

    Use it beside a ForeignKey declared with `db_constraint=False`.
    """

    on_update = ""

    def __init__(self, field: str, *, name: str, violation_error_message: str):
        super().__init__(name=name, violation_error_message=violation_error_message)
        self.field = field

    def pairs(self, model) -> list[tuple[str, str]]:
        """(own column, column of the target) in the order of the target's UNIQUE."""
        raise NotImplementedError

    def constraint_sql(self, model, schema_editor):
        """Inside CREATE TABLE: defer the constraint until every table of the migration exists."""
        schema_editor.deferred_sql.append(self.create_sql(model, schema_editor))

    def create_sql(self, model, schema_editor):
        quote = schema_editor.quote_name
        target = model._meta.get_field(self.field).remote_field.model
        own, theirs = (", ".join(map(quote, columns)) for columns in zip(*self.pairs(model), strict=True))
        return (
            f"ALTER TABLE {quote(model._meta.db_table)} ADD CONSTRAINT {quote(self.name)} "
            f"FOREIGN KEY ({own}) REFERENCES {quote(target._meta.db_table)} ({theirs}) "
            f"{self.on_update}DEFERRABLE INITIALLY IMMEDIATE"
        )

    def remove_sql(self, model, schema_editor):
        quote = schema_editor.quote_name
        return f"ALTER TABLE {quote(model._meta.db_table)} DROP CONSTRAINT {quote(self.name)}"

    def validate(self, model, instance, exclude=None, using="default"):
        """Check nothing in a form: forms offer only rows that fit."""

    def __eq__(self, other):
        return type(self) is type(other) and self.deconstruct() == other.deconstruct()

    def __hash__(self):
        return hash((self.name, self.field))


class SameOffice(CompositeReference):
    """A row points only at rows of its own office; the target has UNIQUE(bapas, id)."""

    def __init__(self, field: str, *, name: str):
        super().__init__(field, name=name, violation_error_message="Data ini milik kantor lain.")

    def pairs(self, model):
        return [("bapas_id", "bapas_id"), (model._meta.get_field(self.field).column, "id")]

    def deconstruct(self):
        path, _args, kwargs = super().deconstruct()
        kwargs.pop("violation_error_message", None)
        return path, (self.field,), kwargs


class SameValue(CompositeReference):
    """A row repeats a value of the row at which it points; the target has UNIQUE(id, `theirs`).

    With `follows` the copy changes with the original; without it, the original cannot change while a copy exists.
    """

    def __init__(self, field: str, own: str, theirs: str, *, name: str, violation_error_message: str, follows=False):
        super().__init__(field, name=name, violation_error_message=violation_error_message)
        self.own, self.theirs, self.follows = own, theirs, follows
        self.on_update = "ON UPDATE CASCADE " if follows else ""

    def pairs(self, model):
        pointer = model._meta.get_field(self.field)
        target = pointer.remote_field.model
        columns = model._meta.get_field(self.own).column, target._meta.get_field(self.theirs).column
        return [(pointer.column, "id"), columns]

    def deconstruct(self):
        path, _args, kwargs = super().deconstruct()
        return path, (self.field, self.own, self.theirs), {**kwargs, "follows": self.follows}
