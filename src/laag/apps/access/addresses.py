"""Where a call comes from, as far as it is counted: who has many addresses is one caller all the same."""

from __future__ import annotations

from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from fastapi import Request

_OF_ONE_HOME = 64
"""A home or a server is given so many bits of an IPv6 address, and chooses all others itself."""


@lru_cache(4_096)
def counted(host: str) -> str:
    """An address as limits count it: of IPv6 its network, of IPv4 in IPv6 the IPv4.

    >>> [counted(one) for one in ("192.0.2.7", "::ffff:192.0.2.7", "2001:db8:1:2:3::4", "2001:db8:1:2::ffff%eth0", "kade")]
    ['192.0.2.7', '192.0.2.7', '2001:db8:1:2::/64', '2001:db8:1:2::/64', 'kade']
    """
    try:
        found: IPv4Address | IPv6Address = ip_address(host.partition("%")[0])
    except ValueError:
        return host
    if isinstance(found, IPv4Address):
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(IPv6Network((int(found), _OF_ONE_HOME), strict=False))


def in_the_clear(request: Request) -> bool:
    """Whether others on a network can read along: no TLS, and not from this machine to itself."""
    if request.url.scheme == "https" or request.client is None:
        return False
    try:
        return not ip_address(request.client.host.partition("%")[0].removeprefix("::ffff:")).is_loopback
    except ValueError:
        return True


def address(request: Request) -> str:
    """Where a call comes from; behind a proxy that is trusted, where that says it does."""
    return counted(request.client.host) if request.client else ""
