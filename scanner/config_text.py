"""The commented `audit.toml` that `audit init` writes."""

from pathlib import Path

from scanner.config import Config, load_config
from scanner.errors import ConfigError, UnreadableError
from scanner.lang import Lang, tr

_ZH = """\
# 隐私排查配置。以 # 开头的行是说明；相对路径从本文件所在的文件夹算起。
# 改完后运行：audit sweep

# 界面语言：zh 或 en。
language = "zh"

[ledger]
# 台账。单机用 SQLite，写文件名即可；多台机器共用时改用 PostgreSQL：
# url = "postgresql://audit@db.example.gov.cn/audit"
path = "audit.db"
# 密钥文件（权限 0600）。台账里只存脱敏值和密钥摘要；密钥丢了，旧记录就认不出重复了，请备份。
key = "audit.key"
# 巡查途中数据库断开或被占用时，最多等多少秒；之后停下，再次运行同一命令可继续。
patience_seconds = 300

[rules]
# 本地规则文件夹：补充或覆盖内置规则（可选）。
# folder = "rules"
# 本地允许清单：已核实可以公开的值，带依据、经办人和有效期（可选）。
# allow_list = "allow.toml"
# 脱敏规范：除按剩余可能号码数判断外，再按一个公开的规范判断（可选，见 docs/masks.md）：
# yongan_2023、hnfxy_2025、spc_judgments_2016、zhejiang_penalty、qiantang_2023、alipay_commercial。
# mask_norm = "yongan_2023"

[rectification]
# 整改期限：发出整改通知后给责任单位的天数（自然日）。
deadline_days = 10

[crawl]
# 对同一主机两次请求之间的间隔（秒）。同一主机同时只有一个请求。
delay_seconds = 1.0
# 同时访问的主机数。
concurrency = 16
# 是否遵守 robots.txt。
robots = true
# 写在 User-Agent 里的联系方式，便于网站管理员找到您。
contact = ""
# 一个请求最多等多少秒。
timeout_seconds = 60
# 超时、断线等可能恢复的失败，再试几次。
retries = 2
# 单个网页或附件最大多少 MB；超过的记为“跳过”，不会悄悄丢掉。
max_size_mb = 64
# 每个网站每次最多抓取的网址数，0 为不限；超出的记为“跳过”。
max_pages = 50000
# 列表只能由网页自己的脚本翻页时，用系统的 Chromium 翻；需要 pip install 'privacy-sweep[browser]'。
browser = false

[archive]
# 是否把抓到的网页加密存档作为证据：none（不存）、findings（只存有问题的网页）、all（全部）。
# 存档里有原文，所以默认不存；要存，请先想好谁保管密钥、存多久。
keep = "none"
# 存档文件夹，以及每个文件保留的天数（过期后由 audit purge 删除）。
# folder = "archive"
# days = 180

# 单位一段 [[unit]]（可选）：网页上署名的来源就是它时，问题记在它名下。
# [[unit]]
# name = "示例乡人民政府"
# level = "乡镇街道"
# parent = "示例单位"
# aliases = ["示例乡", "示例乡政府"]
# 网页没有署名时，按路径、栏目归到它名下：
# paths = ["www.example.gov.cn/shilixiang/"]
# columns = ["示例乡"]

# 一个网站一段 [[site]]，复制即可添加。
[[site]]
# 网站名称，不可重复。
name = "示例网站"
# 责任单位：整改通知发给它。
unit = "示例单位"
# 层级：市直、县区、乡镇街道、村居 之一；不写则在统计里归入“未归类”。
level = "市直"
# 从哪些网址开始。
start = ["http://127.0.0.1:8000/"]
# 允许访问的域名（含其下级域名）；此外的一律不访问。不写则取起始网址的域名。
domains = ["127.0.0.1"]
"""

