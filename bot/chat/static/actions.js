/** What a person can do in the chat; every failure becomes a toast. */

import * as api from "./api.js";
import { alertBox, toast } from "./overlay.js";
import { emit, isPrivate, state } from "./store.js";

const LIMIT = 4096;

/** Run a request; on failure say why and answer undefined. */
export async function attempt(request) {
  try {
    return await request;
  } catch (error) {
    toast(error.message);
    return undefined;
  }
}

/** A text in parts that each fit a message, cut at line ends where there are any, as Telegram's apps do. */
function parts(text) {
  const out = [];
  let rest = text.trim();
  while (rest.length > LIMIT) {
    const line = rest.lastIndexOf("\n", LIMIT);
    let cut = line > LIMIT / 2 ? line : LIMIT;
    if (/[\uD800-\uDBFF]/.test(rest[cut - 1])) cut -= 1;
    out.push(rest.slice(0, cut).trimEnd());
    rest = rest.slice(cut).trimStart();
  }
  return rest ? [...out, rest] : out;
}

/** Send a text, to the open chat unless another is named; true when all of it went out. */
export async function say(text, { replyTo, who = state.who, where = state.where } = {}) {
  for (const [index, part] of parts(text).entries()) {
    const message = { user: who, chat: where, text: part, reply_to: index === 0 ? replyTo : undefined };
    if (!(await attempt(api.sendText(message)))) return false;
  }
  return true;
}

/** Send `/start` with a deep link's payload, in the private chat. */
export async function start(payload) {
  if (!isPrivate()) emit("open-chat", state.who);
  await say(payload ? `/start ${payload}` : "/start");
}

/** Payload of a link to the bot (`https://t.me/name?start=x`, `tg://resolve?domain=name&start=x`), or null. */
function deepLink(url) {
  const telegram = url.protocol === "tg:"
    ? url.host === "resolve" && url.searchParams.get("domain")
    : ["t.me", "telegram.me"].includes(url.host) && url.pathname.slice(1);
  if (!telegram || telegram.toLowerCase() !== state.bot.username.toLowerCase()) return null;
  return url.searchParams.get("start") ?? "";
}

/** Open a link inside the chat where it leads there; true when it did. */
function open(url) {
  const payload = deepLink(url);
  if (payload !== null) void start(payload);
  return payload !== null || url.protocol === "tg:";
}

/** Copy a text and say so. */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    toast("已复制");
  } catch {
    toast("浏览器不允许复制");
  }
}

/** Press a callback button; shows the answer as the bot asked. */
export async function press(message, data) {
  const answer = await attempt(
    api.pressButton({ user: state.who, chat: message.chat.id, message_id: message.message_id, data }),
  );
  if (answer?.url) {
    const url = new URL(answer.url);
    if (!open(url) && url.protocol.startsWith("http")) window.open(url, "_blank", "noopener");
  }
  if (!answer?.text) return;
  if (answer.show_alert) alertBox(answer.text);
  else toast(answer.text);
}

/** The actions that formatted text needs. */
export const textActions = { command: (text) => void say(text), open, copy };
