"""Figures: which numbers are quantities, and what they are quantities of."""

from __future__ import annotations

import pytest

from content.extraction import extract
from content.extraction.analysis import Analysis, Mention
from content.extraction.figures import find_figures
from content.model import Figure, Product


def only(text: str) -> Figure:
    """The one figure of a text."""
    (figure,) = find_figures(Analysis.of(text))
    return figure


# 数量: text, value, unit, comparator
QUANTITIES = [
    ("松果语音调用超过150亿次。", 150e8, "次", ">"),
    ("规模达到千亿字符。", 1e11, "字符", "="),
    ("平台凝聚230万开发者。", 230e4, "开发者", "="),
    ("占计算需求的80%以上。", 80, "%", ">="),
    ("占三成五。", 35, "%", "="),
    ("约有七八成受访者支持。", 70, "%", "~"),
    ("百分之八十的企业认同。", 80, "%", "="),
    ("提高了2.3个百分点。", 2.3, "个百分点", "="),
    ("利润翻了两番。", 4, "倍", "="),
    ("增长近3倍。", 3, "倍", "~"),
    ("模型总数达到140+的模型库。", 140, None, ">="),
    ("营业收入3,456.78亿元。", 3456.78e8, "元", "="),
    ("投资额為新台幣3.5兆元。", 3.5e12, "新台币", "="),
    ("罚款US$500。", 500, "美元", "="),
    ("至少300万美元。", 300e4, "美元", ">="),
    ("不足一千名观众。", 1000, "名", "<"),
    ("不超过20人。", 20, "人", "<="),
    ("上百家企业到场。", 100, "家", ">="),
    ("1500余万元资金。", 1500e4, "元", ">"),
    ("约合5公里左右。", 5, "公里", "~"),
    ("贡献者突破 400，感谢有你。", 400, None, ">"),
    ("录音1.1万小时。", 11_000, "小时", "="),
    ("十余名专家到场。", 10, "名", ">"),
    ("吸引46个国家参会。", 46, "个国家", "="),
    ("占地\uff11\uff12\uff10亩。", 120, "亩", "="),
    ("净利润为-3.2亿元。", -3.2e8, "元", "="),
    ("流量突破64.1亿。", 6_410_000_000, None, ">"),
    ("共对接210家上下游企业。", 210, "家", "="),
    ("感谢1200位贡献者。", 1200, "位", "="),
    ("松果集团签约20亿元。", 20e8, "元", "="),
    ("每户节约300元。", 300, "元", "="),
    ("松果销量突破1.5亿大关。", 1.5e8, None, ">"),
    ("松城有14亿人口。", 14e8, "人口", "="),
    ("出口RMB300万元。", 300e4, "元", "="),
    ("融资USD500万。", 500e4, "美元", "="),
    ("售价HK$88。", 88, "港元", "="),
    ("门票NT$350。", 350, "新台币", "="),
    ("最多容纳300人。", 300, "人", "<="),
    ("至少需要500名护林员。", 500, "名", ">="),
    ("失业率为百分之五点二。", 5.2, "%", "="),
    ("四分之一的村庄通了光纤。", 25, "%", "="),
    ("三分之二以上的代表同意。", 66.67, "%", ">="),
    ("过半数的林农加入。", 50, "%", ">"),
    ("利率下调25个基点。", 25, "个基点", "="),
    ("景气指数为50.3。", 50.3, None, "="),
    ("同比增长超过5%。", 5, "%", ">"),
    ("每千人拥有医生3.2人。", 3.2, "人", "="),
    ("成本１９９６万元。", 1996e4, "元", "="),
]


@pytest.mark.parametrize(("text", "value", "unit", "comparator"), QUANTITIES)
def test_quantity(text: str, value: float, unit: str | None, comparator: str) -> None:
    """A quantity has a plain number, the recorded unit and the comparator of its words."""
    figure = only(text)
    assert (figure.value, figure.unit, figure.comparator) == (pytest.approx(value), unit, comparator)
    assert figure.text == text[figure.start : figure.end]


