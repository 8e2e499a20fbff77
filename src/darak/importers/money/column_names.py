"""What banks and cards call the columns of their statements, by what is in them.

Names are compared in lower case, without blanks, signs and what stands in brackets: "출금액(원)" is "출금액".
"""

from __future__ import annotations

import re

_NAMES = {
    "date": """
        거래일시 거래일자 거래일 거래날짜 이용일시 이용일자 이용일 승인일시 승인일자 승인일 사용일시 사용일자 사용일
        매출일자 매출일 결제일시 결제일자 일시 일자 날짜 거래년월일 transactiondate transdate transactiontime datetime
        dateandtime date starteddate purchasedate completeddate bookingdate posteddate postingdate postdate dateposted
        valuedate created buchungstag buchungsdatum buchung datum fecha data dateopération 입금일시 매입일자 매입일
        청구일자 日付 取引日 お取引日 利用日 ご利用日 年月日 交易时间 交易日期 dateprocessed datumverrichting txndate
        datetimeoftransaction dateoperation dateop datecomptabilisation buchungsdatumuhrzeit fechaoperación
        fechadeoperación fechamovimiento dataoperacji datacontabile dataoperazione datadooperação datalançamento
        bokföringsdag bokföringsdatum transaktionsdatum bogført dato kirjauspäivä maksupäivä datumprovedení
        datumzaúčtování tranzakciódátuma wertstellung valutadatum valuta datavaluta datavalor fechavalor
    """,
    "time": """
        거래시간 이용시간 승인시간 사용시간 결제시간 거래시각 이용시각 승인시각 사용시각 결제시각 시간 시각 time
        取引時間 uhrzeit heure hora
    """,
    "out": """
        출금액 출금금액 출금 찾으신금액 지급금액 지급액 인출금액 지출 지출금액 debit debits debitamount withdrawal
        withdrawals withdrawalamount withdrawalamt paidout moneyout outflow spent 出金 出金金額 出金額 お引出し金額
        お引出金額 お支払金額 引出金額 débit débiteuros soll ausgang debet uscite dare addebiti cargo cargos saída
        saídas obciążenia utfrakonto
    """,
    "in": """
        입금액 입금금액 입금 맡기신금액 예입금액 수입 수입금액 credit credits creditamount deposit deposits
        depositamount depositamt paidin moneyin inflow received 入金 入金金額 入金額 お預入れ金額 お預り金額 預入金額
        crédit créditeuros haben eingang entrate avere accrediti abono abonos entrada entradas uznania innpåkonto
    """,
    "amount": """
        이용금액 승인금액 사용금액 거래금액 매출금액 결제금액 국내이용금액 금액 amount transactionamount billingamount
        localamount netamount net betrag umsatz importe 이용총액 매입금액 청구금액 원금 金額 利用金額 ご利用金額
        支払金額 取引金額 交易金额 金额 gross brutto grossamount money betragineur montant valor importo kwota bedrag
        belopp beløb beløp määrä summa částka zaúčtovanáčástka tranzakcióösszege
    """,
    "balance": """
        잔액 거래후잔액 거래후의잔액 통장잔액 남은금액 balance runningbalance runningbal accountbalance closingbalance
        availablebalance saldo 계좌잔액 残高 差引残高 余额 账户余额 cashbalance solde saldonatrn saldopooperacji
        saldopotransakcji saldocontabile zůstatek egyenleg kontostand
    """,
    "name": """
        가맹점명 가맹점 이용하신곳 이용하신가맹점 이용가맹점 이용가맹점명 이용처 사용처 결제처 상호 상호명
        보낸분/받는분 받는분/보낸분 보낸분 받는분 의뢰인/수취인 의뢰인 수취인 거래처 거래상대 상대방 예금주명
        상대계좌예금주명 기재내용 거래기록사항 merchant merchantname payee name counterparty counterpartyname
        targetname partnername recipient beneficiary empfänger begünstigter/zahlungspflichtiger auftraggeber/empfänger
        이용하신가맹점명 이용상점 받는사람 보낸사람 입금자 입금자명 ご利用先 利用先 ご利用店名 利用店名
        利用店名・商品名 ご利用店名・商品名 お取引先 交易对方 payername recipientname sendername title naamtegenpartij
        naam naam/omschrijving handelaar názevprotiúčtu partnerneve zahlungspflichtiger zahlungsempfängerin
        zahlungsempfänger zahlungspflichtige begünstigter auftraggeber auftraggeber/begünstigter
        beguenstigter/zahlungspflichtiger namezahlungsbeteiligter empfängername partner tiers bénéficiaire
        beneficiario destinatario estabelecimento título contrahent odbiorca mottagare saaja/maksaja saaja
        supplierfound from to
    """,
    "text": """
        적요 내용 거래내용 거래내역 이용내역 거래메모 메모 송금메모 이체메모 받는통장메모 내통장메모 비고 상품명
        description transactiondescription originaldescription details transactiondetails narrative narration memo
        notes reference paymentreference particulars remarks subject verwendungszweck buchungstext concepto
        descripción libellé 통장메모 거래특이사항 적요내용 摘要 内容 お取扱内容 お取引内容 商品说明 商品 transaction
        note message info transactionremarks notesandtags additionalinformation omschrijving omschrijving1
        omschrijving2 mededelingen toelichting libelléopération libellésimplifié motif objet descrizione causale
        descrição lançamento histórico movimiento descripciónoperación opisoperacji opistransakcji tytuł rubrik text
        tekst beskrivning beskrivelse forklaring viesti selitys zpráva zprávapropříjemce közlemény vorgang
        buchungsdetails
    """,
    "category": """
        분류 카테고리 대분류 업종 업종명 category
    """,
    "type": """
        구분 거래구분 입출금구분 입출구분 입출금 입출 거래유형 거래종류 type transactiontype debit/credit credit/debit
        debitorcredit creditdebitindicator dr/cr cr/dr drcr af/bij direction 이용구분 이용유형 取引区分 お取引区分
        收/支 交易类型 transactietype transaktionstyp umsatztyp typtransakcji typtransakce mutatiesoort afbij
        bevétel/kiadás laji típus
    """,
    "currency": """
        통화 통화코드 화폐 currency currencycode ccy währung divisa 通貨 币种 munt waehrung devise moneda moeda waluta
        měnaúčtu tranzakciódevizaneme valuutta
    """,
    "account": """
        카드번호 이용카드 사용카드 카드 카드명 카드종류 결제수단 카드구분 account accountnumber accountname accountno
        card cardnumber cardno 이용카드번호 카드사 kontonummer rekening rekeningnummer compte conta
    """,
    "status": """
        상태 승인상태 승인구분 취소여부 취소상태 매출구분 status state
    """,
}
NAMES = {role: tuple(names.split()) for role, names in _NAMES.items()}

