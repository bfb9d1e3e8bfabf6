"""What a page prints of its list."""


def printed(answer) -> list[list[str]]:
    """The words of every cell, row by row; cells with a template of their own as their plain value."""
    return [[cell.text for cell in cells] for _, cells in answer.context["tabel"].lines]
