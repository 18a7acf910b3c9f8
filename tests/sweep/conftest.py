"""A site on loopback and an office's desk that watches it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from spiders.options import SiteSpec
from tests.servers import TestSite, serving
from tests.sweep.making import Desk


@pytest.fixture
def site() -> Iterator[TestSite]:
    with serving() as running:
        yield running


@pytest.fixture
def desk(tmp_path: Path, site: TestSite) -> Desk:
    return Desk(tmp_path, sites=(SiteSpec("门户", "办公室", "市直", (site.url + "/",)),))
