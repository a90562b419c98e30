"""A bot of a few lines over the Bot API in memory, to test the page without the real application."""

from __future__ import annotations

import asyncio
import struct
import zlib
from typing import Any

from bot.memory_api import BotApi, Upload

Json = dict[str, Any]

FOLDED = "\n".join(
    f"第{n}位嘉宾谈到算力网络的建设与应用，认为标准先行、开放协作才走得远。" for n in "一二三四五六七八"
)
PAGES = ("第一页：林知远谈到开源社区。", "第二页：周闻笛谈到数据要素。")


def png(width: int = 48, height: int = 30) -> bytes:
    """A small picture: a diagonal gradient."""
    rows = b"".join(
        b"\0" + b"".join(bytes((40 + x * 180 // width, 90 + y * 120 // height, 170)) for x in range(width))
        for y in range(height)
    )

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


class Rich:
    """A text that is put together piece by piece, with its entities."""

    def __init__(self) -> None:
        self.text = ""
        self.entities: list[Json] = []

    def add(self, text: str, *kinds: str, **details: str) -> Rich:
        """Append a piece under some entity types."""
        offset = len(self.text.encode("utf-16-le")) // 2
        length = len(text.encode("utf-16-le")) // 2
        self.text += text
        self.entities += [{"type": kind, "offset": offset, "length": length, **details} for kind in kinds]
        return self


def formatted() -> Rich:
    """One message with every kind of formatting that the page shows."""
    rich = (
        Rich()
        .add("😀 ")
        .add("粗体", "bold")
        .add(" ")
        .add("斜体", "italic")
        .add(" ")
        .add("下划线", "underline")
    )
    rich.add(" ").add("删除线", "strikethrough").add(" ").add("粗斜体", "bold", "italic").add("\n")
    rich.add("剧透：").add("谜底在此", "spoiler").add("\n代码：").add("pip install", "code").add("\n")
    rich.add("print('你好')", "pre", language="python").add("\n")
    rich.add("链接：").add("原文", "text_link", url="https://example.org/a?b=1").add(
        " https://example.org/plain\n"
    )
    rich.add("标签：<img src=x onerror=alert(1)>\n")
    rich.add("看 /speaker_7 或问 @chat_test_bot\n")
    rich.add("深链：").add("第七条", "text_link", url="https://t.me/chat_test_bot?start=f_7").add("\n")
    rich.add("短引文。", "blockquote").add("\n").add(FOLDED, "expandable_blockquote").add("\n结尾。")
    return rich


class ChatBot:
    """Answers a handful of commands; everything else is echoed."""

    def __init__(self, api: BotApi) -> None:
        self.api = api

    async def call(self, method: str, files: dict[str, Upload] | None = None, **params: object) -> Any:
        """Call a method and insist on success."""
        response = await self.api.call(method, params, files or {})
        assert response.payload["ok"], (method, response.payload)
        return response.payload["result"]

    async def introduce(self) -> None:
        """Set the commands and the description."""
        commands = {
            "start": "开始",
            "speaker": "查一位演讲人",
            "speakers": "全部演讲人",
            "format": "各种格式",
            "keys": "快捷按键",
        }
        commands |= {"photo": "一张图片", "file": "一个文件", "long": "很长的回答"}
        rows = [{"command": name, "description": text} for name, text in commands.items()]
        await self.call("setMyCommands", commands=rows)
        english = [{"command": "start", "description": "Begin here"}]
        await self.call("setMyCommands", commands=english, language_code="en")
        await self.call("setMyDescription", description="把论坛报道变成有出处的事实。\n发 /start 试试。")

    async def run(self) -> None:
        """Poll for ever."""
        offset = 0
        while True:
            for update in await self.call("getUpdates", offset=offset, timeout=30):
                offset = update["update_id"] + 1
                await self.handle(update)

    async def handle(self, update: Json) -> None:
        """Answer one update."""
        if "callback_query" in update:
            await self.pressed(update["callback_query"])
        elif "edited_message" in update:
            await self.say(update["edited_message"], f"改成了：{update['edited_message']['text']}")
        elif "inline_query" in update:
            await self.offer(update["inline_query"])
        elif "message" in update:
            await self.answer(update["message"])

    async def answer(self, message: Json) -> None:
        """Answer a message by its first word."""
        words = message.get("text", "")
        command = words.split()[0].split("@")[0] if words.split() else ""
        handler = getattr(self, f"on_{command[1:]}", None) if command.startswith("/") else None
        if handler:
            await handler(message)
        elif "document" in message:
            data = self.api.file(message["document"]["file_id"])
            await self.say(message, f"收到文件 {message['document']['file_name']}，{len(data)} 字节")
        elif "photo" in message:
            await self.say(message, "收到图片")
        elif message["chat"]["type"] == "private":
            await self.say(message, f"收到：{words}")

    async def say(self, message: Json, text: str, **params: object) -> Json:
        """Send a text to the chat of a message."""
        result: Json = await self.call("sendMessage", chat_id=message["chat"]["id"], text=text, **params)
        return result

    async def on_start(self, message: Json) -> None:
        payload = message["text"].partition(" ")[2]
        keyboard = [[button("看第二页", "page:1"), button("提示框", "alert")], [button("闷声", "silent")]]
        text = f"欢迎。带来的参数：{payload}" if payload else "欢迎使用论坛简报。"
        await self.say(message, text, reply_markup={"inline_keyboard": keyboard})

    async def on_speaker(self, message: Json) -> None:
        name = message["text"].partition(" ")[2] or "某人"
        rich = Rich().add(name, "bold").add("，远山研究院首席科学家\n\n在论坛上：\n")
        rich.add("“算力要像水电一样，随取随用。”", "blockquote").add("\n").add(
            FOLDED, "expandable_blockquote"
        )
        rich.add("\n更多：/speaker_7")
        keyboard = [[button("第二页", "page:1")], [{"text": "原文", "url": "https://example.org/report"}]]
        await self.say(message, rich.text, entities=rich.entities, reply_markup={"inline_keyboard": keyboard})

    async def on_format(self, message: Json) -> None:
        rich = formatted()
        await self.say(message, rich.text, entities=rich.entities)

    async def on_keys(self, message: Json) -> None:
        rows = [["嘉宾", "数字"], ["新近的论坛"]]
        markup = {"keyboard": [[{"text": text} for text in row] for row in rows], "resize_keyboard": True}
        await self.say(message, "按键在下面。", reply_markup=markup)

    async def on_unkeys(self, message: Json) -> None:
        await self.say(message, "按键收起了。", reply_markup={"remove_keyboard": True})

    async def on_ask(self, message: Json) -> None:
        await self.say(message, "想问什么？", reply_markup={"force_reply": True})

    async def on_react(self, message: Json) -> None:
        chat_id, message_id = message["chat"]["id"], message["message_id"]
        reaction = [{"type": "emoji", "emoji": "👍"}]
        await self.call("setMessageReaction", chat_id=chat_id, message_id=message_id, reaction=reaction)

    async def on_photo(self, message: Json) -> None:
        chat_id = message["chat"]["id"]
        upload = Upload("figures.png", png(480, 300), "image/png")
        await self.call("sendPhoto", {"photo": upload}, chat_id=chat_id, caption="各年的数字")

    async def on_file(self, message: Json) -> None:
        chat_id = message["chat"]["id"]
        upload = Upload("简报.csv", "姓名,机构\n林知远,远山研究院\n".encode(), "text/csv")
        await self.call("sendDocument", {"document": upload}, chat_id=chat_id, caption="导出好了")

    async def on_long(self, message: Json) -> None:
        await self.say(
            message, "\n".join(f"{n}. 这一条说的是第 {n} 个要点，文字不短也不长。" for n in range(1, 80))
        )

    async def on_slow(self, message: Json) -> None:
        await self.call("sendChatAction", chat_id=message["chat"]["id"], action="typing")
        await asyncio.sleep(1.5)
        await self.say(message, "想好了。")

    async def on_later(self, message: Json) -> None:
        sent = await self.say(message, "正在整理……")
        await asyncio.sleep(0.6)
        await self.edit(sent, "整理好了。")

    async def edit(self, message: Json, text: str, **params: object) -> None:
        """Change a message of the bot."""
        chat_id, message_id = message["chat"]["id"], message["message_id"]
        await self.call("editMessageText", chat_id=chat_id, message_id=message_id, text=text, **params)

    async def offer(self, query: Json) -> None:
        """Answer an inline query with one article."""
        content = {"message_text": f"关于{query['query']}：开放协作。"}
        article = {
            "type": "article",
            "id": "a1",
            "title": f"查“{query['query']}”",
            "input_message_content": content,
        }
        await self.call("answerInlineQuery", inline_query_id=query["id"], results=[article])

    async def pressed(self, query: Json) -> None:
        """Answer a button press; ``silent`` is never answered."""
        kind, _, number = query["data"].partition(":")
        if kind == "silent":
            return
        if kind == "alert":
            await self.call(
                "answerCallbackQuery", callback_query_id=query["id"], text="请注意", show_alert=True
            )
            return
        other = [[button("上一页" if number == "1" else "第二页", f"page:{1 - int(number)}")]]
        await self.edit(query["message"], PAGES[int(number)], reply_markup={"inline_keyboard": other})
        await self.call("answerCallbackQuery", callback_query_id=query["id"], text=f"第 {int(number) + 1} 页")


def button(text: str, data: str) -> Json:
    """A callback button."""
    return {"text": text, "callback_data": data}
