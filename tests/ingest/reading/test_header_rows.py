"""Which line names the columns, in files of many habits and languages; what stands above, below and beside it."""

from __future__ import annotations

import pytest

from tests.ingest.reading.small_files import read, workbook
from tiering.ingest.sheets.vocabulary import column_letter

PREAMBLES = {
    "报表名称,销售明细,部门,华东\n": 1,
    "客户：,全部,日期：,2024年\n制表人：,张三,,\n": 2,
    "Report,Sales,Region,North\n": 1,
    "Customer:,All,Period:,2024-01\n": 1,
    "Kunde:,Alle,Zeitraum:,2024\n\n": 2,
    "Report date,2024-05-01,Currency,USD\n": 1,
    "Client,Tous,Période,2024\n,,,\n": 2,
    "销售报表,,,\n单位：元,,,\n,,,\n": 3,
    "Cliente: todos,,Moneda: EUR,\n": 1,
    "Umsatzliste\nStand: 05.01.2024\n\n": 3,
}
ROWS = "甲公司,2024-01-05,100.50,3\n乙公司,2024-02-06,200.25,1\n丙公司,2024-03-07,90.75,2\n"


@pytest.mark.parametrize(("above", "lines"), PREAMBLES.items(), ids=list(PREAMBLES))
@pytest.mark.parametrize(
    "names", ["客户,日期,金额,数量", "Customer,Order date,Amount,Quantity", "Kunde,Datum,Betrag,Menge"]
)
def test_keys_and_values_above_the_table_are_not_its_header(above, lines, names):
    seen = read(f"{above}{names}\n{ROWS}")
    assert (seen.outcome, list(seen.columns), seen.report["header_row"]) == ("loads", names.split(","), lines + 1)
    assert seen.rows == 3


@pytest.mark.parametrize(
    ("head", "names"),
    [
        (
            "客户,2023年,,2024年,\n,销售额,数量,销售额,数量\n",
            ["2023年 销售额", "2023年 数量", "2024年 销售额", "2024年 数量"],
        ),
        (",2023,,2024,\n客户,销售额,数量,销售额,数量\n", ["2023 销售额", "2023 数量", "2024 销售额", "2024 数量"]),
        (
            "Customer,Q1 2024,,Q2 2024,\n,Sales,Units,Sales,Units\n",
            ["Q1 2024 Sales", "Q1 2024 Units", "Q2 2024 Sales", "Q2 2024 Units"],
        ),
        (
            ",North,,South,\nCustomer,Sales,Units,Sales,Units\n",
            ["North Sales", "North Units", "South Sales", "South Units"],
        ),
        ("Kunde,Plan,,Ist,\n,Umsatz,Menge,Umsatz,Menge\n", ["Plan Umsatz", "Plan Menge", "Ist Umsatz", "Ist Menge"]),
        ("客户,销售额,数量,销售额_去年,数量_去年\n,元,件,元,件\n", None),
        (
            "客户,金额,数量,成本,利润\nCustomer,Amount,Quantity,Cost,Profit\n",
            ["金额 Amount", "数量 Quantity", "成本 Cost", "利润 Profit"],
        ),
        ("Client,CA,Quantité,Coût,Marge\n,k€,,k€,k€\n", ["CA k€", "Quantité", "Coût k€", "Marge k€"]),
    ],
)
def test_a_header_of_two_lines_is_joined(head, names):
    seen = read(head + "甲公司,100.5,3,120.5,4\n乙公司,200.25,1,220.5,2\n丙公司,90.75,2,99.5,3\n")
    assert (seen.outcome, seen.rows, seen.report["header_rows"]) == ("loads", 3, [1, 2])
    assert names is None or list(seen.columns)[1:] == names


@pytest.mark.parametrize(
    "names",
    [
        *["客户,2023-01,2023-02,2023-03", "Customer,Jan-24,Feb-24,Mar-24", "Kunde,Q1,Q2,Q3", "客户,1月,2月,3月"],
        *["客户,2024Q1,2024Q2,2024Q3", "Client,janv. 2024,févr. 2024,mars 2024", "Customer,2021,2022,2023"],
        *["Customer,01/2024,02/2024,03/2024", "客户,202401,202402,202403", "客户,2024-01-01,2024-02-01,2024-03-01"],
    ],
)
def test_periods_are_names_of_columns(names):
    seen = read(f"{names}\n甲公司,1200.5,1300.25,1100\n乙公司,880.1,990.75,770\n丙公司,80.1,90.75,70\n")
    assert (seen.outcome, list(seen.columns), seen.rows) == ("loads", names.split(","), 3)


def test_numbers_over_words_are_names():
    seen = read("1,2,3\n是,否,是\n否,否,是\n是,是,否\n是,否,否\n")
    assert list(seen.columns) == ["1", "2", "3"]


@pytest.mark.parametrize("beside", [1, 2, 15])
@pytest.mark.parametrize(
    "names", ["客户id,订单日期,产品,金额", "Customer,Order date,Product,Amount", "Kunde,Datum,Artikel,Betrag"]
)
def test_empty_columns_at_the_right_need_no_question_and_no_name(names, beside):
    commas = "," * beside
    seen = read(
        f"{names}{commas}\n001,2024/5/5,前壁,200{commas}\n002,2024/5/6,后盖,90{commas}\n003,2024/5/7,侧板,60{commas}\n"
    )
    assert (seen.outcome, list(seen.columns)) == ("loads", names.split(","))
    assert "empty_columns" in seen.notes


