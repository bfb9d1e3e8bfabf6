"""What can be a NIK, a telephone number, a name to call somebody by: one rule for forms, import and API.

Pure: text in, the value to store out, or `ValueError` with a sentence for the user.
"""

import re

NIK_DIGITS = 16
NO_NIK = "NIK terdiri dari 16 angka. Periksa kembali."
PLACEHOLDER = "Nomor ini bukan NIK. Kosongkan bila klien belum punya NIK."
NOTELEPHONE = "Tulis nomor HP dengan angka, misalnya 0812 3456 7890."
TELEPHONE = re.compile(r"\+?[\d\s().-]{8,20}")

TITLES = {
    "h", "hj", "haji", "hajah", "dr", "drs", "dra", "ir", "prof", "kh", "ust", "ustadz", "ustad", "tgk", "tgh", "rr",
    "rd", "raden", "daeng",
}  # fmt: skip
ORDER_NAMES = {
    "i", "ni", "ida", "gusti", "gede", "putu", "wayan", "made", "nyoman", "ketut", "kadek", "komang", "luh", "anak",
}  # fmt: skip
USUAL_FIRST = {"moh", "mohd", "moch", "much", "muh", "muhd", "muhammad", "mohammad", "mohamad", "muhamad"}
"""They stand in front of many names and tell nobody apart."""


def nik(typed: str) -> str:
    """The 16 digits of a NIK: province, regency, district, day of birth (40 more for women), month, year, number."""
    digits = re.sub(r"[\s.'-]", "", typed)
    if not digits.isascii() or not digits.isdigit() or len(digits) != NIK_DIGITS:
        raise ValueError(NO_NIK)
    day, month = int(digits[6:8]), int(digits[8:10])
    born_on_a_day = 1 <= day <= 31 or 41 <= day <= 71
    if len(set(digits)) == 1 or digits.startswith("00") or not born_on_a_day or not 1 <= month <= 12:
        raise ValueError(PLACEHOLDER)
    return digits


def telephone(typed: str) -> str:
    """A number that can be dialled, as it was typed."""
    number = typed.strip()
    if not TELEPHONE.fullmatch(number):
        raise ValueError(NOTELEPHONE)
    return number


def call_name(name: str) -> str:
    """The first word of `name` that is no title, initial, order name or other word that tells nobody apart."""
    words = [word.strip(".,") for word in name.split(",")[0].split()]
    told = [word for word in words if len(word) > 1 and word.casefold() not in TITLES | ORDER_NAMES]
    own = [word for word in told if word.casefold() not in USUAL_FIRST]
    return next(iter((*own, *told, *reversed(words), name.strip())))[:40]
