"""What a crawl is told: the sites, and how gently they are to be read."""

from dataclasses import dataclass

from scanner.errors import ConfigError
from scanner.lang import tr

PROGRAM_AGENT = "privacy-sweep/0.1"
MIB = 1024 * 1024
SLOWEST = 60.0  # seconds between two requests, when a host answers ever more slowly

_FLOORS: dict[str, float] = {
    "delay": 0,
    "per_host": 1,
    "concurrency": 1,
    "timeout": 0.1,
    "max_size": 1,
    "retries": 0,
    "retry_wait": 0,
    "max_wait": 0,
    "redirects": 0,
    "max_depth": 0,
    "max_pages": 0,
    "commit_every": 1,
    "commit_seconds": 0,
    "grace": 0,
}


@dataclass(frozen=True, slots=True)
class SiteSpec:
    """One site of the list: who answers for it, where it starts, how far it reaches."""

    name: str
    unit: str
    level: str  # 市直, 县区, 乡镇街道, 村居 or ""
    start_urls: tuple[str, ...]
    domains: tuple[str, ...] = ()  # "example.gov.cn" takes in its subdomains; "host:port" is exact


@dataclass(frozen=True, slots=True)
class CrawlOptions:
    """How sites are read. The defaults are what a small county server bears without noticing."""

    delay: float = 1.0  # seconds between two requests to one host
    per_host: int = 1  # requests at a time to one host
    concurrency: int = 16  # requests at a time over all hosts
    timeout: float = 60.0  # seconds for one answer
    max_size: int = 64 * MIB  # bytes of one answer
    retries: int = 2  # further attempts after a failure that may pass
    retry_wait: float = 5.0  # seconds before the first of them, doubled each time
    max_wait: float = 120.0  # longest wait a server may ask for with Retry-After, seconds
    redirects: int = 5
    max_depth: int = 30  # links away from a start address
    max_pages: int = 50_000  # of one site in one run, 0 for no limit
    obey_robots: bool = True
    throttle: bool = True  # slow down further when a host answers slowly
    contact: str = ""  # where the owner of a site can complain: a mail address or a page
    browser: bool = False  # turn lists in a browser that only their own script can turn
    conditional: bool = True  # ask only for what changed since the last sweep
    commit_every: int = 100  # results in one transaction
    commit_seconds: float = 2.0  # longest time a result waits for its transaction
    grace: float = 5.0  # seconds that requests in flight are given after Ctrl-C

    def __post_init__(self) -> None:
        """Refuse numbers that cannot be meant, all of them at once."""
        faults = [
            tr(f"{name} 不能小于 {floor}", f"{name} must be at least {floor}")
            for name, floor in _FLOORS.items()
            if getattr(self, name) < floor
        ]
        if not (self.contact.isascii() and (self.contact == "" or self.contact.isprintable())):
            faults.append(
                tr(
                    "contact 只能用英文邮箱或网址",
                    "contact must be a mail address or a page, in ASCII",
                )
            )
        if faults:
            raise ConfigError(faults)

    @property
    def user_agent(self) -> str:
        """What the program calls itself, with the contact so that it can be complained about."""
        return f"{PROGRAM_AGENT} (+{self.contact})" if self.contact else PROGRAM_AGENT

    @property
    def lease_seconds(self) -> float:
        """How long a leased address may take, worst case, before another may take it over."""
        pace = max(self.delay, SLOWEST) if self.throttle else self.delay
        queue = 2 * self.concurrency * pace
        tries = (self.retries + 1) * self.timeout + self.retries * self.max_wait
        return 120 + queue + tries
