"""Names to addresses, on the event loop's own threads.

The addresses found are kept, so that the one that was judged by the fence is the one that is
connected to, whatever the name server says the second time.
"""

import asyncio
import ipaddress
import socket
from collections.abc import Sequence
from typing import Any, Self

from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError
from scrapy.resolver import HostResolution
from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.interfaces import IAddress, IHostnameResolver
from zope.interface import implementer  # type: ignore[import-untyped]

_LIMIT = 10_000

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
_known: dict[str, tuple[str, ...]] = {}


def forget() -> None:
    """Drop every address found so far: names are asked for anew in each sweep."""
    _known.clear()


async def lookup(host: str, timeout: float = 30.0) -> tuple[str, ...]:
    """The addresses of `host`, IPv4 first. Raises CannotResolveHostError."""
    if host in _known:
        return _known[host]
    loop = asyncio.get_running_loop()
    try:
        answer = await asyncio.wait_for(
            loop.getaddrinfo(host, None, type=socket.SOCK_STREAM), timeout
        )
    except (OSError, TimeoutError, UnicodeError) as error:
        raise CannotResolveHostError(host) from error
    found = dict.fromkeys(str(entry[4][0]) for entry in answer)
    addresses = tuple(sorted(found, key=lambda text: ":" in text))
    if len(_known) >= _LIMIT:
        _known.clear()
    _known[host] = addresses
    return addresses


@implementer(IHostnameResolver)
class LoopResolver:
    """Scrapy's resolver, made of `lookup`."""

    def __init__(self, reactor: Any, timeout: float) -> None:
        self.reactor = reactor
        self.timeout = timeout

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: Any) -> Self:
        """As Scrapy builds it."""
        return cls(reactor, crawler.settings.getfloat("DNS_TIMEOUT"))

    def install_on_reactor(self) -> None:
        """Answer every name that the reactor asks for from here on."""
        self.reactor.installNameResolver(self)

    def resolveHostName(  # noqa: N802  (Twisted's name)
        self,
        resolutionReceiver: Any,  # noqa: N803  (an IResolutionReceiver)
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: Sequence[type[IAddress]] | None = None,  # noqa: ARG002, N803
        transportSemantics: str = "TCP",  # noqa: ARG002, N803
    ) -> HostResolution:
        """Tell the receiver each address; none at all when the name has none."""
        resolution = HostResolution(hostName)
        resolutionReceiver.resolutionBegan(resolution)

        async def tell() -> None:
            try:
                for text in await lookup(hostName, self.timeout):
                    kind = IPv6Address if ":" in text else IPv4Address
                    resolutionReceiver.addressResolved(kind("TCP", text, portNumber))
            except CannotResolveHostError:
                pass  # no address told: the connection fails with "no results for hostname"
            resolutionReceiver.resolutionComplete()

        self._telling = asyncio.ensure_future(tell())
        return resolution
