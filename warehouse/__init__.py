"""The half that takes records and gives tables and files: DuckDB, dbt, publications."""

import os

# Arrow's own pool keeps what was freed, a fifth of a load's memory, and gains no time here. It is chosen when
# Arrow is imported.
os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
