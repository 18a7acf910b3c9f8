"""The steps of a judgement, in words."""

from collections.abc import Mapping
from typing import Any

from scanner.lang import get_lang, tr

# What the engine calls a step; in English the name is the step's own.
_ZH: dict[str, str] = {
    "advice": "建议",
    "allow-list": "允许清单",
    "basis": "依据",
    "confidence": "把握",
    "contact": "联系方式",
    "explained by": "另有解释",
    "form": "号码形式",
    "general": "一般规则",
    "ground": "理由",
    "header": "表头或标签",
    "header against": "表头不符",
    "inside": "包含于",
    "kind and grade in its row": "与本行类别等级相符",
    "internal": "内部资料",
    "label": "标签",
    "list": "名单",
    "mask": "遮盖",
    "no contact word": "无联系人字样",
    "no person": "不指向个人",
    "norm": "脱敏规范",
    "place": "位置",
    "precision": "精度",
    "private line": "私人电话",
    "private list": "私人名单",
    "private person": "私人身份",
    "reason": "理由",
    "recognised as": "识别为",
    "role": "职务",
    "same record": "同一记录",
    "same row": "同一行",
    "validator": "校验",
    "vehicle": "车辆",
    "word after": "后文",
    "word before": "前文",
    "word both": "上下文",
}


def evidence_text(step: Mapping[str, Any]) -> str:
    """One step as stored in the ledger: what was seen, the words, the change of confidence."""
    return step_text(str(step["what"]), str(step["words"]), float(step.get("effect") or 0.0))


def step_text(what: str, words: str, effect: float) -> str:
    """One step; a step without a Chinese name keeps its own."""
    name = _ZH.get(what, what) if get_lang() == "zh" else what
    change = f" ({effect:+.2f})" if effect else ""
    return f"{name}{tr('：', ': ')}{words}{change}"
