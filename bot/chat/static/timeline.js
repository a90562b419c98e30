/** The list of messages: what is shown, where it is scrolled to, what is new below. */

import { attempt, copy, textActions } from "./actions.js";
import { loadMessages } from "./api.js";
import { $, avatar, h, setBadge } from "./dom.js";
import { renderText, settleFolds } from "./entities.js";
import { day, dayKey } from "./format.js";
import { renderMessage, serviceText } from "./message.js";
import { openMenu, showRaw, toast } from "./overlay.js";
import { emit, isPrivate, keep, markRead, message as find, messages, now, on, state, unread } from "./store.js";

const RUN_SECONDS = 600;
const list = $("timeline");
let shown = new Map();
let pressedId = 0;
let loading = false;
/** Whether the list was last scrolled to its end. */
let pinned = true;
let height = 0;

const fromEnd = () => list.scrollHeight - list.scrollTop - list.clientHeight;
const atEnd = () => fromEnd() < 80;
const nodeOf = (id) => shown.get(`m${id}`)?.node;

/** Connect the list with the store. */
export function startTimeline() {
  on("where", () => draw({ switched: true }));
  on("messages", ({ chat, added, edited }) => {
    if (chat === state.where) draw({ added, edited });
    else if (edited) announceEdit(chat, edited);
  });
  on("typing", () => draw({}));
  on("pressed", (id) => { pressedId = id; setTimeout(() => { pressedId = 0; }, 4000); });
  list.addEventListener("scroll", scrolled, { passive: true });
  $("to-bottom").addEventListener("click", () => list.scrollTo({ top: list.scrollHeight, behavior: "smooth" }));
  document.addEventListener("visibilitychange", scrolled);
  // The end stays in view when the input grows, a phone's keyboard opens or a picture arrives.
  new ResizeObserver(stick).observe(list);
  list.addEventListener("load", stick, { capture: true });
}

function stick() {
  height = list.clientHeight;
  if (pinned) list.scrollTop = list.scrollHeight;
}

function draw({ switched = false, added, edited }) {
  const stay = !switched && !atEnd();
  const firstNew = switched ? firstUnread() : null;
  if (switched) {
    shown = new Map();
    list.setAttribute("aria-busy", "true");
  }
  reconcile(items());
  settleFolds(list);
  list.removeAttribute("aria-busy");
  if (switched) scrollOnOpen(firstNew);
  else if (added) arrive(added, stay);
  else if (!stay && !edited) list.scrollTop = list.scrollHeight;
  if (edited) showEdit(edited);
  scrolled();
}

/** What the list shows, each with a key and what its look depends on. */
function items() {
  const all = messages();
  if (!all.length) return isPrivate() ? [welcome()] : [];
  const out = [];
  all.forEach((message, index) => {
    const before = all[index - 1];
    if (!before || dayKey(before.date) !== dayKey(message.date)) out.push(separator(message));
    out.push(entry(message, before, all[index + 1]));
  });
  const typing = state.typing.get(state.where);
  return typing ? [...out, { key: "typing", look: "", make: typingNode }] : out;
}

const sameRun = (one, other) =>
  one && other && one.from?.id === other.from?.id && Math.abs(one.date - other.date) < RUN_SECONDS &&
  dayKey(one.date) === dayKey(other.date) && !serviceText(one) && !serviceText(other);

function entry(message, before, after) {
  const own = message.from?.id === state.who;
  const place = { own, group: !isPrivate(), first: !sameRun(before, message), last: !sameRun(message, after) };
  return {
    key: `m${message.message_id}`,
    look: [message, place.first, place.last, state.reactions.get(`${message.chat.id}/${message.message_id}`)],
    make: () => renderMessage(message, place, { menu: messageMenu, jump }),
  };
}

function separator(message) {
  const text = day(message.date, now());
  return { key: `d${dayKey(message.date)}`, look: [text], make: () => h("div", { class: "day", role: "separator", "aria-label": text }, h("span", {}, text)) };
}

function typingNode() {
  return h("div", { class: "message typing first last", "aria-hidden": "true" },
    h("div", { class: "body" }, h("div", { class: "bubble" }, h("i"), h("i"), h("i"))));
}

function welcome() {
  const description = state.bot.description || "点“开始”，和机器人打个招呼。";
  return { key: "welcome", look: [description], make: () => h("section", { class: "welcome", "aria-label": "机器人简介" },
    avatar({ hue: 4, symbol: "bot" }), h("h3", {}, "这个机器人能做什么？"),
    h("p", {}, renderText(description, [], textActions))) };
}