TOTALS = re.compile(r"(?i)(총\s*|소\s*|합\s*|누\s*)?(계|합계|총액|건수)\s*[:：]?.*|(sub|grand\s+)?totals?\b.*|sum\b.*")
"""What the first words of a row of sums are."""
OUTGOING = re.compile(
    r"(?i)출금|지급|지출|출|사용|결제|支出|出金|debit|dr|d|sale|purchase|payment|withdrawal|out|af|fee|ausgang|kiadás"
)
INCOMING = re.compile(r"(?i)입금|수입|입|예입|환불|收入|入金|credit|cr|c|deposit|refund|return|in|bij|eingang|bevétel")
PENDING = re.compile(r"(?i)pending|offen|vorgemerkt|(승인\s*)?대기|미확정|미매입")
"""What stands for the date of a payment that has not gone through: it comes again with its date."""
UNDONE = re.compile(
    r"(?i)(승인|전체|매출|부분|거래)?\s*취소.*|거절.*|실패.*|cancel.*|declin.*|fail.*|revert.*|revers.*|void.*|Y"
)
"""What a status says of a payment that was not made after all."""
ACCOUNT_LABELS = (*NAMES["account"], "계좌번호", "계좌", "출금계좌번호", "iban", "kontonummer", "konto", "girokonto")
"""What stands before the number of the account above a table. A column 계좌번호 has the account of the other side."""
CURRENCIES = {"원": "KRW", "₩": "KRW", "￦": "KRW", "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "円": "JPY"}

_IN_CURRENCY = re.compile(r"\s+(?:in\s+)?(?:[A-Z]{3}|[Ee]uroa?s?|EUROA)$")
_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_SIGNS = re.compile(r"[\s*#:·_.\-]+")
_DATES, _AMOUNTS = (
    re.compile("|".join(re.escape(name) for role in roles for name in NAMES[role]))
    for roles in (("date",), ("amount", "out", "in"))
)
_ROLES = {name: role for role, names in NAMES.items() for name in names}


def plain_name(name: str) -> str:
    """A name without what does not tell names apart: "Umsatz in EUR" is "umsatz"."""
    return _SIGNS.sub("", _IN_CURRENCY.sub("", _BRACKETS.sub("", name).strip())).lower()


def may_be_header(line: str) -> bool:
    """Whether a line names a date and an amount: a quick look, before its cells are told apart."""
    plain = plain_name(line)
    return _DATES.search(plain) is not None and _AMOUNTS.search(plain) is not None


def role_of(name: str) -> str | None:
    """What a column of this name holds."""
    return _ROLES.get(plain_name(name))


def rank_of(name: str) -> int:
    """Of several columns of one role the one that ranks lowest says it best."""
    plain = plain_name(name)
    role = _ROLES.get(plain)
    return NAMES[role].index(plain) if role else len(_ROLES)
