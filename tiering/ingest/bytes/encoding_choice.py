"""Which encoding a text is in: marks first, then zero bytes, then how plausible each reading is as writing."""

from __future__ import annotations

import codecs

from tiering.ingest.bytes.plausibility import plausibility

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
CANDIDATES = ("gb18030", "big5", "cp1252", "mac_roman", "cp932", "cp949", "cp1251", "iso8859_7", "cp1250", "koi8_r")
SCRIPTS = ("gb18030", "big5", "cp949", "cp1252")
USUAL = ((" ", "~"), ("\u00a0", "\u024f"), ("\u3000", "\u30ff"), ("\u4e00", "\u9fff"), ("\uff00", "\uffef"))
WIDER = {"iso8859-1": "cp1252", "iso8859-15": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030"}
EAST_ASIAN = ("gb18030", "cp932", "big5")
CLEAR_LEAD = 0.2
UNSURE = 0.15  # below this nothing reads like writing, and somebody has to look


def bom_of(head: bytes) -> tuple[str | None, int]:
    """Encoding named by a byte-order mark and the mark's length."""
    return next(((encoding, len(bom)) for bom, encoding in BOMS if head.startswith(bom)), (None, 0))


def zero_bytes_of(sample: bytes) -> str | None:
    """UTF-16 without a mark shows as zero bytes on one side of each pair."""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    if max(even, odd) < 2 or min(even, odd) * 20 > max(even, odd):
        return None
    text = sample[: len(sample) // 2 * 2].decode(encoding, errors="replace")
    usual = sum(char in "\r\n\t" or any(first <= char <= last for first, last in USUAL) for char in text)
    whole = usual >= 0.95 * len(text) and ("\n" in text or "\r" in text)
    return encoding if whole and (text.isascii() or _reads_like_writing(text)) else None


def _reads_like_writing(text: str) -> bool:
    """In any script; a text shifted by one byte has the right digits between the wrong characters."""
    return max(plausibility(text, script) for script in SCRIPTS) >= UNSURE


def most_plausible(sample: bytes) -> tuple[str, tuple[str, ...]]:
    """Best encoding for lines beyond ASCII, and the rivals that come too near to decide alone.

    Korean reads as everyday Chinese, so wherever it fits it stays a rival.
    """
    scores = {encoding: score(sample, encoding) for encoding in CANDIDATES}
    ranked = sorted(scores, key=lambda encoding: -scores[encoding])
    best = ranked[0]
    if scores[best] < 0.15:
        best = _second_voice(sample) or best
    least = max(scores.get(best, 0.15) - CLEAR_LEAD, 0.1)
    near = [other for other in ranked if other != best and scores[other] > least]
    rivals = [other for other in near if _differs(sample, best, other)]
    if scores.get(best, 0.0) < UNSURE and not rivals:
        rivals = [other for other in ranked if other != best and _differs(sample, best, other)]
    if best == "cp949":
        others = [other for other in EAST_ASIAN if other not in rivals and _decodes(sample, other)]
        rivals = ["gb18030", *(other for other in [*others, *rivals] if other != "gb18030")]
    return best, tuple(rivals[:3])


def score(sample: bytes, encoding: str) -> float:
    """Plausibility of a sample in an encoding (−1..1), less where bytes do not decode."""
    try:
        return plausibility(sample.decode(encoding), encoding)
    except UnicodeDecodeError:
        text = sample.decode(encoding, errors="replace")
        lost = text.count("\ufffd")
        return plausibility(text.replace("\ufffd", ""), encoding) - min(1.5, 40 * lost / max(len(text), 1)) - 0.05


def _decodes(sample: bytes, encoding: str) -> bool:
    try:
        sample.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _differs(sample: bytes, one: str, other: str) -> bool:
    return sample.decode(one, errors="replace") != sample.decode(other, errors="replace")


def _second_voice(sample: bytes) -> str | None:
    import chardet

    heard = chardet.detect(sample)["encoding"]
    try:
        return WIDER.get(name := codecs.lookup(heard).name, name) if heard else None
    except LookupError:
        return None
