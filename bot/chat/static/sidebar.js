/** The left side: who is at the keyboard, their chats, their language, the clock. */

import { attempt } from "./actions.js";
import { moveClock, setLanguage } from "./api.js";
import { $, avatar, h, icon, setBadge } from "./dom.js";
import { hueOf, initial, listTime, moment, nameOf, summary } from "./format.js";
import { chatsOf, draft, emit, identity, lastMessage, now, on, state, unread } from "./store.js";

/** What stands for a chat at the left and in the head. */
export const chatAvatar = (chat) =>
  chat.type === "private" ? avatar({ hue: 4, symbol: "bot" }) : avatar({ hue: 2, symbol: "group" });
export const chatTitle = (chat) => (chat.type === "private" ? nameOf(state.bot) : chat.title);

/** Number of unread messages of an identity over all its chats. */
const unreadOf = (who) => chatsOf(who).reduce((sum, { id }) => sum + unread(who, id), 0);

/** Connect the left side with the store. */
export function startSidebar() {
  for (const topic of ["where", "people", "chats", "messages"]) on(topic, draw);
  on("clock", tick);
  setInterval(tick, 1000);
  $("language").addEventListener("change", () => void attempt(setLanguage(state.who, $("language").value)));
  for (const button of document.querySelectorAll(".clock-keys button")) button.addEventListener("click", () => void turn(button));
  $("identities").addEventListener("keydown", walk);
}

function draw() {
  const held = document.activeElement?.dataset?.identity ?? document.activeElement?.dataset?.chat;
  $("identities").replaceChildren(...state.identities.map(identityNode));
  $("chats").replaceChildren(...chatsOf().map(chatRow));
  // The focus stays on what was drawn anew.
  if (held) document.querySelector(`[data-identity="${held}"], [data-chat="${held}"]`)?.focus();
  $("language").value = identity()?.language ?? "zh-hans";
  tick();
  const total = unreadOf(state.who);
  document.title = `${total ? `(${total}) ` : ""}论坛简报 · 本地聊天`;
  setBadge($("back-badge"), chatsOf().reduce((sum, { id }) => sum + (id === state.where ? 0 : unread(state.who, id)), 0));
}

function identityNode({ id, name }) {
  const checked = id === state.who;
  const count = checked ? 0 : unreadOf(id);
  const badge = h("span", { class: "badge", "aria-hidden": "true" });
  setBadge(badge, count);
  return h("button", { type: "button", class: "identity", role: "radio", "aria-checked": String(checked), tabindex: checked ? "0" : "-1",
    "aria-label": count ? `${name}，${count} 条未读` : name, data: { identity: id }, onclick: () => emit("become", id) },
    avatar({ label: initial(name), hue: hueOf(id) }), badge, name);
}

function walk(event) {
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const at = state.identities.findIndex(({ id }) => id === state.who);
  const next = state.identities.at((at + step) % state.identities.length);
  document.querySelector(`[data-identity="${state.who}"]`)?.focus();
  emit("become", next.id, true);
  document.querySelector(`[data-identity="${next.id}"]`)?.focus();
}

function chatRow(chat) {
  const last = lastMessage(chat.id);
  const count = unread(state.who, chat.id);
  const badge = h("span", { class: "badge", "aria-hidden": "true" });
  setBadge(badge, count);
  const title = chatTitle(chat);
  return h("button", { type: "button", class: "chat-row", "aria-current": chat.id === state.where ? "true" : null, data: { chat: chat.id },
    "aria-label": count ? `${title}，${count} 条未读` : title, onclick: () => emit("open-chat", chat.id) },
    chatAvatar(chat), h("strong", {}, title), last ? h("time", {}, listTime(last.date, now())) : h("span"), preview(chat, last), badge);
}

function preview(chat, last) {
  const words = chat.id === state.where ? "" : draft(state.who, chat.id);
  if (words) return h("span", { class: "last" }, h("span", { class: "draft" }, "草稿："), words);
  if (!last) return h("span", { class: "last" }, chat.type === "private" ? "点开，和机器人打个招呼" : "还没有消息");
  const by = last.from?.id === state.who ? "你：" : chat.type === "private" ? "" : `${nameOf(last.from)}：`;
  return h("span", { class: "last" }, by ? h("b", {}, by) : null, summary(last));
}

function tick() {
  if (state.identities.length) $("clock").textContent = moment(now());
}

async function turn(button) {
  const { hours, until } = button.dataset;
  const buttons = [...button.parentNode.children];
  for (const one of buttons) one.disabled = true;
  const answer = await attempt(moveClock(hours ? { hours: Number(hours) } : { until }));
  if (answer) emit("clock", answer.now);
  for (const one of buttons) one.disabled = false;
}

/** Light, dark, or as the system has it. */
export function startTheme() {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const apply = () => {
    const chosen = localStorage.getItem("chat.theme") ?? (dark.matches ? "dark" : "light");
    document.documentElement.dataset.theme = chosen;
    $("theme").replaceChildren(icon(chosen === "dark" ? "sun" : "moon"));
    $("theme").setAttribute("aria-label", chosen === "dark" ? "换成浅色" : "换成深色");
  };
  $("theme").addEventListener("click", () => {
    const next = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
    // Back to what the system has means following it again.
    if (next === (dark.matches ? "dark" : "light")) localStorage.removeItem("chat.theme");
    else localStorage.setItem("chat.theme", next);
    apply();
  });
  dark.addEventListener("change", apply);
  apply();
}
