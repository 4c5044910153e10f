"""An S3-compatible object store on loopback, for tests: moto's, in memory, with one bucket."""

from __future__ import annotations

import logging
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from moto.server import ThreadedMotoServer

BUCKET = "kho-chung"


@dataclass(frozen=True)
class ObjectStore:
    """A store and where it is served."""

    endpoint: str
    """host:port."""

    def settings(self) -> str:
        """The table of lake.toml that leads there."""
        return f'[s3]\nendpoint = "{self.endpoint}"\nurl_style = "path"\nuse_ssl = false\n'

    def listing(self) -> str:
        """The bucket's listing, as the store words it."""
        with urllib.request.urlopen(f"http://{self.endpoint}/{BUCKET}?list-type=2") as answer:
            return str(answer.read(), "utf-8")


@contextmanager
def served_store() -> Iterator[ObjectStore]:
    """Serve one, with keys in the environment that it takes."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("AWS_ACCESS_KEY_ID", "tests")
        patched.setenv("AWS_SECRET_ACCESS_KEY", "khoa-kho-4713")
        patched.setenv("AWS_REGION", "us-east-1")
        try:
            host, port = server.get_host_and_port()
            store = ObjectStore(f"{host}:{port}")
            asked = urllib.request.Request(f"http://{store.endpoint}/{BUCKET}", method="PUT")
            urllib.request.urlopen(asked).close()
            yield store
        finally:
            server.stop()
