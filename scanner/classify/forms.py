"""Cards and forms that are no tables: lines of `label: value`, one person after another."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from patterns.words import first_in, word_list
from scanner.model import LINE, Block, BlockKind, Where

_FIELD = re.compile(
    r"^[\s\d.、()（）【】\[\]*•·-]{0,6}([^:：\s\d][^:：\n]{0,15}?)\s*[:：][^。；;]{0,50}$"
)
_KINDS = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.HEADING)
_LEAST_FIELDS = 3
_LONGEST_HEAD = 12  # characters of a name that heads a card


def may_hold_card(text: str) -> bool:
    """Whether there are colons enough in a text for the lines of a card."""
    return text.count("：") + text.count(":") >= _LEAST_FIELDS


def card_of_blocks(blocks: Sequence[Block]) -> dict[int, int]:
    """Index of a block → index of the first block of its card, for the blocks of every card.

    A card is at least three lines `label: value`, perhaps under a name as its heading; what no
    reader sees belongs to the card around it. The next card begins where a label comes again, or
    where a contact is offered: `联系人：` is somebody else's line.
    """
    cards: dict[int, int] = {}
    card = _Card([], set())
    for index, block in enumerate(blocks):
        label = _label(block)
        seen = block.where is Where.VISIBLE
        apart = first_in(word_list("offers"), label) if label else seen
        if card.blocks and (apart or label in card.labels):
            card.settle(cards)
            card = _Card([], set())
        if label:
            card.labels.add(label)
            card.blocks.append(index)
        elif not seen or len(block.text) <= _LONGEST_HEAD:
            card.blocks.append(index)
    card.settle(cards)
    return cards


@dataclass(slots=True)
class _Card:
    """Blocks that may be one person's."""

    blocks: list[int]
    labels: set[str]

    def settle(self, cards: dict[int, int]) -> None:
        """Enter the card, if it is long enough to be one."""
        if len(self.labels) >= _LEAST_FIELDS:
            cards |= dict.fromkeys(self.blocks, self.blocks[0])


def _label(block: Block) -> str:
    """The label of a line `label: value`, "" for any other block."""
    text = block.text
    if ":" not in text and "：" not in text:
        return ""
    if block.table is not None or block.kind not in _KINDS or block.where is not Where.VISIBLE:
        return ""
    found = None if LINE in text else _FIELD.match(text)
    return found.group(1).replace(" ", "") if found else ""
