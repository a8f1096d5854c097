"""Who is one customer: keys in one writing, spellings of one key, names that changed or that several ids share."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

from tiering.claims import Asked, Choice, Claim, Question, is_worth_asking
from tiering.ingest.clean.cleaning import customer_keys
from tiering.ingest.meaning.draft import Draft, Understanding, with_values
from tiering.ingest.values.conversion import as_key, as_name

SAME = "same_customer"
MERGE, APART = "merge", "apart"
EXAMPLES = 3
CASE_TELLS = re.compile(r"(?=.*[a-z])(?=.*[A-Z])[A-Za-z0-9]{15,18}")  # ids in which capitals tell two records apart
_MARKS = r"[\s\-_./,&'’()（）·]+"
LOOSE = re.compile(rf"(?<!\d){_MARKS}|{_MARKS}(?!\d)")  # between two figures a mark tells numbers apart: 1-2, 12


@dataclass
class Keys:
    """Customers of all tables: lines, and money where it is told."""

    lines: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    money: dict[str, Decimal] = field(default_factory=lambda: defaultdict(Decimal))


def step(understood: Understanding, asked: Asked) -> Understanding:
    """Customers without a name under their address, writings undone and said, spellings proposed, names reported."""
    understood = replace(understood, drafts=tuple(_addressed(draft) for draft in understood.drafts))
    understood = understood.saying(tuple(claim for draft in understood.drafts for claim in _tidied(draft)))
    understood = _spellings(understood, asked)
    return understood.saying(tuple(claim for draft in understood.drafts for claim in _names(draft)))


def _addressed(draft: Draft) -> Draft:
    """Rows without a company take that of their address in other rows, else the address itself."""
    names, addresses = draft.values("customer_name"), draft.values("customer_email")
    if draft.mapping.customer_field != "customer_name" or names is None or addresses is None:
        return draft
    if not names.null_count or not pc.any(pc.and_(pc.is_null(names), pc.is_valid(addresses))).as_py():
        return draft
    folded = pc.utf8_lower(as_key(addresses))
    pairs = (
        pa.table({"address": folded, "name": as_name(names)})
        .group_by("address")
        .aggregate([("name", "count_distinct"), ("name", "max")])
    )
    pairs = pairs.filter(pc.equal(pairs["name_count_distinct"], 1))
    places = pc.index_in(folded, value_set=pairs["address"].combine_chunks())
    known = pa.chunked_array([pairs["name_max"].combine_chunks().take(chunk) for chunk in places.chunks], pa.string())
    return with_values(draft, draft.mapping.headers("customer_name")[0], pc.coalesce(names, known, folded))


def _tidied(draft: Draft) -> Iterator[Claim]:
    """How many customers' keys stood in another writing."""
    header = next(iter(draft.mapping.headers(draft.mapping.customer_field or "")), "")
    if not header or not pa.types.is_string(draft.table[header].type):
        return
    written = pc.utf8_trim_whitespace(draft.table[header])
    changed = pc.fill_null(pc.not_equal(written, customer_keys(draft.table, draft.mapping)), False)
    count = pc.sum(changed).as_py() or 0
    if count:
        examples = pc.unique(written.filter(changed)).to_pylist()[:EXAMPLES]
        yield Claim(
            SAME, "tidied", "sure", {"why": "tidied", "header": header, "examples": examples}, draft.name, count
        )


def _spellings(understood: Understanding, asked: Asked) -> Understanding:
    """Keys that differ in capitals, spaces and marks alone: one customer, if somebody says so."""
    keys = _keys_of(understood.drafts)
    groups = _groups(keys)
    if not groups:
        return understood
    final = {other: group[0] for group in groups for other in group[1:]}
    lines, money = sum(keys.lines[key] for key in final), sum((keys.money[key] for key in final), Decimal(0))
    whole = sum(keys.money.values(), Decimal(0))
    examples = tuple(" = ".join(group) for group in groups[:EXAMPLES])
    evidence = {"why": "spellings", "groups": len(groups), "examples": list(examples)}
    choices = (Choice(MERGE, sum(keys.lines.values()), whole), Choice(APART, sum(keys.lines.values()), whole))
    file = understood.drafts[0].name
    question = Question(SAME, file, choices, MERGE, "", evidence, lines, money or None, examples)
    value, degree = asked.decided(question)
    if degree == "open" and not is_worth_asking(money, whole) and len(final) <= 0.01 * len(keys.lines):
        value, degree = APART, "likely"
    claim = Claim(SAME, value, degree, {**evidence, "why": value}, file, lines, money or None)
    if value == MERGE:
        understood = replace(understood, drafts=tuple(_merged(draft, final) for draft in understood.drafts))
    return understood.saying((claim,), (question,) if degree == "open" else ())


def _keys_of(drafts: tuple[Draft, ...]) -> Keys:
    found = Keys()
    for draft in drafts:
        if draft.mapping.customer_field is None:
            continue
        columns = {"key": customer_keys(draft.table, draft.mapping)}
        amounts = draft.amounts() if draft.mapping.role == "orders" else None
        table = pa.table(columns | ({} if amounts is None else {"money": amounts}))
        sums = table.group_by("key").aggregate(
            [([], "count_all"), *([("money", "sum")] if amounts is not None else [])]
        )
        for row in sums.filter(pc.is_valid(sums["key"])).to_pylist():
            found.lines[row["key"]] += row["count_all"]
            found.money[row["key"]] += row.get("money_sum") or Decimal(0)
    return found


def _groups(keys: Keys) -> list[list[str]]:
    """Spellings of one key, the one with most lines first."""
    alike: dict[str, list[str]] = defaultdict(list)
    for key in keys.lines:
        if not CASE_TELLS.fullmatch(key):
            alike[LOOSE.sub("", key.casefold()) or key].append(key)
    groups = [sorted(group, key=lambda key: (-keys.lines[key], key)) for group in alike.values() if len(group) > 1]
    return sorted(groups, key=lambda group: (-sum(keys.lines[key] for key in group), group))


def _merged(draft: Draft, final: dict[str, str]) -> Draft:
    key = draft.mapping.customer_field
    if key is None:
        return draft
    header, keys = draft.mapping.headers(key)[0], customer_keys(draft.table, draft.mapping)
    places = pc.index_in(keys, value_set=pa.array(list(final), pa.string()))
    stays = pa.array(list(final.values()), pa.string())
    known = pa.chunked_array([stays.take(chunk) for chunk in places.chunks], pa.string())
    return with_values(draft, header, pc.coalesce(known, keys), "id" if key == "customer_id" else "name")


def _names(draft: Draft) -> Iterator[Claim]:
    """Ids that go under several names, and names that several ids bear."""
    names = draft.values("customer_name")
    if draft.mapping.customer_field != "customer_id" or names is None:
        return
    pairs = pa.table({"id": customer_keys(draft.table, draft.mapping), "name": as_name(names)})
    pairs = pairs.group_by(["id", "name"]).aggregate([])
    pairs = pairs.filter(pc.and_(pc.is_valid(pairs["id"]), pc.is_valid(pairs["name"])))
    for why, key, other in (("renamed", "id", "name"), ("same_name", "name", "id")):
        counts = pairs.group_by(key).aggregate([(other, "count")])
        several = counts.filter(pc.greater(counts[f"{other}_count"], 1))[key]
        if len(several):
            evidence = {"why": why, "count": len(several), "examples": sorted(several.to_pylist())[:EXAMPLES]}
            yield Claim(SAME, why, "likely", evidence, draft.name, len(several))
