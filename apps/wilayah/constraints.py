"""A constraint that Django does not have: a row may point only at rows of its own office."""

from django.db.models import BaseConstraint


class SameOffice(BaseConstraint):
    """Composite foreign key (bapas, `field`) → (bapas, id) of the target table.

    Use it beside a ForeignKey declared with `db_constraint=False`; the target needs UNIQUE(bapas, id).
    """

    def __init__(self, field: str, *, name: str):
        super().__init__(name=name, violation_error_message="Data ini milik kantor lain.")
        self.field = field

    def constraint_sql(self, model, schema_editor):
        """Inside CREATE TABLE: wait until every table of the migration stands."""
        schema_editor.deferred_sql.append(self.create_sql(model, schema_editor))

    def create_sql(self, model, schema_editor):
        quote = schema_editor.quote_name
        field = model._meta.get_field(self.field)
        return (
            f"ALTER TABLE {quote(model._meta.db_table)} ADD CONSTRAINT {quote(self.name)} "
            f"FOREIGN KEY (bapas_id, {quote(field.column)}) "
            f"REFERENCES {quote(field.remote_field.model._meta.db_table)} (bapas_id, id) "
            "DEFERRABLE INITIALLY IMMEDIATE"
        )

    def remove_sql(self, model, schema_editor):
        quote = schema_editor.quote_name
        return f"ALTER TABLE {quote(model._meta.db_table)} DROP CONSTRAINT {quote(self.name)}"

    def validate(self, model, instance, exclude=None, using="default"):
        """Nothing to say in a form: forms only offer rows of the user's own office."""

    def deconstruct(self):
        path, _args, kwargs = super().deconstruct()
        kwargs.pop("violation_error_message", None)
        return path, (self.field,), kwargs

    def __eq__(self, other):
        if isinstance(other, SameOffice):
            return (self.name, self.field) == (other.name, other.field)
        return NotImplemented

    def __hash__(self):
        return hash((self.name, self.field))
