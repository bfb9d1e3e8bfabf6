"""100,000 rows of a CSV file, checked and stored, against COPY alone into the same table."""

from collections.abc import Callable

from bench.import_rows import (
    MISTAKES,
    ROWS,
    Office,
    as_csv,
    copy_alone,
    delete_office,
    fingerprint,
    guidance,
    prepare,
    taken_out,
    through_the_portal,
)  # fmt: skip
from bench.measure import Verdict, interleaved, seconds

ROUNDS = 3
PASS, AIM = 0.6, 0.9


def run() -> Verdict:
    return measure("CSV import", "bimbingan.csv", as_csv, PASS, AIM)


def measure(name: str, file: str, written: Callable[[list[list]], bytes], passes: float, aim: float) -> Verdict:
    """The ratio of the two times, after a proof that both store the same rows and that every mistake is reported."""
    office = prepare()
    body = written(guidance(office))
    text, wanted = _proved(office, body, file)

    def portal() -> float:
        return _timed(office, lambda: through_the_portal(office, body, file), wanted)

    def floor() -> float:
        return _timed(office, lambda: copy_alone(office, text), wanted)

    ratio, pairs = interleaved(floor, portal, ROUNDS)
    times = ", ".join(f"{alone:.1f}/{ours:.1f}" for alone, ours in pairs)
    detail = f"seconds COPY/portal: {times}; {ROWS:,} rows stored and {MISTAKES} with two mistakes each reported."
    return Verdict(name, ratio, passes, aim, detail)


def _proved(office: Office, body: bytes, file: str) -> tuple[str, tuple[int, str]]:
    impor = through_the_portal(office, body, file)
    counts = (impor.jumlah_disimpan, impor.jumlah_salah)
    if counts != (ROWS, MISTAKES):
        raise AssertionError(f"{counts} rows stored and refused instead of {(ROWS, MISTAKES)}")
    wanted, text = fingerprint(office), taken_out(office)
    delete_office(office)
    copy_alone(office, text)
    if fingerprint(office) != wanted:
        raise AssertionError("COPY stored other rows than the import")
    delete_office(office)
    return text, wanted


def _timed(office: Office, work: Callable[[], object], wanted: tuple[int, str]) -> float:
    taken = seconds(work)
    if fingerprint(office) != wanted:
        raise AssertionError("this round stored other rows than the first")
    delete_office(office)
    return taken
