"""What every kind of import consists of: columns with their readers, facts of the office, and the tables it fills."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from apps.impor.storing import Target
from apps.impor.values import Cell, Reader, Wrong, is_nothing, key_of, refuse_errors, text

MOST_REMEMBERED = 20_000
HIDDEN = "••••"


@dataclass(frozen=True)
class Column:
    """A column that a file may have. `reader` gets the kind, which knows the office, and returns a cell reader."""

    name: str
    title: str
    reader: Callable[[Any], Reader]
    example: str
    synonyms: str = ""
    hint: str = ""
    required: bool = False
    secret: bool = False
    """A list of mistakes shows only a part of the cell."""
    dash_is_empty: bool = True
    """False where a dash may mean "no", not "nothing"."""

    @property
    def keys(self) -> set[str]:
        """Every way a heading may be written, as `key_of` compares it."""
        return {key_of(word) for word in (self.name, self.title, *self.synonyms.split("|")) if word}

    def quote(self, cell: Cell) -> str:
        """The cell for a list of mistakes: short, and masked if it is secret."""
        plain = text(cell).replace("\n", " ")
        if self.secret:
            return f"{HIDDEN}{plain[-4:]}" if len(plain) > 6 else HIDDEN
        return plain if len(plain) <= 60 else f"{plain[:59]}…"


class Memory(dict):
    """Cache: cell → value, `Wrong` (kept, not raised) or None if empty. Dates, names and codes repeat often."""

    def __init__(self, read: Reader, dash_is_empty: bool = True):
        super().__init__({"": None})
        self.read, self.dash_is_empty = read, dash_is_empty
        self.flawed = False
        """Whether any cell was wrong so far."""

    def __missing__(self, cell: Cell):
        try:
            refuse_errors(cell)
            value = None if self.dash_is_empty and is_nothing(cell) else self.read(cell)
        except Wrong as wrong:
            value, self.flawed = wrong, True
        if len(self) < MOST_REMEMBERED:
            self[cell] = value
        return value


@dataclass(slots=True)
class Record:
    """A row that may be stored: values per target table. Two rows with one `key` are the same row."""

    tables: dict[str, dict[str, Any]]
    key: tuple
    likeness: tuple = ()
    """Two rows with one key and different likeness contradict each other."""
    person: str | None = None
    """HMAC of the NIK of somebody who may be registered only once."""
    known: bool = False


class Kind:
    """One kind of import. Subclasses define the columns, the rules across columns and the tables."""

    columns: Sequence[Column]
    targets: Sequence[Target]
    title: str
    shown: Sequence[tuple[str, str]]
    """(heading, name as in `layout`) of what the preview shows of a row."""
    clash: str
    """The sentence for two rows with one key and different content."""
    plan: Mapping[str, Reader]

    def __init__(self, bapas, user, today: date):
        """Call it inside the scope of the office (`database_scope`)."""
        self.bapas, self.user, self.today = bapas, user, today
        self.load()
        self.required = {column.name for column in self.columns if column.required}
        self.plan = {column.name: column.reader(self) for column in self.columns}

    @classmethod
    def layout(cls) -> list[str]:
        """The order of values in a waiting row: "part.column" of everything that is stored or shown."""
        stored = (f"{target.part}.{name}" for target in cls.targets for name in target.names)
        return list(dict.fromkeys((*stored, *(name for _, name in cls.shown))))

    def load(self) -> None:
        """Read what readers and rules need to know about the office."""

    def record(self, values: dict[str, Any], say: Callable[[str, str], None]) -> Record | None:
        """Rules across the columns of one row; `say(column, sentence)` for each that is broken."""
        raise NotImplementedError

    def complete(self, records: list[Record], cursor) -> None:
        """Add what a package of records needs from the database before it waits for the decision."""

    def doubtful(self, cursor, impor) -> list[tuple[int, str, str]]:
        """(row, column, sentence) of waiting rows that only the database can refuse."""
        return []

    @staticmethod
    def before(cursor, impor) -> bool:
        """Lock what the rows are about, before they are stored. False when they may not be stored any more."""
        return True

    @staticmethod
    def after(cursor, impor) -> None:
        """Update what depends on the stored rows."""


def found_in(table: Mapping[str, Any], sentence: str, *, ambiguous: str = "") -> Reader:
    """Reader: a row of the office or of a reference list by any of its names; None marks an ambiguous name."""

    def read(cell: Cell):
        key = key_of(text(cell))
        if key not in table:
            raise Wrong(sentence)
        if table[key] is None:
            raise Wrong(ambiguous)
        return table[key]

    return read


def by_names(rows: Iterable[tuple[Any, Iterable[str]]]) -> dict[str, Any]:
    """name → row; None when two rows share a name."""
    table: dict[str, Any] = {}
    for row, names in rows:
        for key in {key_of(name) for name in names if name}:
            table[key] = None if key in table and table[key] != row else row
    return table
