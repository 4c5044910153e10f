"""Every error that CityLedger raises on purpose, in one tree.

CityLedgerError                 one line for the user, exit code 1
├── UsageError                  the command or its arguments are wrong: change the call (exit 2)
├── LockedError                 another run or program holds what is needed: wait, or close it (exit 3)
│   └── LeaseLost               … another worker has taken the portal over: nothing more is written
├── ConfigError                 a file that a person wrote is wrong: mend the file that is named
│   └── PortalError             … a portal's or a CMS family's TOML: file and key are named
├── HomeError                   the home cannot be used: not writable, full, or no home at all
├── MachineError                reading failed, and not for the page's sake: no memory, files, library
├── ClusterError                the cluster that was to read cannot: unreachable, other readers, no archive
├── ArchiveError                a WARC file cannot be read where it should be
├── WarehouseError              the DuckDB file cannot be used: foreign, newer, damaged
├── BuildError                  dbt refused: nothing is published, the old publication stays
├── PublicationError            a gate refused the publication, the old one stays
└── ReadError                   one page cannot be read; recorded as a problem, the rest goes on
    ├── PageRefused             the bytes are no article page: empty, binary, too large, too deep
    └── SelectorError           a selector found none, or many, where one was promised
"""


class CityLedgerError(Exception):
    """Something the user should know in one line; the message says what to do."""

    exit_code = 1


class UsageError(CityLedgerError):
    """The command or its arguments are wrong: change the call."""

    exit_code = 2


class InterruptedRun(CityLedgerError):
    """A signal stopped the run: what was done is kept, if `is_kept`, the same command goes on from there."""

    def __init__(self, number: int, is_kept: bool = True) -> None:
        kept = "; what was done is kept, the same command goes on from there" if is_kept else ""
        super().__init__(f"stopped by a signal{kept}")
        self.exit_code = 128 + number


class FellShort(CityLedgerError):
    """The run went through, but not everything came of it that should have: the message says what."""


class LockedError(CityLedgerError):
    """Another run or a foreign process holds the lock: wait for it, or close it."""

    exit_code = 3


class LeaseLost(LockedError):
    """This worker was silent for so long that another one took the portal over: leave it to that one."""


class ConfigError(CityLedgerError):
    """A file that a person wrote is wrong: mend the file and key that are named."""


class PortalError(ConfigError):
    """A portal's or CMS family's TOML is wrong: the message names the file and the key."""


class HomeError(CityLedgerError):
    """The home directory cannot be used: give another with --home, or free it."""


class MachineError(CityLedgerError):
    """A page was not read for a reason that lies in the machine: mend that, the page counts as unread."""


class ClusterError(CityLedgerError):
    """The Dask cluster cannot be used: start it, install the same CityLedger there, or share the home."""


class ArchiveError(CityLedgerError):
    """An archive file cannot be read where a record should be: restore the file."""


class WarehouseError(CityLedgerError):
    """The DuckDB file cannot be used: it is foreign, damaged or made by a newer version."""


class BuildError(CityLedgerError):
    """dbt refused the build: the message names the first model or test; the old publication stays."""


class PublicationError(CityLedgerError):
    """A gate refused the publication: the message says which; the last good one stays."""


class ReadError(CityLedgerError):
    """One page cannot be read: record it as a problem and go on with the rest."""


class PageRefused(ReadError):
    """The bytes are no page that can be read: empty, binary, too large or nested too deep.

    `kind` is the problem's: page_refused, error_page (of status 200) or challenge.
    """

    def __init__(self, message: str, kind: str = "page_refused") -> None:
        super().__init__(message)
        self.kind = kind


class SelectorError(ReadError):
    """A selector found none or many where exactly one was promised: mend the layout."""
