"""CityLedger for notebooks: `cityledger.frame(sql)` asks a publication and gives a pandas frame."""

from warehouse.publication.frame import frame

__all__ = ["frame"]
