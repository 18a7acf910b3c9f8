"""What `--help` says of every command and option, in Chinese and English."""

Words = tuple[str, str]

WORDS: dict[str, Words] = {
    "audit": (
        "查出政府网站上不该公开的个人信息，逐条审核、督促整改、统计。\n\n"
        "退出码：0 正常，1 发现泄露（scan --fail-on），2 用法或配置有误，3 有内容没有读出。",
        "Find personal data that public sites should not show; review it, have it rectified, "
        "count it.\n\nExit status: 0 fine, 1 leaks found (scan --fail-on), 2 wrong use or "
        "configuration, 3 something could not be read.",
    ),
    "config": (
        "配置文件，缺省为 ./audit.toml。",
        "Configuration file; ./audit.toml if not given.",
    ),
    "ledger": (
        "台账：SQLite 文件或 postgresql:// 网址，优先于配置。",
        "Ledger: an SQLite file or a postgresql:// URL; goes before the configuration.",
    ),
    "lang": ("界面语言。", "Language of everything printed."),
    "version": ("显示版本号后退出。", "Show the version and exit."),
    "init": (
        "写一份带注释的配置文件 audit.toml。",
        "Write a commented configuration, audit.toml.",
    ),
    "sweep": (
        "抓取并扫描所有网站（只取有变化的；旧网页按发布时间轮流复读），结果记入台账。\n\n"
        "中断后再次运行会从断点继续。",
        "Crawl and scan every site, only what changed, into the ledger; old pages take turns.\n\n"
        "Run it again after an interruption: it goes on where it stopped.",
    ),
    "sweep.site": (
        "只抓取这个网站（名称同配置），可写多次。",
        "Only this site, by its name; may be given more than once.",
    ),
    "sweep.full": (
        "全部重新抓取，不看是否有变化。",
        "Fetch everything again, changed or not.",
    ),
    "sweep.only_new": (
        "只读从未读过的网页和附件，以及发现它们所需的列表和栏目页。",
        "Read only what was never read before, and the lists and columns that lead to it.",
    ),
    "sweep.since": (
        "同 --only-new，另加这一天（YYYY-MM-DD）及以后发布的。",
        "As --only-new, and what was published on or after this day (YYYY-MM-DD).",
    ),
    "sweep.plan": (
        "只估算：读起始页和列表页，说明要读多少、要多久；不扫描，不改台账。",
        "Only estimate, from the start and list pages: how much, how long; nothing is changed.",
    ),
    "sweep.format": (
        "输出格式；json 含每个网站和每个列表的覆盖情况。",
        "Output; json has the coverage of each site and each list.",
    ),
    "sweep.workers": (
        "用几个抓取进程（默认 1）；同一主机同时只由其中一个访问。",
        "How many processes crawl (1); a host is asked by one of them at a time.",
    ),
    "sweep.join": (
        "参加本台账上正在进行的巡查（可在另一台机器上）；没有则开始一次。",
        "Take part in the sweep that runs on this ledger, from another machine too; or begin one.",
    ),
    "rekey": (
        "原密钥已丢失，改用现在的密钥（旧记录保留，但不能再与新发现比对）。",
        "The old key is lost, go on with this one: old findings stay but match nothing new.",
    ),
    "scan": (
        "扫描文件和文件夹（发布前自查）。",
        "Scan files and folders before they are published.",
    ),
    "scan.format": (
        "输出格式；jsonl 每个发现一行。",
        "Output; jsonl is one object a finding.",
    ),
    "scan.reveal": (
        "显示未脱敏的原值（慎用）。",
        "Show the clear values. Mind who sees them.",
    ),
    "scan.fail_on": (
        "发现这一级别及以上的泄露时退出码为 1。",
        "Exit with 1 on a leak of this severity or worse.",
    ),
    "scan.explain": (
        "说明指纹以此开头的发现是怎样判定的。",
        "Tell how the findings whose fingerprint begins so were judged.",
    ),
    "review": (
        "在终端里逐条审核，每个结论立即保存。\n\n不在终端里时（管道），每行读一个命令。",
        "Review the findings one by one; every verdict is saved at once.\n\n"
        "In a pipe it reads one command a line.",
    ),
    "review.unit": ("只审核这个单位的。", "Only the findings of this unit."),
    "review.kind": (
        "只审核这一类型的，如 id_card，可写多次。",
        "Only this type, e.g. id_card; may be given more than once.",
    ),
    "who": (
        "审核人姓名，记入历史；缺省为 $AUDIT_USER 或登录名。",
        "Who decides, for the history; $AUDIT_USER or the login name if not given.",
    ),
    "decide": (
        "对指纹所指的发现下结论（可只写指纹开头）。",
        "Decide on findings by their fingerprints; the beginning is enough.",
    ),
    "decide.leak": ("是泄露，待整改。", "A leak: to be rectified."),
    "decide.lawful": (
        "依法公开，写明依据的例外代码（见 audit rules list --exceptions）。",
        "Lawful, with the code of the exception (see audit rules list --exceptions).",
    ),
    "decide.not_personal": ("不是个人信息（误报）。", "Not personal data: a false alarm."),
    "decide.rectified": (
        "责任单位报告已整改（仍要复查核验）。",
        "The unit says it is done; a re-check still has to verify it.",
    ),
    "decide.reason": ("理由。", "The reason."),
    "decide.expires": (
        "有效期至这一天（YYYY-MM-DD），过后重新提示；只用于 --lawful。",
        "Valid until this day (YYYY-MM-DD), then it comes back; for --lawful only.",
    ),
    "recheck": (
        "重新抓取问题网页及其附件，核验整改；没抓到的不算已整改。",
        "Fetch flagged pages and their attachments again and verify; "
        "what was not reached is not closed.",
    ),
    "recheck.unit": ("只复查这个单位的。", "Only the pages of this unit."),
    "stats": (
        "统计：发现、保留、误报、已整改、已核验、待整改、逾期及比率。",
        "Statistics: found, kept, false, rectified, verified, outstanding, overdue, and the rates.",
    ),
    "stats.format": (
        "输出格式；csv 可直接用 Excel 打开。",
        "Output; csv opens in Excel as it is.",
    ),
    "stats.by": (
        "按什么分组，可写多次；缺省为全部。",
        "What to count by; may be given more than once; everything if not given.",
    ),
    "stats.count": (
        "数什么：条（网页和附件）、值、人；缺省三者都数。",
        "What to count: items (pages and attachments), values or persons; all three if not given.",
    ),
    "stats.since": (
        "只统计这一天及以后首次发现的。",
        "Only what was first found on or after this day.",
    ),
    "stats.until": (
        "只统计这一天及以前首次发现的。",
        "Only what was first found on or before this day.",
    ),
    "notice": (
        "为一个单位生成整改通知工作簿。",
        "Write the rectification workbook of one unit.",
    ),
    "notice.output": (
        "写到这个 .xlsx 文件；缺省为“整改通知-单位-日期.xlsx”。",
        "The .xlsx file to write; notice-UNIT-DAY.xlsx if not given.",
    ),
    "force": ("覆盖已有文件。", "Overwrite an existing file."),
    "report": (
        "一次抓取的报告：汇总、按单位、最严重的、覆盖情况、与上次相比。",
        "Report of one sweep: summary, by unit, the worst, coverage, change since the last.",
    ),
    "report.sweep": (
        "第几次抓取，缺省为最近一次。",
        "Number of the sweep; the latest if not given.",
    ),
    "report.format": (
        "输出格式；json 是这次抓取的覆盖情况，jsonl 每个发现一行。",
        "Output; json is the coverage of the sweep, jsonl one object a finding.",
    ),
    "purge": (
        "删除过期的存档和台账旧内容；不加 --yes 只预览。",
        "Delete archive files and ledger data whose time is over; a preview without --yes.",
    ),
    "purge.older_than": (
        "台账：已办结、已不在网页上且超过这些天的值；存档：超过这些天的文件（缺省按配置）。",
        "Ledger: values closed, no longer on their page and last seen so many days ago. Archive: "
        "files older than that (as configured, if not given).",
    ),
    "purge.site": (
        "清除这个网站在台账里的全部内容（须已全部办结）。",
        "All that the ledger knows of this site; nothing of it may be open.",
    ),
    "purge.yes": ("执行删除。", "Do it."),
    "rules": ("查看和测试规则。", "Look at the rules and test them."),
    "rules.list": ("列出规则。", "List the rules."),
    "rules.exceptions": (
        "列出“依法公开”的例外。",
        "List the exceptions: what the law lets stand.",
    ),
    "rules.show": ("显示一条规则或例外的全部内容。", "Show one rule or exception in full."),
    "rules.test": (
        "用每条规则自带的样例测试它。",
        "Test every rule with its own samples.",
    ),
}
