"""Whether a file holds payments, contacts or outside data rather than orders or customers, by its words and values."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from tiering.dataset import Role
from tiering.ingest.meaning.fields import CUSTOMER_KEYS
from tiering.ingest.meaning.header_match import Candidate

OUTSIDE_WORDS = (
    "注册资本", "统一社会信用代码", "成立日期", "参保人数", "法定代表人", "企业类型", "数据来源", "征信", "外部评分",
    "纳税", "registeredcapital", "creditbureau", "registrationnumber", "datasource", "thirdparty", "externalscore",
    "yearfounded", "foundedyear", "duns", "taxpayer", "marketcap",
)  # fmt: skip
OWN_RELATION = frozenset(
    {"owner", "current_tier", "stage", "annual_revenue", "annual_orders", "last_order", "first_order", "contract_end"}
)
CONTACT_WORDS = (
    "工单", "报修", "故障", "响应", "拜访", "投诉", "跟进", "互动", "ticket", "response", "contacttype", "visit",
    "complaint", "interaction", "issuetype", "sla",
)  # fmt: skip
OF_ORDERS = frozenset({"product", "quantity", "unit_price", "category"})


def side_role(
    candidates: Sequence[Candidate], chosen: Mapping[Role, Mapping[str, tuple[Candidate, float]]], is_orders: bool
) -> tuple[Role, ...]:
    """Roles beside orders and customers that a file's columns speak for: none, or one.

    Parameters
    ----------
    chosen
        Per role, the fields its header words give.
    is_orders
        Whether it would otherwise be orders.
    """
    words = [one.bare for one in candidates]
    if is_payments_table(chosen["payments"]):
        return ("payments",)
    if _tells_contacts(chosen["contacts"], chosen["orders"], words):
        return ("contacts",)
    related = not OWN_RELATION.isdisjoint(chosen["customers"])
    outside = any(part in word for word in words for part in OUTSIDE_WORDS)
    return ("attributes",) if outside and not related and not is_orders else ()


def is_payments_table(fields: Collection[str]) -> bool:
    """Whether the fields say when money is due and whether it came, or what is overdue of it."""
    has = set(fields)
    if "customer_id" not in has and "customer_name" not in has:
        return False
    paid = not has.isdisjoint({"paid_date", "paid_amount", "overdue_amount"})
    return ("due_date" in has and paid) or {"invoice_date", "terms_days", "paid_date"} <= has


def looks_like_orders(orders: Mapping[str, Candidate], payments: Mapping[str, Candidate]) -> bool:
    """Whether a file of payments could as well be orders: it has a day of its own beside those of payment."""
    if "order_date" not in orders or "amount" not in orders:
        return False
    of_payment = {payments[key].header for key in ("due_date", "paid_date") if key in payments}
    own_day = orders["order_date"].header not in of_payment or "invoice_date" in payments
    return own_day or not OF_ORDERS.isdisjoint(orders)


def _tells_contacts(
    contacts: Mapping[str, tuple[Candidate, float]], orders: Collection[str], words: Sequence[str]
) -> bool:
    """Dated lines without money about customers who come back, or about how a service was answered."""
    has = set(contacts)
    if "contact_date" not in has or not {"amount", "product", "quantity", "unit_price"}.isdisjoint(orders):
        return False
    named = [contacts[key][0] for key in CUSTOMER_KEYS if key in contacts]
    of_service = not has.isdisjoint({"response_hours", "promised_hours", "on_time"})
    returning = has.isdisjoint({"contact_kind", "feedback"}) is False and any(one.repeats for one in named)
    spoken = any(part in word for word in words for part in CONTACT_WORDS)
    return bool(named) and spoken and (of_service or returning)