/** Bring the DOM in line with the items, making anew only what changed. */
function reconcile(wanted) {
  const next = new Map();
  const nodes = wanted.map(({ key, look, make }) => {
    const old = shown.get(key);
    const same = old && old.look.length === look.length && [...look].every((part, index) => part === old.look[index]);
    const node = same ? old.node : make();
    next.set(key, { look, node });
    return node;
  });
  shown = next;
  const wantedSet = new Set(nodes);
  for (const child of [...list.children]) if (!wantedSet.has(child)) child.remove();
  nodes.forEach((node, index) => {
    if (list.children[index] !== node) list.insertBefore(node, list.children[index] ?? null);
  });
}

function firstUnread() {
  const count = unread(state.who, state.where);
  const foreign = messages().filter((one) => one.from?.id !== state.who);
  return count > 0 && count < foreign.length ? foreign.at(-count) : null;
}

function scrollOnOpen(message) {
  list.scrollTop = list.scrollHeight;
  const node = message && nodeOf(message.message_id);
  if (node && node.offsetTop < list.scrollTop) list.scrollTop = node.offsetTop - 60;
}

function arrive(message, stay) {
  const node = nodeOf(message.message_id);
  node?.classList.add("fresh");
  if (stay && message.from?.id !== state.who) return;
  // The beginning of an answer that is longer than the page is what one reads first.
  const tall = node && node.offsetHeight > list.clientHeight - 60;
  list.scrollTop = tall ? node.offsetTop - 50 : list.scrollHeight;
}

function scrolled() {
  // A list that just shrank is not at its end, but nobody scrolled it away from there.
  if (list.clientHeight === height) pinned = atEnd();
  if (!document.hidden && atEnd()) markRead();
  $("to-bottom").hidden = fromEnd() < 160;
  const waiting = unread(state.who, state.where);
  setBadge($("to-bottom").querySelector(".badge"), waiting);
  $("to-bottom").setAttribute("aria-label", waiting ? `回到最新消息，${waiting} 条未读` : "回到最新消息");
  if (list.scrollTop < 200) void loadEarlier();
}

async function loadEarlier() {
  const chat = state.where;
  const [oldest] = messages();
  if (loading || !oldest || state.complete.has(chat)) return;
  loading = true;
  const answer = await attempt(loadMessages(chat, oldest.message_id));
  loading = false;
  if (!answer) return;
  if (answer.complete) state.complete.add(chat);
  keep(chat, answer.messages);
  if (chat !== state.where) return;
  const below = fromEnd();
  reconcile(items());
  settleFolds(list);
  list.scrollTop = list.scrollHeight - list.clientHeight - below;
}

/** Scroll to a message and light it up. */
export function jump(id) {
  const node = nodeOf(id);
  if (!node) return toast("这条消息不在了");
  node.scrollIntoView({ block: "center", behavior: "smooth" });
  return flash(node);
}

function flash(node) {
  node.classList.remove("flash");
  void node.offsetWidth;
  node.classList.add("flash");
}

function showEdit(message) {
  const node = nodeOf(message.message_id);
  if (!node || !message.from?.is_bot || message.message_id === pressedId) return;
  const box = node.getBoundingClientRect();
  const view = list.getBoundingClientRect();
  if (box.bottom > view.top && box.top < view.bottom) flash(node);
  else toast("机器人更新了一条消息", { label: "查看", action: () => jump(message.message_id) });
}

function announceEdit(chat, message) {
  if (!message.from?.is_bot || (chat > 0 && chat !== state.who)) return;
  toast("机器人在另一个聊天里更新了消息", { label: "查看", action: () => { emit("open-chat", chat); jump(message.message_id); } });
}

function messageMenu(message, opener, point) {
  const text = message.text ?? message.caption;
  const own = message.from?.id === state.who;
  const box = opener.getBoundingClientRect();
  openMenu(point ?? { x: box.left, y: box.bottom + 4 }, [
    { label: "回复", symbol: "reply", action: () => emit("reply", message) },
    own && text && { label: "编辑", symbol: "edit", action: () => emit("edit", message) },
    text && { label: "复制文字", symbol: "copy", action: () => copy(text) },
    { label: "转发", symbol: "forward", action: () => emit("forward", message) },
    { label: "原始数据", symbol: "code", action: () => showRaw(find(message.message_id) ?? message) },
  ].filter(Boolean), opener);
}

list.addEventListener("contextmenu", (event) => {
  const node = event.target.closest(".message[data-id]");
  if (!node || event.target.closest("a, img") || String(getSelection())) return;
  event.preventDefault();
  const message = find(Number(node.dataset.id));
  if (message) messageMenu(message, node.querySelector(".tools"), { x: event.clientX, y: event.clientY });
});
