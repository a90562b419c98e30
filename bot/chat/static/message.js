/** One message → its node. */

import { press, textActions } from "./actions.js";
import { fileUrl } from "./api.js";
import { avatar, h, icon } from "./dom.js";
import { renderText } from "./entities.js";
import { clock, extension, hueOf, initial, nameOf, size, summary } from "./format.js";
import { showPhoto } from "./overlay.js";
import { emit, identity, state } from "./store.js";

/** The line in the middle that tells of something other than speech, or null for a message that speaks. */
export function serviceText(message) {
  const by = nameOf(message.from);
  if (message.new_chat_members) return `${message.new_chat_members.map(nameOf).join("、")} 加入了群组`;
  if (message.left_chat_member) return `${nameOf(message.left_chat_member)} 离开了群组`;
  if (message.pinned_message) return `${by} 置顶了一条消息`;
  if (message.new_chat_title) return `${by} 把群组改名为“${message.new_chat_title}”`;
  if (message.migrate_to_chat_id || message.migrate_from_chat_id) return "群组升级成了超级群组";
  return null;
}

/**
 * @param {Object} message Message of the Bot API
 * @param {{own: boolean, group: boolean, first: boolean, last: boolean}} place its side, and whether it
 *   begins and ends a run of messages of one sender
 * @param {{menu: Function, jump: Function}} hands opening its menu, jumping to another message
 */
export function renderMessage(message, place, hands) {
  const service = serviceText(message);
  if (service) return h("div", { class: "service", data: { id: message.message_id } }, service);
  const keys = inlineKeys(message);
  const names = { own: place.own, group: place.group, first: place.first, last: place.last,
    "has-keys": keys, "has-picture": message.photo };
  const tools = h("button", { type: "button", class: "tools", "aria-label": "消息选项", "aria-haspopup": "menu",
    onclick: () => hands.menu(message, tools) }, icon("more"));
  return h("article", {
    class: ["message", ...Object.keys(names).filter((name) => names[name])].join(" "),
    "aria-label": `${nameOf(message.from)}，${clock(message.date)}`,
    data: { id: message.message_id },
  }, place.group && place.last && !place.own ? senderAvatar(message.from) : null,
    h("div", { class: "body" }, bubble(message, place, hands), keys, tools));
}

function senderAvatar(user) {
  if (user?.is_bot) return avatar({ hue: 4, symbol: "bot" });
  return avatar({ label: initial(nameOf(user)), hue: hueOf(user?.id ?? 0) });
}

function bubble(message, place, hands) {
  const text = message.text ?? message.caption ?? "";
  const words = renderText(text, message.entities ?? message.caption_entities, textActions);
  return h("div", { class: "bubble" },
    place.group && place.first && !place.own ? sender(message.from) : null,
    message.forward_origin ? h("div", { class: "forwarded" }, `转发自 ${originOf(message.forward_origin)}`) : null,
    message.via_bot ? h("div", { class: "forwarded" }, `通过 @${message.via_bot.username}`) : null,
    message.reply_to_message ? quoted(message.reply_to_message, hands) : null,
    message.photo ? picture(message) : null,
    message.document ? documentCard(message.document) : null,
    text ? h("div", { class: "text", dir: "auto", lang: contentLanguage() }, words, reactions(message), meta(message, place)) : bareMeta(message, place));
}

const contentLanguage = () => ({ "zh-hant": "zh-Hant", en: "en" })[identity()?.language] ?? "zh-Hans";
const originOf = (origin) =>
  nameOf(origin.sender_user ?? origin.sender_chat ?? origin.chat) || origin.sender_user_name || "未知";

function sender(user) {
  return h("div", { class: "sender", data: { hue: user?.is_bot ? 4 : hueOf(user?.id ?? 0) } }, nameOf(user));
}

function quoted(original, hands) {
  return h("button", { type: "button", class: "quoted", "aria-label": `回复：${summary(original)}，点按跳到原消息`,
    onclick: () => hands.jump(original.message_id) }, h("b", {}, nameOf(original.from)), h("span", {}, summary(original)));
}

function picture(message) {
  const largest = message.photo.at(-1);
  const url = fileUrl(largest.file_id);
  const show = () => showPhoto(url, message.caption, message.caption_entities, textActions);
  const node = h("button", { type: "button", class: "picture", "aria-label": `放大图片${message.caption ? `：${message.caption}` : ""}`, onclick: show },
    h("img", { src: url, alt: "", width: largest.width || null, height: largest.height || null }));
  // The place is taken before the picture arrives, so that nothing moves then.
  if (largest.width) node.style.width = `${pictureWidth(largest)}px`;
  return node;
}

const pictureWidth = ({ width, height }) => Math.max(200, Math.min(width, 480, (width * 420) / height));

function documentCard(file) {
  const name = file.file_name ?? "文件";
  return h("a", { class: "document", href: fileUrl(file.file_id), download: name, "aria-label": `下载 ${name}，${size(file.file_size ?? 0)}` },
    h("span", { class: "disc", "aria-hidden": "true" }, extension(name), icon("save")),
    h("span", {}, h("strong", {}, name), h("small", {}, size(file.file_size ?? 0))));
}

function reactions(message) {
  const all = state.reactions.get(`${message.chat.id}/${message.message_id}`);
  if (!all?.length) return null;
  return h("span", { class: "reactions", role: "img", "aria-label": "机器人的回应" }, all.map(({ emoji }) => h("span", {}, emoji)));
}

function meta(message, place) {
  return h("span", { class: "meta" }, message.edit_date ? "已编辑 " : null,
    h("time", { datetime: new Date(message.date * 1000).toISOString() }, clock(message.date)),
    place.own ? icon("check") : null);
}

function bareMeta(message, place) {
  return h("div", { class: message.photo ? "meta-over" : "meta-alone" }, meta(message, place));
}

function inlineKeys(message) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows?.length) return null;
  return h("div", { class: "keys", role: "group", "aria-label": "消息按键" },
    rows.map((row) => h("div", { class: "keys-row" }, row.map((key) => inlineKey(message, key)))));
}

function inlineKey(message, key) {
  if (key.url) return urlKey(key);
  const query = key.switch_inline_query_current_chat ?? key.switch_inline_query;
  const action = key.callback_data !== undefined ? (node) => pressed(node, message, key.callback_data)
    : query !== undefined ? () => emit("fill", `@${state.bot.username} ${query}`)
      : key.copy_text ? () => textActions.copy(key.copy_text.text) : null;
  const symbol = query !== undefined ? "forward" : key.copy_text ? "copy" : null;
  return h("button", { type: "button", class: "key", disabled: !action, onclick: (event) => action(event.currentTarget) },
    key.text, symbol ? icon(symbol) : null);
}

function urlKey(key) {
  const words = renderText(key.text, [{ type: "text_link", url: key.url, offset: 0, length: key.text.length }], textActions);
  const anchor = words.querySelector("a") ?? h("span", {}, key.text);
  anchor.className = "key";
  anchor.append(icon("link"));
  return anchor;
}

async function pressed(node, message, data) {
  if (node.getAttribute("aria-busy") === "true") return;
  node.setAttribute("aria-busy", "true");
  emit("pressed", message.message_id);
  await press(message, data);
  node.removeAttribute("aria-busy");
}
