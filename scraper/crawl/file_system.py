"""What kind of file system a path lies on: some are shared between machines, and ask for more care."""

from __future__ import annotations

from pathlib import Path

_MOUNTS = Path("/proc/self/mountinfo")
# fmt: off
_SHARED = {
    "9p", "afs", "beegfs", "ceph", "cifs", "davfs", "gfs2", "glusterfs", "gpfs", "lustre", "ncpfs", "nfs",
    "nfs4", "ocfs2", "orangefs", "pvfs2", "smb3", "smbfs", "vboxsf", "virtiofs",
}
# fmt: on
_FUSE_OF_ONE_MACHINE = ("fuse.fuse-overlayfs", "fuse.gvfsd-fuse")


def is_shared(path: Path) -> bool:
    """Tell whether other machines may see a path too, by the file system it is mounted from; False where
    the system does not say."""
    try:
        mounts = _MOUNTS.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return kind_is_shared(kind_of(path.resolve(), mounts))


def kind_of(path: Path, mounts: str) -> str:
    """Return the kind of file system that a path lies on, "" where it is on none of them.

    Args:
        path: Absolute, without links.
        mounts: As in /proc/self/mountinfo, see proc(5).
    """
    best, kind = -1, ""
    for line in mounts.splitlines():
        before, found, after = line.partition(" - ")
        fields = before.split()
        if not found or len(fields) < 5:
            continue
        point = Path(fields[4].encode().decode("unicode_escape").encode("latin-1").decode("utf-8", "replace"))
        # Of two mounts on one point the later one covers the other.
        if len(point.parts) >= best and path.is_relative_to(point):
            best, kind = len(point.parts), after.split()[0]
    return kind


def kind_is_shared(kind: str) -> bool:
    """Tell whether a kind of file system is one that machines share; of FUSE, which may be anything, too."""
    return kind in _SHARED or (kind.startswith("fuse.") and kind not in _FUSE_OF_ONE_MACHINE)