# 非数量
NO_FIGURES = [
    "2031年5月6日上午9:30，第六届云杉论坛开幕。",
    "他今年58岁，从业30年。",
    "电话010-12345678，邮编100081。",
    "5G、4K、GPT-4、985高校、V2.0和一带一路都是名称。",
    "一方面要投入，另一方面要节约，惠及千行百业、千家万户。",
    "一个平台，两种办法，三大挑战，五项任务，四个方面。",
    "排名前十名，位列第3位，跻身Top10。",
    "《2031年300家企业调查》刊发了。",
    "“1+8+N”体系从1到N，比分3:2。",
    "会议为期3天，连续5个月举行。",
    "表3所示，见第12页。",
    "三部门联合发文，两位一体推进。",
    "六安、九江、百色和千岛湖是地名。",
    "会议由云杉市5A景区承办。",
    "第十届三次会议在2031台海论坛召开。",
    "约1/3的企业在此。",
    "大关镇有条约。",
    "林农多为70、80后。",
    "陆青、温如言和白桦是同学，三人因爱树走到一起。",
    "松果集团较去年晋升17位。",
    "周线收出十字星。",
    "他万万没有料到。",
    "松海气象万千，万千人心向往之。",
    "经历了两、三次。",
    "在三、四月份召开。",
]


@pytest.mark.parametrize("text", NO_FIGURES)
def test_no_figure(text: str) -> None:
    """Dates, ages, ordinals, names with digits, idioms and idle counts are no figures."""
    assert [figure.text for figure in find_figures(Analysis.of(text))] == []


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("增速在5%至8%之间。", 5, 8, "%"),
        ("增速在5至8%之间。", 5, 8, "%"),
        ("投资3—5亿元。", 3e8, 5e8, "元"),
        ("投资3亿元至5亿元。", 3e8, 5e8, "元"),
        ("五六十人到场。", 50, 60, "人"),
        ("两、三百人到场。", 200, 300, "人"),
        ("亩产5、6千斤。", 5000, 6000, "斤"),
        ("七、八成农户参加。", 70, 80, "%"),
        ("种了三四百棵松树。", 300, 400, "棵"),
    ],
)
def test_range(text: str, low: float, high: float, unit: str) -> None:
    """A range keeps both ends, wherever its unit stands."""
    figure = only(text)
    assert (figure.value, figure.value_max, figure.unit) == (low, high, unit)


@pytest.mark.parametrize(
    ("text", "values", "unit"),
    [
        ("两项分别提高8.2、5.0个百分点。", [8.2, 5.0], "个百分点"),
        ("两项分别回落22和13.2个百分点。", [22, 13.2], "个百分点"),
        ("三地分别为10、20和30亿元。", [10e8, 20e8, 30e8], "元"),
        ("分别增长5.1%、6.2%及7.3%。", [5.1, 6.2, 7.3], "%"),
        ("松果、松脂各售出300及500吨。", [300, 500], "吨"),
    ],
)
def test_a_list_shares_its_unit(text: str, values: list[float], unit: str) -> None:
    """8.2、5.0个百分点 are two figures of the same unit."""
    found = find_figures(Analysis.of(text))
    assert [figure.value for figure in found] == values
    assert {figure.unit for figure in found} == {unit}


