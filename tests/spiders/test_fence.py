"""The fence: listed domains, and addresses that are nobody's business."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders.fence import Fence, is_inner, is_loopback_name, literal_address
from spiders.options import SiteSpec

CITY = SiteSpec("市政府", "市政府", "市直", ("https://www.city.gov.cn/",), ("city.gov.cn",))
TOWN = SiteSpec(
    "镇政府", "镇政府", "乡镇街道", ("http://town.city.gov.cn/a/",), ("town.city.gov.cn",)
)
FENCE = Fence((CITY, TOWN))


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://www.city.gov.cn/x", CITY),
        ("http://city.gov.cn:8080/x", CITY),
        ("http://mzj.city.gov.cn/", CITY),
        ("http://town.city.gov.cn/", TOWN),
        ("http://www.town.city.gov.cn./", TOWN),
        ("http://notcity.gov.cn/", None),
        ("http://city.gov.cn.evil.example/", None),
        ("http://www.city.gov.cn@evil.example/", None),
        ("http://gov.cn/", None),
        ("ftp://www.city.gov.cn/", None),
        ("http://[::1/", None),
        ("", None),
    ],
)
def test_the_longest_listed_domain_wins(url: str, site: SiteSpec | None) -> None:
    assert FENCE.site_of(url) is site


def test_without_domains_the_hosts_of_the_start_addresses_are_the_list() -> None:
    fence = Fence((SiteSpec("a", "", "", ("http://www.a.gov.cn:8080/",)),))
    assert fence.allows("http://www.a.gov.cn:8080/x")
    assert not fence.allows("http://www.a.gov.cn/x")
    assert not fence.allows("http://a.gov.cn:8080/x")


def test_an_address_in_the_list_has_no_subdomains() -> None:
    fence = Fence((SiteSpec("a", "", "", ("http://10.1.2.3/",)),))
    assert fence.allows("http://10.1.2.3/x")
    assert not fence.allows("http://2.3/x")


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "127.0.0.1"),
        ("127.1", "127.0.0.1"),
        ("0x7f.1", "127.0.0.1"),
        ("2130706433", "127.0.0.1"),
        ("[::1]", "::1"),
        ("::ffff:10.0.0.1", "10.0.0.1"),
        ("fe80::1%eth0", "fe80::1"),
        ("www.city.gov.cn", None),
        ("12306.cn", None),
    ],
)
def test_addresses_in_every_notation(host: str, address: str | None) -> None:
    found = literal_address(host)
    assert (str(found) if found else None) == address


@pytest.mark.parametrize(
    "text", ["127.0.0.1", "10.1.1.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0",
             "100.64.0.1", "::1", "fe80::1", "fd00::1", "224.0.0.1"],
)  # fmt: skip
def test_inner_addresses(text: str) -> None:
    assert is_inner(ipaddress.ip_address(text))


@pytest.mark.parametrize("text", ["114.114.114.114", "8.8.8.8", "2400:3200::1"])
def test_public_addresses(text: str) -> None:
    assert not is_inner(ipaddress.ip_address(text))


@given(st.ip_addresses())
def test_a_subdomain_never_reaches_an_inner_address(address: ipaddress.IPv4Address) -> None:
    refused = bool(FENCE.refuses_address("sub.city.gov.cn", address))
    assert refused == is_inner(address)


@pytest.mark.parametrize(
    ("start", "host", "address", "refused"),
    [
        ("http://www.a.gov.cn/", "www.a.gov.cn", "10.1.1.1", False),  # seen from the inner net
        ("http://www.a.gov.cn/", "www.a.gov.cn", "127.0.0.1", True),
        ("http://www.a.gov.cn/", "www.a.gov.cn", "169.254.169.254", True),
        ("http://localhost:8000/", "localhost", "127.0.0.1", False),
        ("http://127.0.0.1:8000/", "127.0.0.1", "127.0.0.1", False),
        ("http://169.254.1.1/", "169.254.1.1", "169.254.1.1", False),
        ("http://www.a.gov.cn/", "x.www.a.gov.cn", "10.1.1.1", True),
    ],
)
def test_only_what_is_listed_as_such_may_be_inner(
    start: str, host: str, address: str, refused: bool
) -> None:
    fence = Fence((SiteSpec("a", "", "", (start,)),))
    assert bool(fence.refuses_address(host, ipaddress.ip_address(address))) is refused


def test_names_of_this_machine() -> None:
    assert is_loopback_name("LOCALHOST")
    assert is_loopback_name("127.9.9.9")
    assert not is_loopback_name("www.city.gov.cn")


def test_a_refusal_says_whether_it_was_inner() -> None:
    outside, inner = FENCE.refusal("http://other.example/"), FENCE.refusal("http://127.0.0.1/")
    assert outside
    assert inner
    assert outside != inner
    assert FENCE.refusal("https://www.city.gov.cn/") == ""


def test_two_sites_of_one_host_are_told_apart_by_their_ports() -> None:
    one = SiteSpec("one", "", "", ("http://127.0.0.1:8001/",), ("127.0.0.1",))
    two = SiteSpec("two", "", "", ("http://127.0.0.1:8002/",), ("127.0.0.1",))
    fence = Fence((one, two))
    assert fence.site_of("http://127.0.0.1:8001/a") is one
    assert fence.site_of("http://127.0.0.1:8002/a") is two
    assert fence.site_of("http://127.0.0.1:8003/a") is one
