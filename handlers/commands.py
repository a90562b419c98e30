"""The command table: everything that the bot can be asked, in the order of its menu."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from handlers import (
    briefings,
    broadcasting,
    comparing,
    deliveries,
    digests,
    drafts,
    editing,
    entities,
    exporting,
    feeding,
    following,
    helping,
    illustrations,
    listings,
    owner,
    preferences,
    privacy,
    questions,
    records,
    reviewing,
    roles,
    searching,
    start,
)
from handlers.reply import Reply
from handlers.request import Request, Role
from handlers.services import Services

Function = Callable[[Services, Request], Awaitable[Reply]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One row. Its wording has the keys ``help.<name>`` and ``menu.<name>`` in the catalogues."""

    name: str
    function: Function
    aliases: tuple[str, ...]
    """Chinese words that mean the same in a private chat: ``演讲人 王海峰``."""
    role: Role
    menu: bool
    """Whether Telegram's command menu shows it."""
    listed: bool
    """Whether the help knows it; what only links lead to is not typed."""
    memo: bool
    """Whether the reply depends on nothing but argument, page, language and content."""
    group_admin: bool
    """Whether in a group only its administrators may use it: it changes what the group gets."""
    action: str | None
    """What the chat shows the bot doing meanwhile: ``upload_photo``."""


def _row(  # noqa: PLR0913 - one argument a column
    name: str,
    function: Function,
    aliases: str,
    *,
    role: Role = "reader",
    menu: bool = True,
    listed: bool = True,
    memo: bool = False,
    group_admin: bool = False,
    action: str | None = None,
) -> Command:
    return Command(
        name=name,
        function=function,
        aliases=tuple(aliases.split()),
        role=role,
        menu=menu,
        listed=listed,
        memo=memo,
        group_admin=group_admin,
        action=action,
    )


