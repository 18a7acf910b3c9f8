"""The re-check spider: fetches flagged pages and attachments again, whole, and nothing else."""

from scanner.model import Link
from spiders.site import SiteSpider


class RecheckSpider(SiteSpider):
    """As the site spider, but unconditional, through redirects, and without following pages.

    A page that was moved to another address is still the page that was flagged: what the address
    gives today is what is judged. The attachments of a flagged page are read with it.
    """

    name = "recheck"
    follow_redirects = True

    @staticmethod
    def follows(link: Link) -> bool:
        """Only attachments."""
        return link.is_attachment
