/** The head of the open chat: what it is, what the bot is doing, blocking, the lost connection. */

import { attempt } from "./actions.js";
import { forwardTo, setBlocked } from "./api.js";
import { $, h } from "./dom.js";
import { openDialog, openMenu, toast } from "./overlay.js";
import { chatAvatar, chatTitle } from "./sidebar.js";
import { chat, chatsOf, emit, identity, isPrivate, on, state } from "./store.js";

const DOING = {
  upload_photo: "正在发送图片…",
  upload_document: "正在发送文件…",
  record_voice: "正在录音…",
  find_location: "正在找位置…",
};

/** Connect the head with the store. */
export function startHead() {
  for (const topic of ["where", "people", "typing"]) on(topic, draw);
  on("link", banner);
  on("forward", chooseTarget);
  $("back").addEventListener("click", () => { $("app").dataset.pane = "list"; });
  $("chat-menu").addEventListener("click", openChatMenu);
}

function draw() {
  const open = chat();
  if (!open) return;
  $("chat-avatar").replaceChildren(chatAvatar(open));
  $("chat-title").textContent = chatTitle(open);
  const typing = state.typing.get(state.where);
  $("chat-status").textContent = typing ? DOING[typing.action] ?? "正在输入…"
    : isPrivate() ? (identity().blocked ? "已屏蔽" : "机器人") : `${open.members.length} 位成员`;
  $("chat-status").classList.toggle("busy", Boolean(typing));
  $("chat-menu").hidden = !isPrivate();
}

function openChatMenu() {
  const box = $("chat-menu").getBoundingClientRect();
  const { blocked } = identity();
  openMenu({ x: box.right - 190, y: box.bottom + 4 }, [
    blocked
      ? { label: "取消屏蔽机器人", symbol: "bot", action: () => void block(false) }
      : { label: "屏蔽机器人", symbol: "close", danger: true, action: () => void block(true) },
  ], $("chat-menu"));
}

async function block(blocked) {
  if (await attempt(setBlocked(state.who, blocked))) toast(blocked ? "已屏蔽，机器人发不了消息给此人" : "已取消屏蔽");
}

function banner() {
  $("banner").hidden = state.linked;
  $("banner").replaceChildren(h("span", {}, "和本地服务的连接断了，正在重新连接…"),
    h("button", { type: "button", onclick: () => location.reload() }, "刷新"));
}

/** Ask where a message goes. */
function chooseTarget(message) {
  const dialog = h("dialog", { "aria-label": "转发到" }, h("h3", {}, "转发到"),
    chatsOf().map((target) => h("button", { type: "button", class: "chat-row", onclick: () => void send(target) },
      chatAvatar(target), h("strong", {}, chatTitle(target)))));
  async function send(target) {
    dialog.close();
    const sent = await attempt(forwardTo({ user: state.who, chat: target.id, source: message.chat.id, message_id: message.message_id }));
    if (sent) emit("open-chat", target.id);
  }
  openDialog(dialog);
}
