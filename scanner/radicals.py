"""Radicals and compatibility forms that programs write for whole characters: `⻘⽯镇` for 青石镇.

Fonts draw both alike, so PDF writers that go from glyphs back to letters often take the radical.
The Kangxi radicals and the compatibility ideographs fold as Unicode's NFKC says, but for two whose
glyph is the simplified one; the radicals' supplement has no such folding and is listed.
"""

import re
import unicodedata

_SIMPLIFIED = {0x2F3E: "户", 0x2FAD: "青"}
_SUPPLEMENT = (
    "⺁厂⺇几⺊卜⺌小⺎兀⺒巳⺓幺⺗心⺜日⺝月⺞歹⺟母⺠民⺢水⺥爪⺧牛⺩王⺪疋⺫目⺬示⺮竹⺳网⺵网⺶羊⺷羊⺸羊⺹老⺻聿⺼肉⺽臼⻁虎⻃西⻄西"
    "⻅见⻆角⻇角⻉贝⻊足⻋车⻑長⻓长⻔门⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟"
)
RADICALS: dict[int, str] = {
    code: unicodedata.normalize("NFKC", chr(code))
    for code in (*range(0x2F00, 0x2FD6), *range(0xF900, 0xFB00))
    if len(folded := unicodedata.normalize("NFKC", chr(code))) == 1 and folded != chr(code)
}
RADICALS |= dict(zip(map(ord, _SUPPLEMENT[::2]), _SUPPLEMENT[1::2], strict=True)) | _SIMPLIFIED
_ANY = re.compile("[\u2e80-\u2fdf\uf900-\ufaff]")


def unified(text: str) -> str:
    """The text with whole characters in the place of radicals, of the same length."""
    return text.translate(RADICALS) if _ANY.search(text) else text
