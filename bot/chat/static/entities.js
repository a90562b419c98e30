/** A text with the entities of the Bot API → DOM nodes. Offsets are UTF-16 units, as in JavaScript. */

import { h, icon } from "./dom.js";

const PLAIN = { bold: "strong", italic: "em", underline: "u", strikethrough: "s" };
const CLOSED = new Set(["url", "text_link", "mention", "text_mention", "bot_command", "hashtag", "email", "code", "pre"]);
const FOUND = /(?<url>https?:\/\/[^\s<>"'“”‘’「」《》（），。；！？、]+)|(?<![\w/])(?<bot_command>\/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?)(?![\w/])/g;

/**
 * Render a text.
 * @param {string} text
 * @param {Array} entities MessageEntity objects
 * @param {{command: Function, open: Function}} actions what a tapped command and link do
 * @returns {DocumentFragment}
 */
export function renderText(text, entities, actions) {
  const sorted = [...(entities ?? []), ...detect(text, entities ?? [])]
    .filter((entity) => entity.length > 0 && entity.offset >= 0 && entity.offset < text.length)
    .map(({ offset, length, ...rest }) => ({ ...rest, start: offset, end: Math.min(offset + length, text.length) }))
    .sort((a, b) => a.start - b.start || b.end - a.end);
  return range(text, 0, text.length, sorted, actions);
}

/** Links and commands in plain stretches, which clients find by themselves. */
function detect(text, entities) {
  const closed = entities.filter((entity) => CLOSED.has(entity.type));
  return [...text.matchAll(FOUND)]
    .map((match) => ({ type: match.groups.url ? "url" : "bot_command", offset: match.index, length: match[0].length }))
    .filter(({ offset, length }) => !closed.some((other) => other.offset < offset + length && offset < other.offset + other.length));
}

/** Nodes of text[start:end]; an entity that crosses the end of its parent is cut in two. */
function range(text, start, end, entities, actions) {
  const out = document.createDocumentFragment();
  let at = start;
  let rest = entities;
  while (rest.length) {
    const [head, ...tail] = rest;
    if (head.start > at) out.append(text.slice(at, head.start));
    const inside = tail.filter((entity) => entity.start < head.end);
    const crossing = inside.filter((entity) => entity.end > head.end).map((entity) => ({ ...entity, start: head.end }));
    const clipped = inside.map((entity) => ({ ...entity, end: Math.min(entity.end, head.end) }));
    out.append(wrap(head, text.slice(head.start, head.end), range(text, head.start, head.end, clipped, actions), actions));
    at = head.end;
    rest = [...crossing, ...tail.filter((entity) => entity.start >= head.end)];
    // A block stands on lines of its own; the line break beside it would show as an empty line.
    if (isBlock(head) && text[at] === "\n" && !rest.some((entity) => entity.start === at)) at += 1;
  }
  if (at < end) out.append(text.slice(at, end));
  return out;
}

const isBlock = (entity) => entity.type.endsWith("blockquote") || entity.type === "pre";

function wrap(entity, text, inner, actions) {
  if (Object.hasOwn(PLAIN, entity.type)) return h(PLAIN[entity.type], {}, inner);
  switch (entity.type) {
    case "bot_command": return tap(inner, () => actions.command(text));
    case "url": return link(/^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`, inner, actions);
    case "text_link": return link(entity.url, inner, actions);
    case "mention": return link(`https://t.me/${text.slice(1)}`, inner, actions);
    case "email": return h("span", { class: "tap" }, inner);
    case "code": return h("code", { title: "点按复制", onclick: () => actions.copy(text) }, inner);
    case "pre": return pre(entity, text, inner, actions);
    case "spoiler": return spoiler(inner);
    case "blockquote": return h("blockquote", {}, inner);
    case "expandable_blockquote": return fold(inner);
    default: return h("span", {}, inner);
  }
}

function tap(inner, action) {
  return h("button", { type: "button", class: "tap", onclick: action }, inner);
}

/** A link; only web addresses and Telegram's own become one, everything else stays text. */
function link(address, inner, actions) {
  let url;
  try {
    url = new URL(address);
  } catch {
    return h("span", {}, inner);
  }
  if (!["http:", "https:", "tg:"].includes(url.protocol)) return h("span", {}, inner);
  const open = (event) => {
    if (actions.open(url)) event.preventDefault();
  };
  return h("a", { href: url.href, title: url.href, target: "_blank", rel: "noopener noreferrer", onclick: open }, inner);
}

function pre(entity, text, inner, actions) {
  const copy = h("button", { type: "button", "aria-label": "复制代码", onclick: () => actions.copy(text) }, icon("copy"));
  return h("pre", {}, entity.language ? h("span", { class: "lang" }, entity.language, copy) : null, h("code", {}, inner));
}

function spoiler(inner) {
  const node = h("span", { class: "spoiler", role: "button", tabindex: "0", "aria-expanded": "false", "aria-label": "隐藏的文字，点按显示" }, inner);
  const reveal = () => {
    node.setAttribute("aria-expanded", "true");
    for (const name of ["role", "tabindex", "aria-label"]) node.removeAttribute(name);
  };
  node.addEventListener("click", reveal, { once: true });
  node.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      reveal();
    }
  });
  return node;
}

/** A quotation that opens; one that is short enough loses its button when it is laid out. */
function fold(inner) {
  const body = h("span", { class: "folded" }, inner);
  const button = h("button", { type: "button", class: "unfold", "aria-expanded": "false", "aria-label": "展开引文" }, icon("down"));
  const quote = h("blockquote", { class: "fold", data: { open: "false" } }, body, button);
  button.addEventListener("click", () => {
    const open = quote.dataset.open !== "true";
    quote.dataset.open = String(open);
    button.setAttribute("aria-expanded", String(open));
    button.setAttribute("aria-label", open ? "收起引文" : "展开引文");
  });
  return quote;
}

/** Take the button from quotations that show whole without it; call once they are in the page. */
export function settleFolds(node) {
  for (const quote of node.querySelectorAll(".fold[data-open='false']")) {
    if (quote.firstChild.scrollHeight <= quote.firstChild.clientHeight + 2) {
      quote.dataset.open = "true";
      quote.lastChild.hidden = true;
    }
  }
}
