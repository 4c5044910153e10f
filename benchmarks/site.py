"""The site that is crawled: pages of `replica write`, served by nginx on loopback, and the portals' files.

The portals are known as any others are. Their files say the one thing in which this site differs: that its
server is our own and stands anywhere a request (`connect`, `rate = 10000`). Discovery is by the sitemap that
is written for every host, since static files answer no query.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from scraper.replica import Replica
from scraper.replica.portal_files import portal_toml
from scraper.replica.sites import SITES
from scraper.replica.static import nginx_conf

RATE = 10_000
_CONF = """\
{user}daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
  access_log off; sendfile on; tcp_nodelay on; keepalive_requests 1000000; server_names_hash_bucket_size 64;
  types {{ text/html html; application/xml xml; text/plain txt; }}
  client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder};
  uwsgi_temp_path {folder}; scgi_temp_path {folder};
{servers}}}
"""


@dataclass(frozen=True, slots=True)
class Served:
    """A site that is being served."""

    pages: int
    page_bytes: int
    """Of all article pages together."""
    portals: Path
    """Folder of the portals' files."""
    port: int


@contextmanager
def served(folder: Path, pages: int, seed: int) -> Iterator[Served]:
    """Write so many pages into a folder and serve them until the block is left."""
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if nginx is None:
        sys.exit("nginx is missing: install Debian's nginx-light (or nginx), and run the same command again")
    site, portals, scratch = folder / "site", folder / "portals", folder / "nginx"
    replica = Replica(seed=seed, articles=pages)
    replica.write(site)
    for each in (portals, scratch):
        each.mkdir()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    for one in SITES:
        text = portal_toml(one, f"127.0.0.1:{port}").partition("[discovery]")[0]
        text = "\n".join(f"rate = {RATE}" if line.startswith("rate") else line for line in text.split("\n"))
        discovery = 'sitemaps = ["/sitemap.xml"]\nlistings = []\nfeeds = []\n'
        (portals / f"{one.slug}.toml").write_text(f"{text}[discovery]\n{discovery}", "utf-8")
    size = sum(
        path.stat().st_size
        for entry in replica.entries
        for path in [site / entry.site.host / entry.path.lstrip("/")]
        if path.is_file()
    )
    conf = scratch / "nginx.conf"
    # Started by root it would serve as somebody who may not look into a temporary folder.
    user = "user root; " if os.geteuid() == 0 else ""
    conf.write_text(_CONF.format(user=user, folder=scratch, servers=nginx_conf(site, SITES, port)), "utf-8")
    server = subprocess.Popen([nginx, "-p", scratch, "-c", conf, "-e", scratch / "error.log"])
    try:
        _wait_for(port, server, scratch / "error.log")
        yield Served(pages, size, portals, port)
    finally:
        server.terminate()
        server.wait()


def _wait_for(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if server.poll() is not None:
            break
        time.sleep(0.05)
    sys.exit(f"nginx does not serve: {log.read_text('utf-8') if log.is_file() else 'it says nothing'}")