COMMANDS: tuple[Command, ...] = (
    _row("start", start.start, "开始 開始 你好 您好 hello hi", menu=False, memo=True),
    _row("briefing", briefings.briefing, "简报 簡報 速览 速覽", memo=True),
    _row("speaker", entities.speaker, "演讲人 演講人 嘉宾 嘉賓 讲者 講者 人物 谁", memo=True),
    _row(
        "speakers", listings.speakers, "演讲人名单 演講人名單 嘉宾名单 嘉賓名單 所有嘉宾 所有嘉賓", memo=True
    ),
    _row("topic", entities.topic, "话题 話題 议题 議題 主题 主題", memo=True),
    _row("topics", listings.topics, "话题列表 話題列表 所有话题 所有話題", memo=True),
    _row("figures", listings.figures, "数据 數據 数字 數字", memo=True),
    _row("search", searching.search, "搜索 搜尋 搜 查找 查", memo=True),
    _row("ask", questions.ask, "问 問 提问 提問", memo=True),
    _row("compare", comparing.compare, "比较 比較 对比 對比 对照 對照", memo=True),
    _row("event", entities.event, "活动 活動 论坛 論壇 会议 會議", memo=True),
    _row("events", listings.events, "活动列表 活動列表 所有活动 所有活動 论坛列表 論壇列表", memo=True),
    _row("org", entities.org, "机构 機構 单位 單位 公司 组织 組織", memo=True),
    _row("orgs", listings.orgs, "机构列表 機構列表 所有机构 所有機構", memo=True),
    _row("product", entities.product, "产品 產品 平台", memo=True),
    _row("timeline", listings.timeline, "时间线 時間線 大事记 大事記 年表", memo=True),
    _row("works", listings.works, "作品 报告 報告 演讲题目 演講題目", memo=True),
    _row("card", illustrations.card, "卡片 語錄卡 语录卡 金句", action="upload_photo"),
    _row("chart", illustrations.chart, "图表 圖表 数据图 數據圖", action="upload_photo"),
    _row("network", illustrations.network, "关系图 關係圖", action="upload_photo"),
    _row("chronicle", illustrations.chronicle, "时间线图 時間線圖 年表图 年表圖", action="upload_photo"),
    _row("export", exporting.export, "导出 匯出 导出文件 匯出檔案", action="upload_document"),
    _row("source", searching.source, "出处 出處 来源 來源", memo=True, menu=False),
    _row("digest", digests.digest, "摘要 新闻 新聞 新内容 新內容"),
    _row("subscribe", digests.subscribe, "订阅 訂閱", group_admin=True),
    _row("unsubscribe", digests.unsubscribe, "退订 退訂 取消订阅 取消訂閱", group_admin=True),
    _row("follow", following.follow, "关注 關注 追踪 追蹤", group_admin=True),
    _row("unfollow", following.unfollow, "取消关注 取消關注", group_admin=True, menu=False),
    _row("following", following.following, "我的关注 我的關注 关注列表 關注列表"),
    _row("settings", preferences.settings, "设置 設定 設置", group_admin=True),
    _row("lang", preferences.lang, "语言 語言", group_admin=True),
    _row("add", drafts.add, "添加 新增 投稿", role="editor"),
    _row("drafts", drafts.drafts, "草稿 草稿箱", role="editor"),
    _row("review", reviewing.review, "审核 審核 审阅 審閱", role="editor", menu=False),
    _row("publish", drafts.publish, "发布 發布 發佈", role="editor", menu=False),
    _row("unpublish", drafts.unpublish, "撤下 下架", role="editor", menu=False),
    _row("edit", editing.edit, "编辑 編輯 修改", role="editor", menu=False),
    _row("retract", editing.retract, "撤回", role="editor", menu=False),
    _row("merge", editing.merge, "合并 合併", role="editor"),
    _row("alias", editing.alias, "别名 別名", role="editor"),
    _row("delete", drafts.delete, "删除 刪除", role="editor", menu=False),
    _row("undo", records.undo, "撤销 撤銷 复原 復原", role="editor"),
    _row("history", records.history, "历史 歷史 修改记录 修改記錄", role="editor"),
    _row("feeds", feeding.feeds, "订阅源 訂閱源", role="editor"),
    _row("feed_add", feeding.feed_add, "添加订阅源 新增訂閱源", role="editor", menu=False),
    _row("feed_remove", feeding.feed_remove, "删除订阅源 刪除訂閱源", role="editor", menu=False),
    _row("preview_digest", digests.preview_digest, "预览摘要 預覽摘要", role="editor"),
    _row("grant", roles.grant, "授权 授權", role="owner"),
    _row("revoke", roles.revoke, "撤权 撤權 收回权限 收回權限", role="owner", menu=False),
    _row("editors", roles.editors, "编辑名单 編輯名單", role="owner"),
    _row("stats", owner.stats, "统计 統計", role="owner", action="upload_photo"),
    _row("backup", owner.backup, "备份 備份", role="owner", action="upload_document"),
    _row("health", owner.health, "健康 运行状态 運行狀態", role="owner"),
    _row("broadcast", broadcasting.broadcast, "广播 廣播 群发 群發", role="owner"),
    _row("deliveries", deliveries.deliveries, "发送情况 發送情況", role="owner"),
    _row("forget_me", privacy.forget_me, "忘记我 忘記我 删除我的数据 刪除我的資料", menu=False),
    _row("accept", roles.accept, "", listed=False, menu=False),
    _row("guide", helping.guide, "", listed=False, menu=False),
    _row("help", helping.help_, "帮助 幫助 说明 說明 怎么用 怎麼用"),
    _row("about", start.about, "关于 關於", memo=True),
)
BY_NAME: dict[str, Command] = {row.name: row for row in COMMANDS}
LISTED = tuple(row for row in COMMANDS if row.listed)
BY_ALIAS: dict[str, Command] = {alias: row for row in LISTED for alias in (row.name, *row.aliases)}
