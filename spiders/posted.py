"""Requests with a body, written as one address.

Some list systems give their further pages only to a POST. The frontier, the coverage and the
ledger know a request by its address alone, so the fields are written behind it where no server
ever sees them, in the place of the fragment that every address of ours has lost:

    http://host/path?query#POST?field=value&field=value
"""

from collections.abc import Iterable
from urllib.parse import urlencode

_MARK = "#POST?"


def posted(url: str, fields: Iterable[tuple[str, str]]) -> str:
    """The address that stands for a POST of `fields` to `url`, which has no fragment."""
    return f"{url}{_MARK}{urlencode(list(fields))}"


def split_posted(address: str) -> tuple[str, str | None]:
    """The URL to be asked, and the body to be sent with it; None for a plain GET."""
    url, mark, body = address.partition(_MARK)
    return (url, body) if mark else (address, None)
