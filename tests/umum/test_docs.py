"""What the documents name is there."""

import re
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"


def test_the_list_of_decisions_names_every_page_once_oldest_first():
    folder = DOCS / "keputusan"
    listed = re.findall(r"^\| \[\w+\]\(([\w-]+\.md)\)", (folder / "README.md").read_text(), re.MULTILINE)
    numbered = [name for name in listed if name[0].isdigit()]
    assert numbered == sorted(numbered)
    assert sorted(listed) == sorted(page.name for page in folder.glob("*.md") if page.name != "README.md")


def test_the_list_of_components_names_every_template_once():
    listed = re.findall(r"^\| `(\w+)` \|", (DOCS / "komponen.md").read_text(), re.MULTILINE)
    components = sorted(path.stem for path in (DOCS.parent / "templates" / "komponen").glob("*.html"))
    assert sorted(listed) == components
