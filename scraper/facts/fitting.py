"""Which units an indicator can be counted in, and whether it is a rate, a planned amount or a growth."""

from __future__ import annotations

from scraper.vietnamese.gates import gated
from scraper.vietnamese.vocabulary import indicators

_MONEY = frozenset({"VND", "USD", "EUR"})
_RATIO = frozenset({"percent", "percentage_point", "times", "‰", ""})
_GROWTH = frozenset({"grdp_growth", "economic_growth", "iip", "cpi"})
_CASES = frozenset(
    {"crime_cases", "traffic_accidents", "drug_cases", "fires", "covid_cases", "crime_clearance_rate"}
)
_PAID = frozenset({"site_clearance"})
"""Counts that money is told of too: what was paid for cleared land."""
_AREAS = frozenset({"ha", "m2", "km2"})
_CASE = frozenset({"case"})
_LEARNERS = frozenset({"person", "học viên", "thí sinh", "sinh viên"})
_HOMES = frozenset({"household", "person", "căn", "nhà", "lượt hộ", "ngôi nhà", "suất", "mái ấm"})
_FITS = {
    "crop_area": _AREAS,
    "crop_yield": frozenset({"tạ/ha", "tấn/ha", "kg", "tạ"}),
    "food_output": frozenset({"tonne", "kg", "tạ"}),
    "fishery_output": frozenset({"tonne", "kg", "con"}),
    "livestock_output": frozenset({"con", "tonne", "quả", "lít", "kg"}),
    "port_cargo": frozenset({"tonne", "teu", "ttq", "container", "m3"}),
    "new_enterprises": frozenset({"enterprise"}),
    "investment_projects": frozenset({"project", "lượt dự án"}),
    "household_businesses": frozenset({"household", "giấy", "case", "giấy phép"}),
    "new_rural_communes": frozenset({"commune"}),
    "ocop_products": frozenset({"sản phẩm"}),
    "road_built": frozenset({"km", "m2"}),
    "tourist_arrivals": frozenset({"visit", "person", "lượt"}),
    "international_tourists": frozenset({"visit", "person", "lượt"}),
    "population": frozenset({"person"}),
    "party_members_admitted": frozenset({"party_member", "person"}),
    "party_members": frozenset({"party_member", "person"}),
    "party_cells_established": frozenset({"party_cell", "tổ chức đảng", "đảng bộ", "chi bộ, đảng bộ"}),
    "conscription": frozenset({"person", "party_member"}),
    "jobs_created": frozenset({"person", "job"}),
    "labour_export": frozenset({"person"}),
    "national_standard_schools": frozenset({"school"}),
    "poverty_rate": frozenset({"household", "person"}),
    "near_poor_rate": frozenset({"household", "person"}),
    "cultural_families": frozenset(
        {
            "household",
            "thôn",
            "tổ dân phố",
            "khu phố",
            "khu dân cư",
            "làng",
            "ấp",
            "khóm",
            "khối phố",
            "xóm",
            "bản",
            "buôn",
            "khối",
            "khu vực",
            "thôn, tổ dân phố",
            "thôn, khu phố",
        }
    ),
    "graduation_rate": _LEARNERS,
    "school_enrolment": _LEARNERS,
    "on_time_file_rate": frozenset({"hồ sơ"}),
    "health_insurance_coverage": frozenset({"person", "thẻ"}),
    "social_insurance_coverage": frozenset({"person", "case"}),
    "unemployment_rate": frozenset({"person"}),
    "trained_workers_rate": frozenset({"person"}),
    "clean_water_rate": frozenset({"household", "person"}),
    "traffic_deaths": frozenset({"person"}),
    "households_supported": _HOMES,
    "forest_cover": _AREAS,
    "social_welfare_spending": _MONEY | {"suất"},
    "urbanization_rate": frozenset({"person"}),
}
_UNPLANNED = frozenset({"national_standard_schools", "traffic_deaths", "population", "school_enrolment"})
_PLANNED = frozenset(
    [
        "VND",
        "USD",
        "ha",
        "tonne",
        "party_member",
        "person",
        "tấn/ha",
        "tạ/ha",
        "visit",
        "job",
        "enterprise",
        "commune",
        "party_cell",
    ]
)
_RATE_NAME = gated(r"(?<!\w)(?:tỷ lệ|tỉ lệ|bao phủ|tỷ trọng|tỷ suất|trên (?:tổng|lực lượng|dân số))(?!\w)")


def fits(key: str, unit: str) -> bool:
    """Tell whether an indicator can be counted in a unit: traffic deaths in persons, not in đồng."""
    if key == "other" or unit in _RATIO:
        return True
    if key in _GROWTH:
        return False
    if key in _CASES:
        return unit in _CASE
    if key in _FITS:
        return unit in _FITS[key]
    if indicators()[key].default_unit in _MONEY:
        return unit in _MONEY
    return unit not in _MONEY or key in _PAID


def traits(key: str, name: str) -> tuple[bool, bool, bool]:
    """Tell of an indicator whether it is a rate, an amount that plans are made for, and a growth."""
    if key in _GROWTH:
        return False, False, True
    is_named_rate = bool(_RATE_NAME.search(name.lower()))
    if key == "other":
        return is_named_rate, False, False
    default = indicators()[key].default_unit
    is_rate = is_named_rate or default == "percent"
    return is_rate, not is_rate and default in _PLANNED and key not in _UNPLANNED, False
