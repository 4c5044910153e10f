"""Numbers and dates as Vietnamese pages print them, written by the replica alone."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

ROMAN = (
    "", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV",
    "XVI", "XVII", "XVIII", "XIX", "XX", "XXI", "XXII", "XXIII", "XXIV", "XXV", "XXVI", "XXVII", "XXVIII",
)  # fmt: skip
SPELLED = (
    "", "nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "mười hai",
    "mười ba", "mười bốn", "mười lăm", "mười sáu", "mười bảy", "mười tám", "mười chín", "hai mươi",
)  # fmt: skip
WEEKDAYS = ("Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật")


def rounded(value: Decimal | float, decimals: int) -> Decimal:
    """Return the value rounded half up to so many decimals."""
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def printed(value: Decimal) -> str:
    """Print a number the Vietnamese way: 14.088,5; trailing zeros after the comma are dropped."""
    text = f"{abs(value):,f}".replace(",", "\0").replace(".", ",").replace("\0", ".")
    if "," in text:
        text = text.rstrip("0").rstrip(",")
    return text


def plain(value: Decimal) -> int | float:
    """Return the number as JSON bears it: an int where it is whole."""
    return int(value) if value == value.to_integral_value() else float(value)


def slug(text: str) -> str:
    """Return the ASCII slug that a CMS makes of a headline."""
    text = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    text = "".join(c for c in text if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", "-", text).strip("-")


@dataclass(frozen=True, slots=True)
class Period:
    """The months from January of a year, or one month of it."""

    year: int
    months: int
    """How many months from January; for `single` the month itself."""
    single: bool = False

    @property
    def code(self) -> str:
        """SDMX code: 2023, 2023-Q1, 2023-S1, 2023-04, 2023-01-01/P9M."""
        if self.single or self.months == 1:
            return f"{self.year}-{self.months:02d}"
        special = {3: f"{self.year}-Q1", 6: f"{self.year}-S1", 12: f"{self.year}"}
        return special.get(self.months, f"{self.year}-01-01/P{self.months}M")

    def last_year(self) -> Period:
        """Return the same months of the year before."""
        return Period(self.year - 1, self.months, self.single)

    def names(self) -> tuple[str, ...]:
        """Return the ways to print the period, in lower case."""
        y, m = self.year, self.months
        if self.single or m == 1:
            return (f"tháng {m}/{y}", f"tháng {m} năm {y}", f"tháng {m}")
        if m == 3:
            return (
                f"quý I/{y}",
                f"quý I năm {y}",
                "quý I",
                "3 tháng đầu năm",
                f"quý 1/{y}",
                f"ba tháng đầu năm {y}",
            )
        if m == 6:
            return (
                f"6 tháng đầu năm {y}",
                "6 tháng đầu năm",
                f"sáu tháng đầu năm {y}",
                "6 tháng",
                f"nửa đầu năm {y}",
            )
        if m == 12:
            return (f"năm {y}", f"cả năm {y}", f"năm {y}")
        return (f"{m} tháng năm {y}", f"{m} tháng đầu năm", f"{m} tháng", f"{m} tháng đầu năm {y}")

    def title(self) -> str:
        """Return the form that headlines use."""
        return self.names()[0]


def day_month(day: date, style: int) -> str:
    """Print a day without its year: 11/4, 24-10, 05/7, 26.12 or 4 tháng 7."""
    d, m = day.day, day.month
    return (f"{d}/{m}", f"{d}-{m}", f"{d:02d}/{m}", f"{d}.{m}", f"{d} tháng {m}", f"{d}/{m}")[style]


def full_day(day: date, style: int) -> str:
    """Print a day with its year."""
    return (f"{day.day}/{day.month}/{day.year}", f"{day.day} tháng {day.month} năm {day.year}",
            f"{day.day}-{day.month}-{day.year}", f"{day:%d/%m/%Y}")[style]  # fmt: skip
