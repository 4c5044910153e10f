"""Certificates: what is refused, what a portal's own bundle mends, and how loud the opt-out is."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from scraper.archive.reader import archive_files, archive_folder, read_archive
from scraper.errors import PortalError
from scraper.portal_catalogue import load_portals
from tests.crawl.site import Site, pages_of, portal_for, run_crawl, serving
from warehouse.advice import advice_on
from warehouse.portal_health import PortalHealth

TODAY = datetime.now(UTC)


@dataclass
class Issued:
    """A certificate and its key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    @property
    def key_pem(self) -> bytes:
        plain = serialization.NoEncryption()
        return self.key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)


def issue(name: str, by: Issued | None, is_authority: bool, days: int = 2) -> Issued:
    """Issue a certificate; `by` None: it vouches for itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(by.certificate.subject if by else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(TODAY - timedelta(days=9))
        .not_valid_after(TODAY + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
    )
    if not is_authority:
        builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
    return Issued(builder.sign(by.key if by else key, hashes.SHA256()), key)


@dataclass
class Chain:
    """A root, an intermediate, and files of them."""

    folder: Path
    root: Issued
    intermediate: Issued

    def file(self, name: str, *parts: bytes) -> Path:
        path = self.folder / name
        path.write_bytes(b"".join(parts))
        return path

    def leaf(self, name: str = "localhost", days: int = 2) -> Path:
        """Write what a server presents that leaves its intermediate out, with the key."""
        leaf = issue(name, self.intermediate, False, days)
        return self.file("leaf.pem", leaf.key_pem, leaf.pem)


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Chain:
    root = issue("Root", None, True)
    return Chain(tmp_path_factory.mktemp("chain"), root, issue("Intermediate", root, True))


@contextmanager
def over_tls(presented: Path) -> Iterator[Site]:
    site = Site()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(presented)
    site.server.socket = context.wrap_socket(site.server.socket, server_side=True)
    site.sitemap({site.article(number): None for number in range(3)})
    for page in site.pages.values():
        page.body = page.body.replace(b"https://hai-phong.test/", f"https://localhost:{site.port}/".encode())
    with serving(site):
        yield site


def crawl(site: Site, home: Path, environment: dict[str, str] | None = None, **portal: Any) -> dict[str, Any]:
    record = portal_for(
        None,
        base_url=f"https://localhost:{site.port}",
        hosts=("localhost",),
        sitemaps=("/sitemap.xml",),
        **portal,
    )
    report = run_crawl(record, home, environment=environment, retries=0, trusts_loopback=True)
    found: dict[str, Any] = report["portals"]["hai-phong"]
    return found


def test_a_missing_intermediate_is_refused_and_the_portals_bundle_mends_it(chain: Chain, home: Path) -> None:
    system = {"SSL_CERT_FILE": str(chain.file("system.pem", chain.root.pem))}
    with over_tls(chain.leaf()) as site:
        refused = crawl(site, home, system)
        assert site.asked == []
        assert "TLS certificate" in refused["failure"]
        mended = crawl(site, home, system, ca_bundle=chain.file("intermediate.pem", chain.intermediate.pem))
    assert (mended["failure"], mended["fetched"]) == (None, 3)


def test_a_bundle_is_for_its_portal_alone_and_vouches_for_no_other_name(chain: Chain, home: Path) -> None:
    bundle = chain.file("bundle.pem", chain.intermediate.pem, chain.root.pem)
    with over_tls(chain.leaf("khac.test")) as site:
        assert "another host's" in crawl(site, home / "name", ca_bundle=bundle)["failure"]
    with over_tls(chain.leaf(days=-1)) as site:
        assert "cannot be verified" in crawl(site, home / "day", ca_bundle=bundle)["failure"]
    with over_tls(chain.leaf()) as site:
        assert crawl(site, home / "good", ca_bundle=bundle)["fetched"] == 3
        site.forget()
        assert "cannot be verified" in crawl(site, home / "bare")["failure"]
        assert site.asked == []


def test_not_verifying_is_loud_in_the_report_and_in_every_record(chain: Chain, home: Path) -> None:
    with over_tls(chain.leaf("khac.test", days=-1)) as site:
        report = crawl(site, home, verifies_tls=False)
    assert (report["failure"], report["fetched"]) == (None, 3)
    told = [problem["detail"] for problem in report["problems"] if problem["kind"] == "tls_unverified"]
    assert len(told) == 1
    assert "verify_tls = false" in told[0]
    assert report["is_unverified"] is True
    folder = archive_folder(home, "hai-phong")
    records = [one for file in archive_files(folder) for one in read_archive(folder, "hai-phong", file.name)]
    assert len(records) >= 4
    assert {one.fetch.tls for one in records} == {"unverified"}


def test_status_says_it_and_what_to_do() -> None:
    given: dict[str, Any] = {each.name: 0 for each in fields(PortalHealth)}
    given |= {"portal": "hai-phong", "failure": None, "held_at": None, "troubles": (), "was_held": False}
    for counted, expected in (({"is_unverified": True}, 1), ({"is_unverified": False}, 0), ({}, 0)):
        found = advice_on([], [PortalHealth(**given | {"crawl": counted})], None, None)
        assert len(found) == expected
        assert all("verify_tls" in advice.trouble and "ca_bundle" in advice.todo for advice in found)


def test_records_of_a_verified_portal_say_nothing(site: Site, home: Path) -> None:
    site.sitemap({site.article(1): None})
    run_crawl(portal_for(f"127.0.0.1:{site.port}", sitemaps=("/sitemap.xml",)), home)
    folder = archive_folder(home, "hai-phong")
    for file in archive_files(folder):
        assert {one.fetch.tls for one in read_archive(folder, "hai-phong", file.name)} == {None}
    assert len(pages_of(home)) == 2


PORTAL = 'name = "Cổng"\nbase_url = "https://cong.test"\nfamily = "wordpress"\n'


def test_a_portals_file_names_its_bundle_beside_it(chain: Chain, tmp_path: Path) -> None:
    (tmp_path / "certs").mkdir()
    (tmp_path / "certs" / "ca.pem").write_bytes(chain.intermediate.pem)
    (tmp_path / "cong.toml").write_text(PORTAL + 'ca_bundle = "certs/ca.pem"\n')
    assert load_portals(tmp_path)["cong"].ca_bundle == (tmp_path / "certs" / "ca.pem").resolve()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('ca_bundle = "none.pem"', "none.pem cannot be read: No such file"),
        ('ca_bundle = "cong.toml"', "holds no certificates"),
        ("ca_bundle = true", "must be a string"),
        ('verify_tls = "no"', "must be true or false"),
        ('verify_tls = false\nca_bundle = "ca.pem"', "keep one"),
        ('connect = "127.0.0.1:80"\nca_bundle = "ca.pem"', "plain http"),
        ('cookie_challenge = "always"', '"refuse" or "set-once"'),
        ("cookie_chalenge = 1", "did you mean cookie_challenge"),
    ],
)
def test_a_wrong_word_is_refused(chain: Chain, tmp_path: Path, line: str, said: str) -> None:
    (tmp_path / "ca.pem").write_bytes(chain.intermediate.pem)
    (tmp_path / "cong.toml").write_text(f"{PORTAL}{line}\n", encoding="utf-8")
    with pytest.raises(PortalError, match=said):
        load_portals(tmp_path)