# 主语
SUBJECTS = [
    ("全市公园面积同比增长4.2%。", ["全市公园面积"]),
    ("预计明年松果产量将减少25%左右。", ["松果产量"]),
    ("会议吸引了200余名林业代表参加。", ["会议…林业代表"]),
    ("未来将占据80%以上的采摘需求。", ["采摘需求"]),
    ("占地120亩，总投资30亿元。", ["占地", "总投资"]),
    ("松脂出口额由2029年的12亿元提高到2030年的35亿元。", ["松脂出口额", "松脂出口额"]),
    ("松脂价格从每吨3200元上涨到4500元。", ["松脂价格", "松脂价格"]),
    ("来自不同领域的9位松鼠专家发言。", ["松鼠专家"]),
    ("员工由5人发展到2000人。", ["员工", "员工"]),
    # 分别: in order
    ("松果、松脂和松木产量分别为10万吨、20万吨和30万吨。", ["松果", "松脂", "松木产量"]),
    (
        "松城、云溪和雁山的松果产量分别为10、20和30万吨。",
        ["松城…松果产量", "云溪…松果产量", "雁山的松果产量"],
    ),
    ("松果出口額和松脂進口額分別增長5.2%、8.1%。", ["松果出口額", "松脂進口額"]),
    (
        "松果、松脂产量分别为3万吨、2万吨，同比分别增长5%和6%。",
        ["松果", "松脂产量", "松果", "松脂产量"],
    ),
    ("松果、松脂和松木的盈利分别减少5元，6元，4元。", ["松果…盈利", "松脂…盈利", "松木的盈利"]),
    ("松果、松脂产值分别为1,200万元和3,400万元。", ["松果", "松脂产值"]),
    ("两项指标分别回落22和13.2个百分点。", ["两项指标", "两项指标"]),
    ("云溪大学和雁山大学分别招收学生300名、500名。", ["云溪大学…学生", "雁山大学…学生"]),
    # 括号
    ("松果产业增加值（GDP）达12亿元。", ["松果产业增加值"]),
    ("林业投资(不含农户)同比增长5.1%。", ["林业投资"]),
    ("松果集团（证券代码甲）售出松果（干）300吨。", ["松果集团（证券代码甲）售出松果"]),
    # 比较: what it is compared with is no subject
    ("松果出口价是松脂出口价的1.5倍。", ["松果出口价"]),
    ("松果产业增速快于全省3.5个百分点。", ["松果产业增速"]),
    ("松果产值增长5%，比全省高2个百分点，高于全国平均水平3.1个百分点。", ["松果产值"] * 3),
    ("六十岁以上林农占林农总数的23%。", ["六十岁以上林农"]),
    ("松果贸易额约为建交初期的3倍。", ["松果贸易额"]),
    ("松果销量同比多售8%，占全省的12%。", ["松果销量", "松果销量"]),
    ("松农更重视松果质量（21%）、松脂价格（17%）。", ["松农更重视松果质量", "松脂价格"]),
    ("松果净亏损155亿日元（约1.94亿美元）。", ["松果净亏损", "松果净亏损"]),
    ("松果公积余额已超过实收资本的50%。", ["松果公积余额"]),
    ("松果集团持有8%的股份。", ["松果集团…股份"]),
    ("索道全线长达69公里，产值同比增长达68%。", ["索道全线", "产值"]),
    ("山火造成2人死亡。", ["死亡"]),
    ("林业招待费与去年同期相比下降30%。", ["林业招待费"]),
    ("松城对云溪出口比上年增长39%。", ["松城对云溪出口"]),
    ("松果性能较上一代提升3倍。", ["松果性能"]),
    ("松农把三成松果，留作种子。", ["松果"]),
    ("哪怕只是利润的0.1%。", ["利润"]),
    ("38个国家的代表签署了文本。", ["国家"]),
    ("来自政府和高校的近千人参加了松果大会。", ["参加了松果大会"]),
    (
        "松城举办赛事1828场，参赛712万人次，分别比上年增长15.6%和22.2%。",
        ["松城举办赛事", "参赛", "松城举办赛事", "参赛"],
    ),
    ("松城林业的存贷比在去年末达到65.31%。", ["松城林业的存贷比"]),
    ("网友把种树预算定在了6万元。", ["种树预算定"]),
    ("松果价格已经连涨三季，从去年末的4078元升至4279元。", ["松果价格", "松果价格"]),
    ("不良率也不容乐观，一季度末为3.15%。", ["不良率"]),
    ("松果业务增幅为3%，比上半年提高5.4个百分点。", ["松果业务增幅", "松果业务增幅"]),
    ("推出1300亿元的造林计划。", ["造林计划"]),
    ("松果产值达到13亿元的规模。", ["松果产值"]),
    ("在128个城市开了分站。", ["城市"]),
    ("松果收入达2487亿元，约为全省总值的4%。", ["松果收入", "松果收入"]),
    ("97个头像有着97个故事。", ["头像"]),
    (
        "松果充足率降至12.4%，而核心充足率下降幅度较大，由9.2%降至8.9%。",
        ["松果充足率", "核心充足率", "核心充足率"],
    ),
    # 词的边界: a word that opens the clause is not cut out of a longer one
    ("人均可支配收入3.2万元。", ["人均可支配收入"]),
    ("在校学生达5000人。", ["在校学生"]),
    ("在线用户突破300万。", ["在线用户"]),
    ("经济总量达到12亿元。", ["经济总量"]),
    ("平均工资8000元，最低工资2000元。", ["平均工资", "最低工资"]),
    ("显示屏出货量增长12%。", ["显示屏出货量"]),
    # 动词、副词不是主语
    ("松果产业签约20亿元。", ["松果产业"]),
    ("10年前仅为18.4%。", [None]),
    ("2030年松脂贸易额远远超过200亿元。", ["松脂贸易额"]),
    ("云溪候选林场获得了60.8%的选票。", ["云溪候选林场…选票"]),
    ("回复的435人中，有8人不是会员。", ["回复", "不是会员"]),
    # 数词在后
    ("签约项目20个，总投资30亿元。", ["签约项目", "总投资"]),
    ("共有20个签约项目落地。", ["签约项目"]),
    ("日产松果1200万单。", ["日产松果"]),
    ("近60名林业方面的委员出席了会议。", ["林业方面的委员"]),
    ("使1500万人口走出贫困。", ["人口"]),
    ("有1500万贫困人口中的松农。", ["贫困人口"]),
    ("配有1364只在夜间闪亮的警灯。", ["警灯"]),
    ("表彰100家“云杉之光”示范企业。", ["“云杉之光”示范企业"]),
    ("64个县（市）林业机关开通热线。", ["县（市）林业机关"]),
    ("五国关于松林的协定生效。", [None]),
    ("招收300名高中学生。", ["高中学生"]),
    ("松果集团发布公告称，目前每日产量5吨。", ["每日产量"]),
]


