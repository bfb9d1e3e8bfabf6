"""Readers that both kinds use."""

from apps.impor.kinds.base import Kind, by_names, found_in
from apps.impor.values import Reader, day, line, one_of, whole
from apps.klien.forms.fields import officers

YES = "ya|y|v|hadir|h|ada|1"
NO = "tidak|t|tdk|th|tidak hadir|tdk hadir|tidak datang|alpa|absen|0"

yes_or_no = one_of({**dict.fromkeys(YES.split("|"), True), **dict.fromkeys(NO.split("|"), False)}, "Ya; Tidak")


def as_line(longest: int):
    """Column reader: text of at most `longest` characters."""
    return lambda kind: line(longest)


def as_day(kind: Kind) -> Reader:
    return day


def as_number(least: int, most: int):
    return lambda kind: whole(least, most)


def as_choice(words: dict, choices):
    """Column reader: `words` gives for each stored value the ways it is written, separated by "|"."""
    spelled = {word: str(value) for value, ways in words.items() for word in ways.split("|")}
    known = "; ".join(choices.labels)
    return lambda kind: one_of(spelled | {str(choice.label): choice.value for choice in choices}, known)


def as_officer(kind: Kind) -> Reader:
    """A Pembimbing Kemasyarakatan of the office by NIP, e-mail or name, with or without academic titles."""
    rows = officers(kind.bapas).values_list("pk", "nip", "email", "nama")
    table = by_names((pk, (nip, email, nama, nama.split(",")[0])) for pk, nip, email, nama in rows)
    return found_in(
        table,
        "PK ini tidak bertugas di kantor Anda. Isi NIP, surel, atau nama lengkap PK.",
        ambiguous="Ada lebih dari satu PK dengan nama ini. Isi NIP atau surel PK.",
    )