@pytest.mark.parametrize(
    "notes",
    [
        "\nNotes\nAll amounts net of tax\nConfidential\nPrinted on demand\nPage 1 of 1\n",
        '\n\n"Quarter wins"\n"Copyright (c) Example CRM. All rights reserved."\n"Confidential"\n"Example Org"\n',
        "\n以上数据来自系统\n仅供内部使用\n\n华东区\n",
        "\nErstellt von Ahorn\nVertraulich\n",
        "\nFiltres appliqués\nStatut égal Gagné\n",
        "\nGenerado por Ventas\nUso interno\n",
        "备注：含税\n",
        "Total,,,350\n\nConfidential\n",
        "\nConfidential,,,\nPrepared by Ann,,,\n",
        "\nold stock excluded\n",
    ],
)
def test_notes_below_a_small_table_are_notes(notes):
    seen = read(f"order,customer,date,amount\n1,A,2024-01-05,100\n2,B,2024-02-05,200\n3,A,2024-03-05,50\n{notes}")
    assert (seen.outcome, seen.columns.get("amount"), seen.report["set_aside"]) == ("loads", ["100", "200", "50"], [])


def test_a_cut_last_line_is_set_aside_and_no_note():
    seen = read("order,customer,date,amount\n1,A,2024-01-05,100\n2,B,2024-02-05,200\n3,A,2024-03-05,50\n北京恒信")
    assert (list(seen.aside), seen.rows) == ([5], 3)


def test_blank_lines_between_header_and_records_are_blank():
    seen = read("客户,日期,金额\n\n,,\n甲公司,2024-01-05,100.5\n乙公司,2024-02-06,200.25\n")
    assert (seen.outcome, seen.rows, seen.report["excluded"]) == ("loads", 2, {"blank": 2})


@pytest.mark.parametrize(
    ("head", "place"),
    [
        ("Customer,Date,Quantity", 4),
        ("Customer,Date,Amount", 3),
        ("客户,日期,金额", 3),
        ("客户名称日期,数量,金额", None),
        ("Kunde,Datum,Betrag", 3),
    ],
)
def test_a_header_one_name_short_is_a_question_with_the_answers(head, place):
    body = "A,2024-01-05,5,123.50\nB,2024-02-05,7,456.25\nC,2024-03-05,9,789.75\n"
    seen = read(f"{head}\n{body}")
    assert (seen.report["asks"], seen.questions[-1]["evidence"]["why"]) == (["columns"], "header_narrower")
    values = [choice["value"] for choice in seen.questions[-1]["choices"]]
    if place is None:
        return
    assert {"unnamed": place} in values
    answered = read(f"{head}\n{body}", columns={"unnamed": place})
    assert (
        answered.columns[column_letter(place - 1)] == ["5", "7", "9"] if place == 3 else ["123.50", "456.25", "789.75"]
    )
    assert answered.outcome == "loads"


@pytest.mark.parametrize(
    "head",
    ['"客户,日期,金额', '客户,"日期,金额', '客户"名称,日期,金额', 'Customer,Date,"Amount', 'Kunde",Datum,Betrag'],
)
def test_a_stray_quote_in_the_header_costs_no_line(head):
    seen = read(f"{head}\n甲公司,2024-01-05,100.5\n乙公司,2024-02-06,200.25\n丙公司,2024-03-07,90.75\n")
    assert (seen.outcome, seen.rows, len(seen.columns)) == ("loads", 3, 3)


def test_the_header_question_offers_every_first_line_as_a_table_and_takes_any_number():
    text = "甲公司,2024-01-05,100.5\n乙公司,2024-02-06,200.25\n丙公司,2024-03-07,90.75\n"
    question = read(text).questions[0]
    assert [choice["value"] for choice in question["choices"]] == ["none", 1, 2, 3]
    assert question["choices"][1]["preview"][0] == ["甲公司", "2024-01-05", "100.5"]
    assert read(text, header=1).rows == 2
    far = "".join(f"x{place},{place}.5,2024-01-05\n" for place in range(80)) + "客户,金额,日期\n甲公司,5.5,2024-01-06\n"
    assert list(read(far, header=81).columns) == ["客户", "金额", "日期"]
    assert list(read(far, header="81").columns) == ["客户", "金额", "日期"]


def test_no_made_up_name_but_the_letter_of_the_column_reaches_anybody():
    seen = read("Unnamed: 0,customer,Unnamed: 2,amount\n0,A,x,1.5\n1,B,y,2.5\n2,C,z,3.5\n")
    assert list(seen.columns) == ["A", "customer", "C", "amount"]
    assert [column_letter(place) for place in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_a_workbook_with_an_empty_frame_around_its_table_reads_alike():
    rows = [["", "", "", ""], ["销售表", "", "", ""], ["客户", "日期", "金额", ""], ["甲公司", "2024-01-05", 100.5, ""]]
    seen = read(workbook(("表", [*rows, ["乙公司", "2024-02-06", 20.5, ""]])))
    assert (seen.outcome, list(seen.columns), seen.rows) == ("loads", ["客户", "日期", "金额"], 2)
