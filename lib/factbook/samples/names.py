"""Invented names and numbers: creators, rooms, orders. None belongs to anybody."""

from __future__ import annotations

import numpy as np

_FIRST = (
    "阿琳 小满 禾禾 豆包妈 木子 晴天 沐沐 南枝 橙子 安安 大鹏 一诺 圆圆 老周 糯米 青柠 苏苏 可可 石头 林夕 "
    "鹿鸣 七七 阿飞 米粒 海棠 晚晚 知夏 阿杰 团团 浅浅 栗子 云朵 江江 麦子 丫丫 老陈 桃桃 阿宁 冬冬 星野"
).split()
_LAST = "穿搭 日记 优选 好物 生活馆 严选 的衣橱 甄选 种草机 小铺 爱分享 在路上 妈妈说 测评 不踩雷".split()
_ODD = ("8%", "小鹿🦌好物✨", "=cmd()", "<script>alert(1)</script>", "@小七“精选”", "阿梨优选", "阿梨优选")


def creators(count: int, rng: np.random.Generator) -> list[str]:
    """`count` display names; from eight on, the awkward ones are among them, two of them alike."""
    pairs = [first + last for last in _LAST for first in _FIRST]
    while len(pairs) < count:
        pairs += [f"{name}{len(pairs) // 600 + 1}号" for name in pairs[:600]]
    chosen = [pairs[i] for i in rng.permutation(len(pairs))[:count]]
    odd = _ODD if count >= 8 else ()
    for place, name in zip(np.linspace(2, count - 2, len(odd)).astype(int), odd, strict=True):
        chosen[place] = name
    return chosen


def douyin_ids(count: int, rng: np.random.Generator) -> list[str]:
    """Douyin numbers as text, some of digits only with a leading zero."""
    numbers = 10_000_000 + rng.choice(89_999_999, count, replace=False)
    return [f"0{n}" if i % 9 == 4 else f"dy{n}" for i, n in enumerate(numbers)]


def long_ids(count: int, rng: np.random.Generator, head: str = "7") -> list[str]:
    """Identifiers of 19 digits, too long for a float."""
    tail = rng.integers(0, 10**9, (count, 2))
    return [f"{head}{a:09d}{b:09d}" for a, b in tail]
