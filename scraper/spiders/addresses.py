"""Which network addresses may be connected to: public ones, whatever the form in which they are written."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, ip_address

_REFUSED = (
    IPv4Network("192.0.0.0/24"),  # of protocols (RFC 6890); Oracle's metadata are in it
    IPv4Network("168.63.129.16/32"),  # Azure's host agent
)
"""Addresses that pass for public ones and lead to no web site."""


def is_public(host: str) -> bool | None:
    """Tell whether an address may be connected to; None where the text is a name and no address.

    Private, loopback, link-local (and with it the metadata addresses of clouds), shared (carrier NAT),
    reserved, unspecified and multicast addresses are not public, nor is an IPv6 address that wraps one of
    them (mapped, 6to4, Teredo; the other wrappings are reserved altogether).
    """
    try:
        address = ip_address(host.strip("[]").partition("%")[0])
    except ValueError:
        return None
    return all(map(_is_public, (address, *_wrapped(address))))


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    if address.is_multicast or address.is_reserved or address.is_unspecified:
        return False
    return address.is_global and not any(address in network for network in _REFUSED)


def _wrapped(address: IPv4Address | IPv6Address) -> list[IPv4Address]:
    if isinstance(address, IPv4Address):
        return []
    found = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    return [each for each in found if each is not None]
