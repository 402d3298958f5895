"""Words of danger: who writes one is shown 110, 119 and 120 beside the receipt; nothing is refused for it."""

WORDS = (
    "着火", "起火", "失火", "火灾", "爆炸", "溺水", "落水", "昏迷", "救命", "触电", "漏电", "煤气", "燃气泄漏",
    "塌方", "垮塌", "滑坡", "泥石流", "山洪", "被困", "受伤", "出血", "车祸", "打人", "持刀", "抢劫", "自杀",
    "轻生", "跳楼", "中毒", "心梗",
)  # fmt: skip


def is_urgent(text: str) -> bool:
    """Whether the text holds such a word."""
    return any(word in text for word in WORDS)
