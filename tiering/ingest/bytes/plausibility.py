"""How plausible a decoded text is as writing of people; "decodes without error" says nothing."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

# Everyday characters of business and address text, most frequent first; simplified, then traditional.
SIMPLIFIED = frozenset(
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天"
    "分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二"
    "等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结"
    "反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北"
    "边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运笔史究运装图极户称订单额编号联系名客价款销售付费购货商店铺购买城省州县街镇村区深圳苏杭州京津沪渝湖江"
    "湾宁波厦福广沈阳武汉成都重庆青岛济郑州长沙宏盛恒隆泰鑫华瑞信达博远创亚福德诚佳美嘉源丰兴旺顺昌茂荣辉腾飞宇凯迪威龙虎凤祥吉康健医药食品服饰鞋帽纺织机械电子器材"
    "有限责任股份集团公司贸易实业技术服务咨询投资控股材料设备工程建筑装饰环境能源化工塑料五金汽车配件物流运输仓储包装印刷广告文具办公家具百货超市批发零售进口出口"
    "合计总数量单位金额日期备注状态已未付完待确认取消退款折扣税率含开票地址电话手机邮箱传真姓性别男女岁职业收入客户级别等产类型号规格颜色尺寸重毛利润成本库存"
    "刘陈杨黄赵吴周徐孙朱胡郭何林罗梁宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任姜崔钟谭陆范汪石廖贾韦付夏邱方侯邹熊孟秦白江阎薛尹段雷史"
)
TRADITIONAL = frozenset(
    "的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡用道行所然家種事成方多經麼去法學如都同現當沒動面起看定天"
    "分還進好小部其些主樣理心本前開但因只從想實日者意無力與長把機十民第公此已工使情明性知全三又關點正業外將兩高間由問很最重並物手應向頭文體政美相見被利什二"
    "等產或新己制身果加西月話合回特代內信表化老給世位次度門任常先海通教原東聲提立及比員解水名真論處走義各入幾口認條平系氣題活更別打女變四神總何電數安少報才結"
    "反受目太量再感建務做接必場件計管期市直德資命山金指許統區保至隊形社便空決治展馬科司五基書非則聽白界達光放強即難且權思王象完設式色路記南品住告類求據程北"
    "邊張該交規萬取格望覺術領共確傳師觀清今切院讓識候帶導爭運圖極戶稱訂單額編號聯繫名客價款銷售付費購貨商店鋪買城省州縣街鎮村臺北高雄中南桃園新竹基隆"
    "有限責任股份集團公司貿易實業技術服務諮詢投資控股材料設備工程建築裝飾環境能源化工塑膠五金汽車配件物流運輸倉儲包裝印刷廣告文具辦公家具百貨超市批發零售進口出口"
    "合計總數量單位金額日期備註狀態已未付完待確認取消退款折扣稅率含開票地址電話手機郵箱傳真姓性別男女歲職業收入客戶級別類型號規格顏色尺寸重毛利潤成本庫存"
    "劉陳楊黃趙吳周徐孫朱胡郭何林羅梁宋唐許韓馮鄧曹彭曾蕭田董袁潘蔣蔡余杜葉程蘇魏呂丁任姜崔鐘譚陸范汪石廖賈韋夏邱方侯鄒熊孟秦江薛尹段雷史國際聯華資訊"
)
MARKS = frozenset("，。、：；？！（）【】《》“”‘’—…￥％＋－０１２３４５６７８９　·")
JAPANESE = frozenset(
    "株式会社有限売上顧客先得意東京大阪京都名古屋横浜福岡商品金額日付年月"
    "数量単価合計税込消費請求書注文番号担当者部店舗様円備考"
)
PAIRS = frozenset(
    {"öß", "üß", "äß", "ßö", "çã", "çõ", "ãç", "úñ", "ñó", "ñí", "ñú", "ñá", "éï", "ïé", "åä", "äå", "éé"}
)
COMMON = frozenset("éèàçüöäßñóíáâêîôûåøæœãõúÉÈÜÖÄÑÅØÆÁÍÓÚÇÃÕÂÊÔ")
CENTRAL = frozenset("ąćęłńóśźżáčďéěíňřšťúůýžőűăâîşţäöüßĄĆĘŁŃÓŚŹŻÁČĎÉĚÍŇŘŠŤÚŮÝŽŐŰÄÖÜ")
GREEK_ACCENTS = frozenset("άέήίόύώΐΰ")
LATIN_SIGNS = frozenset("€£¥§°®©™–—‘’“”«»…±²³½·ªº¿¡×")


def plausibility(text: str, encoding: str) -> float:
    """Mean plausibility (−1..1) of the characters beyond ASCII; 0 where there are none."""
    judge = JUDGES.get(encoding, _letter)
    scores = [judge(text, place) for place, char in enumerate(text) if char > "\x7f"]
    return sum(scores) / len(scores) if scores else 0.0


def _simplified(text: str, place: int) -> float:
    char = text[place]
    if char in SIMPLIFIED:
        return 1.0
    if char in MARKS:
        return 0.6
    return _rank(char, "gb2312", 0xB0, 0xD7)


def _traditional(text: str, place: int) -> float:
    char = text[place]
    if char in TRADITIONAL:
        return 1.0
    if char in MARKS:
        return 0.6
    return _rank(char, "big5", 0xA4, 0xC6)


def _rank(char: str, encoding: str, first: int, last: int) -> float:
    """Common, rare or no character of the basic set."""
    try:
        lead = char.encode(encoding)[0]
    except UnicodeEncodeError:
        return -1.0 if unicodedata.category(char) in {"Co", "Cn", "Cc"} else -0.8
    if first <= lead <= last:
        return 0.4
    return -0.3 if lead > last else 0.1


def _japanese(text: str, place: int) -> float:
    char = text[place]
    if "\u3040" <= char <= "\u30ff":
        return 0.9
    if "\uff61" <= char <= "\uff9f":
        return -0.5
    if char in JAPANESE:
        return 0.9
    return 0.3 if "\u4e00" <= char <= "\u9fff" else 0.4 if char in MARKS else -0.6


def _korean(text: str, place: int) -> float:
    return 0.8 if "\uac00" <= text[place] <= "\ud7a3" else -0.5


def _letter(text: str, place: int) -> float:
    """A letter among letters of its own script and case speaks for the decoding, a lone sign hardly."""
    char = text[place]
    if not char.isalpha():
        return 0.3 if char in LATIN_SIGNS else -0.8
    before = text[place - 1] if place else " "
    after = text[place + 1] if place + 1 < len(text) else " "
    if char.isupper() and (before.islower() or (before.isalpha() and after.islower())):
        return -0.8
    neighbours = [other for other in (before, after) if other.isalpha()]
    if not neighbours:
        return -0.3
    return sum(0.8 if _script(other) == _script(char) else -0.4 for other in neighbours) / len(neighbours)


def _latin(text: str, place: int) -> float:
    """Accented letters stand among plain ones; a run of them is another encoding."""
    score = _letter(text, place)
    char = text[place]
    if not char.isalpha():
        return score
    neighbours = [text[at] for at in (place - 1, place + 1) if 0 <= at < len(text) and text[at].isalpha()]
    around = [text[at : at + 2].lower() for at in (place - 1, place) if at >= 0]
    strange = sum(other > "\x7f" for other in neighbours) - sum(pair in PAIRS for pair in around)
    common = 0.2 if char in COMMON else -0.3
    return score + common - 0.9 * strange


def _central(text: str, place: int) -> float:
    """As Latin letters, those of Central Europe being the common ones."""
    ordinary = (text[place] in CENTRAL) - (text[place] in COMMON)
    return _latin(text, place) + 0.25 * ordinary - (0.3 if text[place] not in CENTRAL else 0.0)


def _cyrillic(text: str, place: int) -> float:
    """Russian read in another of its encodings is letters still, but the rare ones; and small before capital ones."""
    char = text[place].lower()
    letters = 0.15 if char in "оеаинтсрвлкмдпуяг" else -0.5 if char in "ъэфщцюжёхш" else 0.0
    begins = place
    while begins and text[begins - 1].isalpha():
        begins -= 1
    return _letter(text, place) + letters - (0.6 if text[place].isupper() and text[begins].islower() else 0.0)


def _greek(text: str, place: int) -> float:
    """Nearly every Greek word in small letters bears one accent; Russian read as Greek bears none, or several."""
    begins = ends = place
    while begins and text[begins - 1].isalpha():
        begins -= 1
    while ends < len(text) and text[ends].isalpha():
        ends += 1
    word = text[begins:ends]
    accents = sum(char in GREEK_ACCENTS for char in word)
    return _letter(text, place) - (0.6 if len(word) > 2 and not word.isupper() and accents != 1 else 0.0)


def _script(char: str) -> str:
    return "LATIN" if char < "\u0250" else unicodedata.name(char, "?").split(" ", 1)[0]


JUDGES: dict[str, Callable[[str, int], float]] = {
    "gb18030": _simplified,
    "big5": _traditional,
    "cp932": _japanese,
    "cp949": _korean,
    "cp1252": _latin,
    "mac_roman": _latin,
    "cp1250": _central,
    "iso8859_7": _greek,
    "cp1251": _cyrillic,
    "koi8_r": _cyrillic,
}
