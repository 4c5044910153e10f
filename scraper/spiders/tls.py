"""How a server's certificate is verified: by the system's authorities, and by those of the portal's own
bundle beside them where its file names one."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

from twisted.internet.ssl import OpenSSLDefaultPaths
from twisted.web.client import BrowserLikePolicyForHTTPS
from twisted.web.iweb import IPolicyForHTTPS


class _DefaultsAndBundle(OpenSSLDefaultPaths):
    """The system's authorities, and a PEM file's: roots, or intermediates that a server leaves out."""

    def __init__(self, bundle: Path) -> None:
        self._bundle = bundle

    def _addCACertsToContext(self, context: Any) -> None:  # noqa: ANN401 - Twisted asks for this name
        super()._addCACertsToContext(context)  # type: ignore[no-untyped-call]
        context.load_verify_locations(str(self._bundle))


def policy_with(bundle: Path) -> IPolicyForHTTPS:
    """Return the policy by which a portal with its own bundle is connected to; host names are checked too.

    An intermediate in the bundle completes a chain to a root that the system trusts; it is no root itself.
    """
    policy = BrowserLikePolicyForHTTPS(trustRoot=_DefaultsAndBundle(bundle))  # type: ignore[no-untyped-call]
    return cast("IPolicyForHTTPS", policy)