_EN = """\
# Privacy sweep. Lines that begin with # explain; relative paths count from this file's folder.
# When you have edited it, run: audit sweep

# Language of everything printed: zh or en.
language = "en"

[ledger]
# The ledger. On one machine SQLite: a file name is enough. For several machines PostgreSQL:
# url = "postgresql://audit@db.example.gov.cn/audit"
path = "audit.db"
# The key file (mode 0600). The ledger holds masked values and keyed digests only; without the key
# old records can no longer be recognised, so keep a copy.
key = "audit.key"
# How many seconds a sweep waits for a database that goes away or is locked; then it stops, and
# the same command goes on.
patience_seconds = 300

[rules]
# A folder of local rules that add to or override the bundled ones (optional).
# folder = "rules"
# The local allow-list: values that were checked and may stand, with basis, person and expiry.
# allow_list = "allow.toml"
# A published norm that masks are held against, besides the count of values that still fit
# (optional, see docs/masks.md): yongan_2023, hnfxy_2025, spc_judgments_2016, zhejiang_penalty,
# qiantang_2023, alipay_commercial.
# mask_norm = "yongan_2023"

[rectification]
# Days (calendar days) a unit is given after its notice.
deadline_days = 10

[crawl]
# Seconds between two requests to one host. There is never more than one request a host.
delay_seconds = 1.0
# Hosts asked at the same time.
concurrency = 16
# Whether robots.txt is obeyed.
robots = true
# Put into the user agent, so that a site's owner can reach you.
contact = ""
# Seconds to wait for an answer.
timeout_seconds = 60
# Further attempts after a failure that may pass, such as a time-out.
retries = 2
# Largest page or attachment in MB; a larger one is reported as skipped, never dropped in silence.
max_size_mb = 64
# Most URLs fetched of one site in one sweep, 0 for no limit; the rest is reported as skipped.
max_pages = 50000
# Turn lists that only their own script can turn in the system's Chromium; needs
# pip install 'privacy-sweep[browser]'.
browser = false

[archive]
# Whether fetched pages are kept, encrypted, as evidence: none, findings (only pages with something
# to rectify) or all. An archive holds what the pages show, so nothing is kept unless asked: decide
# first who keeps the key, and for how long.
keep = "none"
# Where, and for how many days a file is kept: after that `audit purge` deletes it.
# folder = "archive"
# days = 180

# One [[unit]] for each body that publishes on another's site (optional): what its name stands
# under as the source of a page is counted as its own.
# [[unit]]
# name = "Sample town"
# level = "乡镇街道"
# parent = "Sample unit"
# aliases = ["Sample town hall"]
# Where a page names nobody, by its path or its column:
# paths = ["www.example.gov.cn/sample-town/"]
# columns = ["Sample town"]

# One [[site]] for each web site; copy it to add another.
[[site]]
# Its name; no two may be the same.
name = "Sample site"
# The unit that answers for it: notices go to it.
unit = "Sample unit"
# Level: one of 市直 (city), 县区 (county), 乡镇街道 (township), 村居 (village).
# Without it the unit is counted as 未归类 (no level).
level = "市直"
# Where to begin.
start = ["http://127.0.0.1:8000/"]
# Hosts that may be asked (with their subdomains); nothing outside is fetched. Without it: the hosts
# of the start URLs.
domains = ["127.0.0.1"]
"""


def config_text(lang: Lang) -> str:
    """The commented configuration in one language."""
    return _EN if lang == "en" else _ZH


def write_config(path: Path, lang: Lang) -> Config:
    """Write a fresh configuration to `path` and read it back.

    Raises ConfigError where the file is already there: it is never overwritten.
    """
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(config_text(lang))
    except FileExistsError as error:
        raise ConfigError(
            tr(
                f"{path} 已经存在，没有改动它；要重新生成请先把它改名",
                f"{path} is already there and was left as it is; "
                "rename it first to write a fresh one",
            )
        ) from error
    except OSError as error:
        raise UnreadableError(
            tr(f"写不了 {path}：{error.strerror}", f"cannot write {path}: {error.strerror}")
        ) from error
    return load_config(path)
