"""Invented people."""

from dataclasses import dataclass
from datetime import date
from random import Random

from bench.accuracy import numbers, places
from bench.accuracy.places import words

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑梁谢宋唐许韩冯邓曹彭曾萧田董袁潘蒋蔡余杜叶程苏魏"
    "吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武"
)
_COMPOUND = words("欧阳 司马 诸葛 上官 尉迟 令狐")
_MALE = words(
    """伟 强 磊 军 勇 杰 涛 明 超 刚 平 辉 鹏 华 飞 鑫 波 斌 宇 浩 凯 健 俊 帆 国栋 建国 志强 建华
    文博 家豪 德胜 永福 长根 来喜 传宝 立新 家祥 玉田 守成 光明 世荣 宏伟 向阳 春生 水生 学军 继承
    子轩 浩然 俊杰 明哲 天佑"""
)
_FEMALE = words(
    """芳 敏 静 丽 娟 艳 霞 燕 玲 娜 莉 萍 红 婷 雪 倩 洁 琳 慧 秀英 桂英 玉兰 秀兰 淑珍 凤英
    桂香 金花 爱莲 小红 美兰 翠花 银凤 晓燕 雅琴 丽华 淑芬 巧云 思雨 梓涵 诗涵 若曦 欣怡 佳怡
    雨桐 可馨"""
)
_MINORITY = words(
    """艾合买提·吐尔逊 古丽娜尔·买买提 阿依古丽·艾力 玉素甫·卡迪尔 木合塔尔·依明
    吉克阿木 海来阿果 次仁卓玛 扎西平措 巴图巴雅尔 乌云其木格"""
)


@dataclass(frozen=True, slots=True)
class Person:
    """One invented person with valid numbers."""

    name: str
    sex: str
    born: date
    id: str
    mobile: str
    card: str
    town: str
    village: str
    house: str
    county: str

    @property
    def home(self) -> str:
        """The address from the township down to the house."""
        return f"{self.town}{self.village}{self.house}"


def _name(rng: Random, sex: str) -> str:
    if rng.random() < 0.02:
        return rng.choice(_MINORITY)
    surname = rng.choice(_COMPOUND if rng.random() < 0.02 else _SURNAMES)
    return surname + rng.choice(_MALE if sex == "男" else _FEMALE)


def make(
    rng: Random,
    county: places.County,
    born: tuple[int, int] = (1945, 2003),
    home: tuple[str, str] | None = None,
) -> Person:
    """A person born in the span of years given, living in `home` (town, village) if given."""
    sex = rng.choice("男女")
    day = numbers.any_day(rng, date(born[0], 1, 1), date(born[1], 12, 28))
    area = county.area if rng.random() < 0.85 else rng.choice(places.COUNTIES).area
    town, village = home or (places.town(rng), places.village(rng))
    return Person(
        name=_name(rng, sex),
        sex=sex,
        born=day,
        id=numbers.id_number(rng, area, day, sex),
        mobile=numbers.mobile(rng),
        card=numbers.bank_card(rng),
        town=town,
        village=village,
        house=places.house(rng, village),
        county=county.name,
    )
