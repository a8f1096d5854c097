"""Customers, numbers, dates and money under the words of many languages."""

from __future__ import annotations

import pytest

from tests.ingest.meaning.drafts import counted


@pytest.mark.parametrize(
    "header",
    [
        "Beleg;Debitor;Buchungsdatum;Umsatz",
        "Rechnungsnr;Kunde;Rechnungsdatum;Nettobetrag",
        "N° facture;Débiteur;Date de facture;Montant HT",
        "Número de factura;Cliente;Fecha;Importe neto",
        "Numero fattura;Ragione sociale;Data documento;Imponibile",
        "Nº pedido;Cliente;Data do pedido;Valor líquido",
        "Factuurnummer;Klant;Factuurdatum;Bedrag excl. btw",
        "Nr faktury;Kontrahent;Data sprzedaży;Wartość netto",
        "伝票番号;得意先;売上日;売上金額",
        "전표번호;거래처;매출일자;공급가액",
        "Номер заказа;Контрагент;Дата заказа;Сумма без НДС",
        "单据编号;对方单位;过账日期;不含税额",
        "Doc no;Debtor;Posting date;Net total",
    ],
)
def test_an_order_list_is_understood_in_many_languages(header):
    lines = ["11;Ahorn;2024-01-05;100.10", "12;Buche;2024-02-13;100", "13;Ahorn;2024-03-20;50"]
    assert counted("\n".join([header, *lines]) + "\n") == {"Ahorn": 150.10, "Buche": 100.0}


@pytest.mark.parametrize("header", ["customer email", "E-Mail-Adresse", "邮箱", "correo electrónico", "メールアドレス"])
def test_an_address_stands_for_a_customer_without_number_and_name(header):
    lines = "1,BUY@X.EXAMPLE,2024-01-05,100\n2,buy@x.example,2024-02-05,50\n3,a@y.example,2024-02-06,7\n"
    assert counted(f"order,{header},date,total\n{lines}") == {"buy@x.example": 150.0, "a@y.example": 7.0}


def test_a_name_goes_before_an_address_and_a_number_before_both():
    text = "order,email,company,date,total\n1,a@x.example,North,2024-01-05,100\n2,b@x.example,North,2024-02-05,50\n"
    assert counted(text) == {"North": 150.0}
    assert counted(text.replace("order,email", "customer no,email")) == {"1": 100.0, "2": 50.0}
