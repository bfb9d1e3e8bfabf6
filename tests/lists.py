"""What a page prints of its list."""


def printed(answer) -> list[list[str]]:
    """The words of every cell, row by row; cells with a template of their own as their plain value."""
    tabel = answer.context["tabel"]
    return [[head.column.words(row) for head in tabel.heads] for row in tabel.shown]
