"""Hours of a sentence on one day: done, confirmed, left, and needed per week. Pure."""

import datetime as dt
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from apps.dasar.wording import angka, tanggal

SOON_DAYS = 30
"""How many days ahead the deadline is announced."""
WEEK = 7


def jam(hours) -> str:
    """ "7,5 jam", "8 jam"."""
    hours = Decimal(hours)
    return f"{angka(hours, 1 if hours % 1 else 0)} jam"


@dataclass(frozen=True)
class Balance:
    """Hours of one sentence on the day `today`; `weekly` are the hours per week by schedule."""

    total: Decimal
    recorded: Decimal
    confirmed: Decimal
    weekly: Decimal
    begin: dt.date
    deadline: dt.date
    today: dt.date

    @property
    def left(self) -> Decimal:
        """Hours still to be worked."""
        return self.total - self.recorded

    @property
    def waiting(self) -> Decimal:
        """Hours worked, but not confirmed by the supervisor."""
        return self.recorded - self.confirmed

    @property
    def waiting_words(self) -> str:
        """ "4 jam menunggu pengesahan"; "" when nothing waits. Confirmed, waiting and left hours make the total."""
        return f"{jam(self.waiting)} menunggu pengesahan" if self.waiting else ""

    @property
    def days_left(self) -> int:
        """Days until the deadline, today included; zero or less when it has passed."""
        return (self.deadline - max(self.today, self.begin)).days + 1

    @property
    def weeks_left(self) -> int:
        """Weeks until the deadline, the current one included; at least one."""
        return max(-(-self.days_left // WEEK), 1)

    @property
    def needed(self) -> Decimal:
        """Hours per week that are needed to finish in time, rounded up to halves."""
        return (self.left * 2 / self.weeks_left).to_integral_value(ROUND_CEILING) / 2

    @property
    def late(self) -> bool:
        return self.left > 0 and self.days_left <= 0

    @property
    def behind(self) -> bool:
        """The schedule of the verdict no longer suffices."""
        return self.late or self.needed > self.weekly

    @property
    def ending(self) -> bool:
        """The deadline is near and something is missing, worked or confirmed."""
        return self.confirmed < self.total and self.days_left <= SOON_DAYS

    @property
    def share(self) -> int:
        """Confirmed part of the verdict in percent, rounded down: 100 means done."""
        return int(self.confirmed * 100 / self.total)

    @property
    def sentence(self) -> str:
        """What has to happen now, in words."""
        if self.left == 0:
            if self.waiting:
                return f"Semua jam sudah dijalani. {jam(self.waiting)} menunggu pengesahan pengawas."
            return "Semua jam sudah dijalani dan disahkan."
        if self.late:
            return f"Batas waktu {tanggal(self.deadline)} sudah lewat. Masih kurang {jam(self.left)}."
        if self.weeks_left == 1:
            return f"Perlu {jam(self.left)} lagi, paling lambat {tanggal(self.deadline)}."
        needed = f"Perlu {jam(self.needed)} per minggu selama {self.weeks_left} minggu agar selesai tepat waktu."
        return f"{needed} Jadwal {jam(self.weekly)} per minggu tidak cukup." if self.behind else needed

    @property
    def remark(self) -> str:
        """Why it needs attention, in two or three words; empty when all is well."""
        if self.late:
            return "Lewat batas waktu"
        if self.behind:
            return "Tertinggal jadwal"
        if self.ending:
            return f"Sisa {self.days_left} hari" if self.left else "Menunggu pengesahan"
        return ""


def balance_of(ks, today: dt.date) -> Balance:
    """The balance of a `KerjaSosial` row."""
    return Balance(
        Decimal(ks.total_jam), ks.jam_tercatat, ks.jam_disahkan, ks.jam_per_hari * len(ks.hari), ks.mulai, ks.batas,
        today,
    )  # fmt: skip
