"""The encoding of a text is argued for, never guessed; no line becomes wrong characters."""

from __future__ import annotations

import pytest

from tests.ingest.reading.small_files import COMPANIES, orders, read
from tiering.ingest.bytes.encoding_choice import most_plausible
from tiering.ingest.bytes.plausibility import plausibility

TAIWAN = (
    "客戶名稱,訂單金額,下單日期\n臺北國際貿易股份有限公司,1200.00,2024-01-05\n高雄聯華實業有限公司,880.50,2024-02-06\n"
)
FRENCH = "Société,Montant,Date\nHôtel Négresco,1200.00,2024-01-05\nCafé Élysée à Orléans,880.50,2024-02-06\n"
KOREAN = "고객명,금액,날짜\n서울무역주식회사,1200.00,2024-01-05\n부산전자,880.50,2024-02-06\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_chinese_file_reads_the_same_in_every_encoding_it_is_saved_in(encoding):
    seen = read(orders().encode(encoding))
    assert seen.outcome == "loads"
    assert seen.columns["客户名称"] == list(COMPANIES)
    assert list(seen.columns) == ["客户名称", "订单金额", "下单日期"]


def test_one_short_line_of_gbk_is_chinese():
    seen = read("客户名称,订单金额,下单日期\n成都亚安明实业股份有限公司,88926.93,2023-01-30\n".encode("gbk"))
    assert (seen.report["encoding"], seen.columns["客户名称"]) == ("gb18030", ["成都亚安明实业股份有限公司"])


def test_traditional_chinese_from_taiwan_is_big5():
    seen = read(TAIWAN.encode("big5"))
    assert seen.report["encoding"] == "big5"
    assert seen.columns["客戶名稱"] == ["臺北國際貿易股份有限公司", "高雄聯華實業有限公司"]


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman"])
def test_accents_are_told_from_chinese_though_both_decode(encoding):
    content = FRENCH.encode(encoding)
    seen = read(content)
    assert seen.columns["Société"] == ["Hôtel Négresco", "Café Élysée à Orléans"]
    assert content.decode("gb18030", errors="ignore")  # it would have decoded into something


def test_korean_is_always_asked_because_it_reads_as_everyday_chinese():
    seen = read(KOREAN.encode("cp949"))
    assert seen.outcome == "asks"
    assert "encoding" in seen.report["asks"]
    offered = {choice["value"] for question in seen.questions for choice in question["choices"]}
    assert {"cp949", "gb18030"} <= offered


def test_bytes_that_read_like_no_writing_are_asked_about():
    seen = read(orders().encode("utf-16")[1:])
    assert seen.outcome == "error" or "encoding" in seen.report["asks"]


def test_a_chosen_encoding_is_not_argued_with():
    seen = read(KOREAN.encode("cp949"), encoding="cp949")
    assert seen.columns["고객명"] == ["서울무역주식회사", "부산전자"]
    assert "encoding" not in seen.report["asks"]


def test_one_line_in_another_encoding_is_read_as_such_and_listed():
    lines = orders().encode().split(b"\n")
    lines[3] = lines[3].decode().encode("gb18030")
    seen = read(b"\n".join(lines))
    assert seen.columns["客户名称"] == list(COMPANIES)
    assert seen.mended == [4]


def test_a_line_that_is_no_text_in_any_encoding_is_set_aside():
    lines = orders().encode().split(b"\n")
    lines[3] = b"\xff\xfe\x81\x8d\x9d\xff\xc0,12,2024-01-01"
    seen = read(b"\n".join(lines))
    assert seen.aside == {4: "encoding"}
    assert seen.rows == 5


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_file_cut_inside_a_character_keeps_all_but_its_last_line(encoding):
    whole = orders().encode(encoding)
    cut = whole + "苏州".encode(encoding)[:-1]
    seen = read(cut)
    assert seen.rows == 6
    assert seen.aside == {8: "truncated"}


def test_control_characters_go_and_are_mentioned():
    seen = read(orders().replace("贸易", "贸\x00易\x07", 1))
    assert seen.columns["客户名称"][0] == COMPANIES[0]
    assert "control_characters" in seen.notes


def test_plausible_writing_beats_what_merely_decodes():
    text = "杭州德新鑫贸易有限公司"
    wrong = text.encode("gb18030").decode("cp1252", errors="ignore")
    assert plausibility(text, "gb18030") > 0.8 > 0 > plausibility(wrong, "cp1252")


@pytest.mark.parametrize("size", [2, 4, 8])
def test_a_few_characters_of_everyday_chinese_are_enough(size):
    found, _ = most_plausible("深圳市华瑞科技有限公司"[:size].encode("gb18030"))
    assert found == "gb18030"


def test_a_line_that_one_encoding_nearly_reads_is_set_aside_not_read_by_half():
    lines = orders().encode().split(b"\n")
    lines[2] = "Привет компания торговая,5.50,2024-01-05".encode("cp1251").replace("т".encode("cp1251"), b"\x98", 1)
    seen = read(b"\n".join(lines))
    assert seen.rows == 5
    assert seen.aside == {3: "encoding"}


@pytest.mark.parametrize("encoding", ["cp1251", "koi8_r"])
def test_russian_is_read_in_the_encoding_it_was_written_in(encoding):
    text = "Клиент,Сумма,Дата\nООО Торговая компания Север,1200.00,2024-01-05\nАвтозапчасти Москва,880.50,2024-02-06\n"
    seen = read(text.encode(encoding))
    assert seen.report["encoding"] == encoding
    assert seen.columns["Клиент"] == ["ООО Торговая компания Север", "Автозапчасти Москва"]


@pytest.mark.parametrize(
    ("line", "encoding"),
    [
        *[("Größe;Menge", "cp1252"), ("Müller GmbH;Königsallee 5", "cp1252"), ("Straße;Fußboden", "cp1252")],
        *[("Währung;€", "cp1252"), ("Österreich;Überseehandel", "cp1252"), ("Société;Février", "cp1252")],
        *[("Désignation;Février", "cp1252"), ("Año;Compañía", "cp1252"), ("Señor Núñez;5", "cp1252")],
        *[("São Paulo;Ação", "cp1252"), ("Descrição;Preço", "cp1252"), ("Åkesson;Försäljning;År", "cp1252")],
        *[("København;Beløb", "cp1252"), ("Größe;Käufer", "mac_roman"), ("Señor Núñez", "mac_roman")],
        *[("Клиент;Сумма", "cp1251"), ("Клиент;Сумма", "koi8_r")],
        *[("客户名称,订单金额", "gb18030"), ("統一企業,金額", "big5"), ("トヨタ,さくら", "cp932")],
    ],
)
def test_words_decide_their_encoding_without_a_question(line, encoding):
    assert most_plausible(line.encode(encoding)) == (encoding, ())


@pytest.mark.parametrize(
    ("line", "encoding"),
    [("Łódź;Kraków;Święty", "cp1250"), ("고객,금액", "cp949"), ("株式会社,売上", "cp932"), ("東京,さくら", "cp932")],
)
def test_where_writing_stays_in_doubt_the_right_encoding_is_offered(line, encoding):
    best, rivals = most_plausible(line.encode(encoding))
    assert encoding in {best, *rivals}