@pytest.mark.parametrize(("text", "subjects"), SUBJECTS)
def test_subject(text: str, subjects: list[str | None]) -> None:
    """The subject is what is counted or measured, without predicate and adverbs, and is shared."""
    assert [figure.subject for figure in find_figures(Analysis.of(text))] == subjects


def test_relational_subject_names_its_owner() -> None:
    """每天翻译量 is told with the product whose it is."""
    text = "早在2029年，松果开放了松果翻译，目前每天翻译量已经达到千亿字符。"
    analysis = Analysis.of(text)
    start = text.index("松果翻译")
    analysis.organizations = (Mention(start=8, end=10, name="松果"),)
    analysis.products = (Product(start=start, end=start + 4, name="松果翻译"),)
    (figure,) = find_figures(analysis)
    assert (figure.subject, figure.period, figure.as_of) == ("松果翻译…每天翻译量", "day", None)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("日均订单1200万单。", "day"),
        ("每年可节水200万吨。", "year"),
        ("年均增速超过20%。", "year"),
        ("流量为30吨/小时。", "hour"),
        ("用户月净增100万户。", "month"),
        ("上半年产值5亿元。", None),
        ("销量同比增长5%。", None),
    ],
)
def test_period(text: str, period: str | None) -> None:
    """A rate has the period that the text gives; growth over a year before is no rate."""
    assert only(text).period == period


@pytest.mark.parametrize(
    ("text", "as_of"),
    [
        ("截至2030年底，全市公园面积1200亩。", "2030"),
        ("2030年6月，松果销量达5万吨。", "2030-06"),
        ("自2030年6月以来，松果销量达5万吨。", None),
        ("2030年松果上市，目前松果销量达5万吨。", None),
        ("2030年松果产值5亿元。", "2030"),
        ("２０３０年松果产值比２０２９年增长5%。", "2030"),
        ("松果产值比2029年增长5%。", None),
        ("松果产值是2029年的3倍。", None),
        ("2029年松果丰收，今年产值达5亿元。", None),
        ("7月份，松果产值5亿元。", None),
        ("松果大会2030年在松城召开，规模达5万人。", None),
    ],
)
def test_as_of(text: str, as_of: str | None) -> None:
    """A date speaks for a figure when it opens its clause and the text has not come back to the present."""
    assert only(text).as_of == as_of


def test_a_date_speaks_for_a_whole_enumeration() -> None:
    """What is counted on in the same sentence has the date that opened it, until another date stands."""
    text = (
        "2030年，松城造林面积1200亩，其中松林800亩、杉林300亩、混交林100亩，均比上年增加5%以上；"
        "2031年松林900亩。"
    )
    assert [figure.as_of for figure in find_figures(Analysis.of(text))] == ["2030"] * 5 + ["2031"]


@pytest.mark.parametrize(
    ("text", "as_of"),
    [
        ("2030年松果产值5亿元，其中7月份1亿元。", ["2030", "2030-07"]),
        ("2030年松果产值5亿元，次年7月份1亿元。", ["2030", None]),
        ("2030年松果产值5亿元。7月份产值1亿元。", ["2030", None]),
        ("松果产值比2029年增长5%，7月份增长1%。", [None, None]),
    ],
)
def test_a_month_has_the_year_of_its_sentence(text: str, as_of: list[str | None]) -> None:
    """A month is dated by a year before it in the sentence, and never by guessing."""
    assert [figure.as_of for figure in find_figures(Analysis.of(text))] == as_of


def test_traditional_text_keeps_its_characters() -> None:
    """Traditional text is parsed as itself; unit and subject are its own characters."""
    figure = only("松果公園帶來1.2萬個職位。")
    assert (figure.text, figure.value, figure.unit, figure.subject) == (
        "1.2萬個",
        12_000,
        "個",
        "松果公園…職位",
    )


def test_evidence_has_rule_and_confidence() -> None:
    """Every figure says which rule found it and how sure it is."""
    figure = only("全市公园面积同比增长4.2%。")
    assert figure.rule == "figure.percent"
    assert 0.5 < figure.confidence < 1


def test_names_hold_no_figures() -> None:
    """亚历山大·约万诺维奇 is a person; 约万 in the name is no number."""
    assert extract("云溪学会会长亚历山大·约万诺维奇表示，好。").figures == ()
