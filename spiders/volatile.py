"""The content of a page without the parts that change at each visit.

A page that counts its readers or shows today's date is another page each time, byte for byte, and
says nothing new. Only what is known to change by itself is left out: a counter behind its word, a
date that calls itself today's, tokens and session ids, the numbers that keep scripts out of
caches, banners. What could be a person's number is never taken for one of them: a counter has nine
digits at most, a token stands in a field or an address that says that it is one.
"""

import hashlib
import re

from spiders.decoding import decode, is_markup

_GAP = r"(?:\s|&nbsp;|<[^<>]{1,120}>){0,6}"
_DATE = r"\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?"
_TIME = r"\d{1,2}\s*[:：时]\s*\d{1,2}(?:\s*[:：分]\s*\d{1,2}\s*秒?)?"
_MOMENT = rf"(?:{_DATE})?{_GAP}(?:星期[一二三四五六日天])?{_GAP}(?:{_TIME})?"
_TOKENS = (
    r"__VIEWSTATE\w*|__EVENTVALIDATION|__RequestVerificationToken|[\w-]{0,20}csrf[\w-]{0,20}|"
    r"[\w-]{0,20}token[\w-]{0,10}|nonce|formhash|_?timestamp|session_?id|jsessionid|phpsessid|captcha\w*"
)
# (a word in lower case that has to stand on the page, pattern, what stays)
_CHANGING: tuple[tuple[tuple[str, ...], re.Pattern[str], str], ...] = (
    (
        ("浏览", "点击", "阅读", "访问", "查看", "人气", "下载"),
        re.compile(
            rf"((?:浏览|点击|阅读|访问|查看|人气|下载)(?:次数|人数|总?量|数)?{_GAP}[:：]?{_GAP})"
            r"\d{1,9}(?!\d)"
        ),
        r"\1",
    ),
    (
        ("今天", "今日", "当前", "现在", "北京时间", "欢迎您"),
        re.compile(
            rf"((?:今天是?|今日|当前(?:日期|时间)|现在(?:是|时间)?|北京时间){_GAP}[:：]?{_GAP}){_MOMENT}"
        ),
        r"\1",
    ),
    (
        ("星期",),
        re.compile(rf"{_DATE}{_GAP}(?:{_TIME})?{_GAP}星期[一二三四五六日天]{_GAP}(?:{_TIME})?"),
        "",
    ),
    (
        ("在线", "online"),
        re.compile(rf"((?:当前)?在线(?:人数)?{_GAP}[:：]?{_GAP})\d{{1,7}}(?!\d)"),
        r"\1",
    ),
    (
        ("<input", "<meta"),
        re.compile(
            rf"<(?:input|meta)\b(?=[^<>]*\b(?:name|id)\s*=\s*[\"']?(?:{_TOKENS})[\"'\s>])[^<>]*>",
            re.IGNORECASE,
        ),
        "",
    ),
    (("nonce",), re.compile(r"""\bnonce\s*=\s*["'][\w+/=-]{8,}["']""", re.IGNORECASE), ""),
    (
        ("token", "csrf", "nonce", "timestamp"),
        re.compile(
            rf"""(["']?\b(?:{_TOKENS})["']?\s*[:=]\s*["'])[\w+/=.-]{{8,400}}(?=["'])""",
            re.IGNORECASE,
        ),
        r"\1",
    ),
    (
        ("sessionid", "sessid"),
        re.compile(
            r"(?:;|(?<=[?&]))(?:jsessionid|phpsessid|aspsessionid\w*|sessionid)=[\w.!-]{4,200}&?",
            re.I,
        ),
        "",
    ),
    (
        ("?", "&amp;"),
        re.compile(
            r"((?:[?&]|&amp;)(?:t|v|ts|_|rnd|rand|random|timestamp|time|r|ver|version)=)[\d.]{1,20}(?=[\"'&\s<>])",
            re.IGNORECASE,
        ),
        r"\1",
    ),
    (
        ("adsbygoogle", "guanggao", "advert", "piaofu", "piaochuang"),
        re.compile(
            r"""<(ins|div)\b[^<>]*\b(?:class|id)\s*=\s*["'][^"'<>]*"""
            r"""(?:adsbygoogle|guanggao|advert|piaofu|piaochuang)[^"'<>]*["'][^<>]*>"""
            r"""(?:(?!<\1\b)(?!</\1>)[\s\S]){0,4000}</\1>""",
            re.IGNORECASE,
        ),
        "",
    ),
)


def stable_hash(body: bytes, content_type: str = "") -> str:
    """SHA-256, in hexadecimal, of a body without what changes by itself at each visit.

    Of a body that is no markup, all of it.
    """
    if not is_markup(body):
        return hashlib.sha256(body).hexdigest()
    text = decode(body, content_type)[0]
    return hashlib.sha256(stable_text(text).encode("utf-8", "replace")).hexdigest()


def stable_text(text: str) -> str:
    """The markup without what changes by itself at each visit."""
    lowered = text.lower()
    for words, pattern, stays in _CHANGING:
        if any(word in lowered for word in words):
            text = pattern.sub(stays, text)
    return " ".join(text.split())
