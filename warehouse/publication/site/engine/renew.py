"""Make the SQL page's engine again from its npm packages: run this module with `python -m`.

For developers on Linux (x64) with npm; nobody who runs CityLedger needs it. Versions and digests are pinned,
so that the same packages give the same files. A new version means new lines below, a look at the tests, and
that the new engine reads the storage version that `warehouse/connect.py` writes.
"""

from __future__ import annotations

import gzip
import subprocess
import tarfile
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from scraper.errors import UsageError

FOLDER = Path(__file__).parent

_PACKAGES = {
    "@duckdb/duckdb-wasm@1.32.0": "13c29d80888b795cb493b281685d3d3e1738db2fad50d419e2884c6585789722",
    "apache-arrow@17.0.0": "3517f9ef256e9e5bf819f92652028545131660784c68818604e9025ec643b317",
    "flatbuffers@24.12.23": "34365adda6849859c49f2336d6bb2bfdff25a48fd81d794ade1a4ace5f217457",
    "tslib@2.9.1": "8092ae46b512c361b086443cc1b6ae94bfe2587b75034663e4b89d24ba40670a",
    "@esbuild/linux-x64@0.28.2": "9573bb2233aab0f9ea7647d5cca9726113cc1768de61d66b17267f4db84488f6",
}
"""Name and version of each package, and the SHA-256 of its archive; the last one only bundles."""

_BUNDLING = (
    "--bundle", "--minify", "--legal-comments=none",
    "--format=iife", "--global-name=duckdb", "--platform=browser",
)  # fmt: skip


def renew(folder: Path = FOLDER) -> None:
    """Fetch the packages by npm, check them, and write the three files of the engine.

    Args:
        folder: Where `duckdb.js`, `duckdb-worker.js` and `duckdb.wasm.gz` are written.

    Raises:
        UsageError: A package is not the one that is pinned here.
    """
    with TemporaryDirectory() as name:
        modules = Path(name) / "node_modules"
        for package, digest in _PACKAGES.items():
            _unpack(package, digest, Path(name), modules / package.rpartition("@")[0])
        entry = Path(name) / "entry.js"
        entry.write_bytes((FOLDER / "entry.js").read_bytes())
        bundler = modules / "@esbuild" / "linux-x64" / "bin" / "esbuild"
        subprocess.run([bundler, entry, *_BUNDLING, f"--outfile={folder / 'duckdb.js'}"], check=True)
        parts = modules / "@duckdb" / "duckdb-wasm" / "dist"
        worker = (parts / "duckdb-browser-eh.worker.js").read_text(encoding="utf-8")
        # Its last line names a map that is not served.
        (folder / "duckdb-worker.js").write_text(worker.rpartition("\n//# ")[0] + "\n", encoding="utf-8")
        machine = (parts / "duckdb-eh.wasm").read_bytes()
        (folder / "duckdb.wasm.gz").write_bytes(gzip.compress(machine, 9, mtime=0))


def _unpack(package: str, digest: str, work: Path, target: Path) -> None:
    done = subprocess.run(
        ["npm", "pack", "--silent", package], cwd=work, check=True, capture_output=True, text=True
    )
    archive = work / done.stdout.split()[-1]
    found = sha256(archive.read_bytes()).hexdigest()
    if found != digest:
        raise UsageError(f"{package}: its archive has the SHA-256 {found}, not {digest}; nothing was renewed")
    with tarfile.open(archive) as tar:
        tar.extractall(work / "unpacked", filter="data")
    target.parent.mkdir(parents=True, exist_ok=True)
    (work / "unpacked" / "package").rename(target)


if __name__ == "__main__":
    renew()
