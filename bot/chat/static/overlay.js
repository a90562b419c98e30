/** What lies above the page: toasts, menus, dialogs, the large photo. */

import { $, h, icon } from "./dom.js";
import { renderText } from "./entities.js";

/** A short note at the foot; it may carry one action. */
export function toast(text, { label, action } = {}) {
  for (const old of $("toasts").children) if (old.firstChild.textContent === text) old.remove();
  const node = h("div", { class: "toast" }, h("span", {}, text));
  if (label) {
    node.append(h("button", { type: "button", onclick: () => { node.remove(); action(); } }, label));
  }
  $("toasts").append(node);
  while ($("toasts").children.length > 3) $("toasts").firstChild.remove();
  setTimeout(() => node.remove(), label ? 8000 : 4000);
}

/** Show a dialog until it is closed, then take it away. */
export function openDialog(node) {
  document.body.append(node);
  node.addEventListener("close", () => node.remove(), { once: true });
  node.addEventListener("click", (event) => {
    if (event.target === node) node.close();
  });
  node.showModal();
  return node;
}

/** The bot's alert, which waits for OK. */
export function alertBox(text) {
  const dialog = h("dialog", { role: "alertdialog", "aria-label": "机器人的提示" }, h("p", { class: "words" }, text),
    h("div", { class: "actions" }, h("button", { type: "button", class: "primary", autofocus: true, onclick: () => dialog.close() }, "好")));
  return openDialog(dialog);
}

/** A photo in full size with its caption. */
export function showPhoto(url, caption, entities, actions) {
  const dialog = h("dialog", { class: "viewer", "aria-label": "图片" },
    h("div", { class: "bar" },
      h("a", { class: "round", href: url, download: "", "aria-label": "保存图片" }, icon("save")),
      h("button", { type: "button", class: "round", "aria-label": "关闭", autofocus: true, onclick: () => dialog.close() }, icon("close"))),
    h("img", { src: url, alt: caption || "图片", onclick: () => dialog.close() }),
    caption ? h("p", {}, renderText(caption, entities, actions)) : null);
  return openDialog(dialog);
}

/** The Message object as the bot's side sees it. */
export function showRaw(message) {
  const dialog = h("dialog", { class: "raw", "aria-label": "消息的原始数据" }, h("h3", {}, "消息的原始数据"),
    h("pre", { tabindex: "0" }, JSON.stringify(message, null, 2)),
    h("div", { class: "actions" }, h("button", { type: "button", class: "primary", onclick: () => dialog.close() }, "关闭")));
  return openDialog(dialog);
}

/**
 * A menu at a point of the page, walked with the arrow keys.
 * @param {{x: number, y: number}} point
 * @param {Array<{label, symbol, action, danger?}>} items
 * @param {HTMLElement} [opener] gets the focus back
 */
export function openMenu(point, items, opener) {
  document.querySelector(".popup")?.remove();
  const close = () => {
    menu.remove();
    opener?.setAttribute("aria-expanded", "false");
    removeEventListener("pointerdown", outside, true);
  };
  const outside = (event) => {
    if (!menu.contains(event.target)) close();
  };
  const menu = h("div", { class: "popup", role: "menu", onkeydown: walk }, items.map(({ label, symbol, action, danger }) =>
    h("button", { type: "button", role: "menuitem", class: danger ? "danger" : null, onclick: () => { close(); action(); } },
      icon(symbol), label)));
  function walk(event) {
    const buttons = [...menu.children];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      buttons.at((buttons.indexOf(document.activeElement) + step) % buttons.length).focus();
    } else if (event.key === "Escape" || event.key === "Tab") {
      event.preventDefault();
      close();
      opener?.focus();
    }
  }
  document.body.append(menu);
  menu.style.left = `${Math.max(8, Math.min(point.x, innerWidth - menu.offsetWidth - 8))}px`;
  menu.style.top = `${Math.max(8, Math.min(point.y, innerHeight - menu.offsetHeight - 8))}px`;
  opener?.setAttribute("aria-expanded", "true");
  addEventListener("pointerdown", outside, true);
  menu.firstChild?.focus();
}
