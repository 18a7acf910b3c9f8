"""Invented counties on real area codes and dialling codes: no real body is named."""

from dataclasses import dataclass
from random import Random


def words(text: str) -> list[str]:
    """The words of a text."""
    return text.split()


@dataclass(frozen=True, slots=True)
class County:
    """A county that does not exist."""

    name: str
    area: str  # six digits that were assigned, so that ID numbers are plausible
    dial: str
    local_length: int  # digits of a local number
    letter: str  # sign of the province, "皖"
    plate: str  # sign of province and city, "皖H"
    province: str


COUNTIES = tuple(
    County(*row)
    for row in (
        ("柘浦县", "340825", "0556", 7, "皖", "皖H", "安徽省"),
        ("苎溪县", "340123", "0551", 8, "皖", "皖A", "安徽省"),
        ("霁堰市", "331081", "0576", 8, "浙", "浙J", "浙江省"),
        ("栖槐区", "330109", "0571", 8, "浙", "浙A", "浙江省"),
        ("棠墅县", "510781", "0816", 7, "川", "川B", "四川省"),
        ("榉坪县", "360121", "0791", 8, "赣", "赣A", "江西省"),
        ("漪塘县", "450821", "0775", 7, "桂", "桂R", "广西壮族自治区"),
        ("砚岭县", "530325", "0874", 7, "云", "云D", "云南省"),
        ("屏岫市", "140882", "0359", 7, "晋", "晋M", "山西省"),
        ("穗冈市", "130281", "0315", 7, "冀", "冀B", "河北省"),
        ("藜川市", "220182", "0431", 8, "吉", "吉A", "吉林省"),
        ("鹿垞县", "150429", "0476", 7, "蒙", "蒙D", "内蒙古自治区"),
        ("桑颍县", "411122", "0395", 7, "豫", "豫L", "河南省"),
        ("澹浦县", "440825", "0759", 7, "粤", "粤G", "广东省"),
        ("贺榆县", "640122", "0951", 7, "宁", "宁A", "宁夏回族自治区"),
        ("枫垭市", "320382", "0516", 8, "苏", "苏C", "江苏省"),
        ("璞岘县", "430623", "0730", 7, "湘", "湘F", "湖南省"),
        ("隽滩县", "500242", "023", 8, "渝", "渝H", "重庆市"),
        ("柳埠区", "610902", "0915", 7, "陕", "陕G", "陕西省"),
        ("槲阳县", "370783", "0536", 7, "鲁", "鲁V", "山东省"),
        ("莲矶市", "420281", "0714", 7, "鄂", "鄂B", "湖北省"),
        ("汀墩县", "350121", "0591", 8, "闽", "闽A", "福建省"),
    )
)

_TOWN_HEADS = words(
    "青槲 白鹭 桐坑 上湾 石埂 长塘 双桂 南岔 古柳 新垦 双井 望楼 枣岭 大坪 芦汊 云台"
)
_VILLAGE_HEADS = words(
    """前岗 后塘 柏树 新建 联星 红旗 石桥 河湾 老屋 团山 东圩 西圩 杨湾 黄畈 徐家 何庄 陈店 莲花
    三合 永丰 高桥 塘埂 枫林 油坊"""
)
_ROADS = words("人民路 建设路 文昌路 滨河大道 迎宾大道 学府路 振兴街 解放街 站前路 环城北路")
NUMERALS = "一二三四五六七八九十"


def town(rng: Random) -> str:
    return rng.choice(_TOWN_HEADS) + rng.choice(["镇", "镇", "乡", "街道"])


def village(rng: Random) -> str:
    return rng.choice(_VILLAGE_HEADS) + rng.choice(["村", "村", "村", "社区"])


def road(rng: Random) -> str:
    return rng.choice(_ROADS)


def house(rng: Random, village_name: str) -> str:
    """The last part of a home address: group and number, or street, building and room."""
    if village_name.endswith("社区"):
        street = f"{road(rng)}{rng.randrange(2, 300)}号"
        if rng.random() < 0.5:
            return f"{street}{rng.randrange(1, 30)}幢{rng.randrange(1, 5)}0{rng.randrange(1, 5)}室"
        room = f"{rng.randrange(1, 7)}0{rng.randrange(1, 3)}"
        return f"{street}{rng.randrange(1, 20)}栋{rng.randrange(1, 4)}单元{room}"
    group = rng.choice([rng.choice(NUMERALS), str(rng.randrange(1, 15))])
    forms = (
        f"{group}组",
        f"{group}组{rng.randrange(1, 150)}号",
        f"{group}组{rng.randrange(1, 150)}号",
        f"{rng.randrange(1, 260)}号",
        f"{group}社{rng.randrange(1, 80)}号",
    )
    return rng.choice(forms)
