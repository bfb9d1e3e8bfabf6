"""What is left, and what every week has to bring. Pure."""

import datetime as dt
from decimal import Decimal

import pytest

from apps.kerja_sosial.balance import Balance, jam

BEGIN = dt.date(2026, 3, 2)


def balance(**facts):
    start = {"total": 120, "recorded": 0, "confirmed": 0, "weekly": 8, "begin": BEGIN, "deadline": dt.date(2026, 9, 2),
             "today": dt.date(2026, 3, 9)}  # fmt: skip
    facts = start | facts
    return Balance(**{name: Decimal(v) if isinstance(v, int) else v for name, v in facts.items()})


def test_what_every_week_has_to_bring():
    b = balance(recorded=20, confirmed=16, today=dt.date(2026, 8, 6))
    assert (b.left, b.waiting, b.weeks_left, b.needed) == (100, 4, 4, 25)
    needed = "Perlu 25 jam per minggu selama 4 minggu agar selesai tepat waktu."
    assert b.sentence == f"{needed} Jadwal 8 jam per minggu tidak cukup."
    assert b.behind
    assert b.remark == "Tertinggal jadwal"


def test_on_schedule_there_is_nothing_to_remark():
    assert balance().remark == ""
    assert balance().sentence == "Perlu 5 jam per minggu selama 26 minggu agar selesai tepat waktu."


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"recorded": 116, "today": dt.date(2026, 9, 1)}, "Perlu 4 jam lagi, paling lambat 2 September 2026."),
        (
            {"recorded": 116, "today": dt.date(2026, 9, 3)},
            "Batas waktu 2 September 2026 sudah lewat. Masih kurang 4 jam.",
        ),
        ({"recorded": 120, "confirmed": 112}, "Semua jam sudah dijalani. 8 jam menunggu pengesahan pengawas."),
        ({"recorded": 120, "confirmed": 120}, "Semua jam sudah dijalani dan disahkan."),
    ],
)
def test_the_end_in_words(facts, sentence):
    assert balance(**facts).sentence.startswith(sentence)


def test_only_the_word_of_the_supervisor_is_missing():
    """Nobody is told of a rest of minus three days."""
    assert balance(recorded=120, confirmed=112, today=dt.date(2026, 9, 5)).remark == "Menunggu pengesahan"
    assert balance(recorded=112, confirmed=112, today=dt.date(2026, 9, 2)).remark == "Sisa 1 hari"


def test_waiting_hours_explain_the_difference_and_a_weak_schedule_is_named():
    one = balance(total=100, recorded=44, confirmed=40)
    assert one.confirmed + one.waiting + one.left == one.total
    assert (one.waiting_words, balance(recorded=40, confirmed=40).waiting_words) == ("4 jam menunggu pengesahan", "")
    assert balance(weekly=2).sentence.endswith("Jadwal 2 jam per minggu tidak cukup.")


def test_before_the_begin_the_weeks_count_from_the_begin():
    assert balance(today=dt.date(2026, 1, 1)).weeks_left == balance(today=BEGIN).weeks_left


def test_hours_in_words():
    assert [jam(Decimal("7.5")), jam(8)] == ["7,5 jam", "8 jam"]
