"""The data dictionary: every published column in Vietnamese and English, with unit, source and an example."""
