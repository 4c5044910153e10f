"""How a server's certificate is verified: by the system's authorities, and by those of the portal's own
bundle beside them where its file names one."""

from __future__ import annotations

import ssl
from functools import cache
from pathlib import Path

from scraper.portal import Portal


def context_for(portal: Portal) -> ssl.SSLContext:
    """Return how a portal is connected to over TLS; host names are checked too.

    An intermediate in its bundle completes a chain to a root that the system trusts; it is no root itself.
    Where its file says `verify_tls = false` nothing is verified.
    """
    return _context(portal.verifies_tls, portal.ca_bundle)


@cache  # Reading the system's authorities takes as long as ten pages.
def _context(verifies: bool, bundle: Path | None) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    # The library's own choice: Python's is narrower, and old servers would be lost.
    context.set_ciphers("DEFAULT")
    if not verifies:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        return context
    context.load_default_certs()
    if bundle is not None:
        context.load_verify_locations(bundle)
    return context
