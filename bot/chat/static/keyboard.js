/** The reply keyboard: the buttons that the bot puts in place of the phone's keys. */

import { say } from "./actions.js";
import { $, h } from "./dom.js";
import { emit, messages, on, state } from "./store.js";

const box = $("reply-keys");
const PLACEHOLDER = $("input").placeholder;
let open = true;

/** Connect the keyboard with the store. */
export function startKeyboard() {
  on("where", () => { open = true; draw(); });
  on("keyboard", ({ chat, markup }) => {
    if (chat !== state.where) return;
    open = true;
    draw();
    if (markup.force_reply) emit("reply", messages().findLast((one) => one.from?.is_bot));
  });
  $("keys").addEventListener("click", () => { open = !open; draw(); });
}

function draw() {
  const markup = state.keyboards.get(state.where);
  const rows = markup?.keyboard;
  $("keys").hidden = !rows;
  box.hidden = !rows || !open;
  $("keys").setAttribute("aria-expanded", String(!box.hidden));
  $("keys").setAttribute("aria-label", box.hidden ? "显示按键" : "收起按键");
  $("input").placeholder = markup?.input_field_placeholder || PLACEHOLDER;
  if (!rows) return;
  box.replaceChildren(...rows.map((row) => h("div", { class: "keys-row" }, row.map((key) => {
    const text = typeof key === "string" ? key : key.text;
    return h("button", { type: "button", class: "key", onclick: () => press(markup, text) }, text);
  }))));
}

async function press(markup, text) {
  if (!(await say(text)) || !markup.one_time_keyboard) return;
  open = false;
  draw();
}
