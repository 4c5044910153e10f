"""An amount in the unit, the rounding and the words that a story prints it with."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from scraper.replica.economy import Series
from scraper.replica.figures import printed


def print_level(series: Series, value: Decimal, name: str, rng: Random) -> tuple[str, Decimal, int, str]:
    """Return an amount as printed, its number, its power of ten and its bound."""
    unit = series.printed
    if series.unit == "visit" and "khách" in name and name != "lượt khách":
        unit = "lượt"
    if series.unit == "person" and "lao động" in name:
        unit = "người"
    scale: list[tuple[str, int, Decimal]] = []
    if series.unit == "VND" and value >= 20000:
        scale.append(("nghìn tỷ đồng", 3, value / 1000))
    if series.unit == "USD" and value >= 2000:
        scale.append(("tỷ USD", 3, value / 1000))
    if series.unit == "visit" and value >= 1500000:
        scale.append((f"triệu {unit}", 6, value / 1000000))
    if (scale and rng.random() < 0.45) or (series.unit == "VND" and value >= 300 and rng.random() < 0.1):
        unit, power, scaled = scale[0] if scale else (unit, 0, value)
        digits = 1 if power else 0
        down = scaled.quantize(Decimal(1).scaleb(-digits), "ROUND_FLOOR")
        up = scaled.quantize(Decimal(1).scaleb(-digits), "ROUND_CEILING")
        if scaled - down <= up - scaled and down > 0:
            return (
                f"{rng.choice(('trên', 'hơn'))} {printed(down)} {unit}",
                down,
                series.mult + power,
                "at_least",
            )
        return f"{rng.choice(('gần', 'xấp xỉ'))} {printed(up)} {unit}", up, series.mult + power, "about"
    if series.unit == "VND" and value < 400 and rng.random() < 0.22:
        return f"{printed(value * 1000)} triệu đồng", value * 1000, series.mult - 3, "exact"
    if series.unit == "VND":
        unit = rng.choice((unit, unit, unit, "tỉ đồng"))
    if (series.unit == "party_member" and value < 10) or (series.unit == "party_cell" and value < 10):
        return f"{int(value):02d} {unit}", value, series.mult, "exact"
    return f"{printed(value)} {unit}", value, series.mult, "exact"
