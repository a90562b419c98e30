/** The input: drafts, sending, replying, editing one's own message. */

import { attempt, say } from "./actions.js";
import { editText, setBlocked } from "./api.js";
import { $, h, icon } from "./dom.js";
import { nameOf, summary } from "./format.js";
import { draft, emit, identity, isPrivate, messages, on, setDraft, state } from "./store.js";
import { panelKey, suggest, togglePanel } from "./panel.js";

const input = $("input");
/** What the next text does: null, or {kind: "reply" | "edit", message}. */
let context = null;
let sending = Promise.resolve();

/** Connect the input with the store. */
export function startComposer() {
  on("where", restore);
  on("people", refresh);
  on("messages", ({ chat }) => { if (chat === state.where) refresh(); });
  on("keyboard", refresh);
  on("reply", (message) => setContext({ kind: "reply", message }));
  on("edit", (message) => setContext({ kind: "edit", message }));
  on("fill", (text) => fill(text));
  input.addEventListener("input", changed);
  input.addEventListener("keydown", keydown);
  $("composer").addEventListener("submit", (event) => { event.preventDefault(); void submit(); });
  $("start").addEventListener("click", () => void (identity().blocked ? attempt(setBlocked(state.who, false)) : say("/start")));
  $("menu").addEventListener("click", () => togglePanel());
}

/** Put a text in the input, ready to go on. */
export function fill(text) {
  input.value = text;
  changed();
  input.focus();
}

function restore() {
  context = null;
  showContext();
  input.value = draft();
  grow();
  suggest(input.value);
  refresh();
}

function changed() {
  if (context?.kind !== "edit") {
    setDraft(input.value);
    emit("chats");
  }
  grow();
  suggest(input.value);
  refresh();
}

function grow() {
  input.style.height = "auto";
  input.style.height = `${input.scrollHeight}px`;
}

/** Whether the chat waits for its first message or has the bot blocked: then a button stands for the input. */
function refresh() {
  const blocked = isPrivate() && identity()?.blocked;
  const empty = isPrivate() && !messages().length;
  $("start").hidden = !blocked && (!empty || Boolean(input.value));
  $("start").textContent = blocked ? "取消屏蔽" : "开始";
  $("composer").hidden = blocked || !$("start").hidden;
  $("send").disabled = !input.value.trim();
  $("menu").hidden = Boolean(context) || input.value.length > 24;
}

function keydown(event) {
  if (event.isComposing) return;
  if (panelKey(event, input)) {
    event.preventDefault();
  } else if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    void submit();
  } else if (event.key === "Escape" && context) {
    setContext(null);
  } else if (event.key === "ArrowUp" && !input.value && !context) {
    const own = messages().findLast((one) => one.from?.id === state.who && (one.text ?? one.caption));
    if (own) {
      event.preventDefault();
      setContext({ kind: "edit", message: own });
    }
  }
}

async function submit() {
  const text = input.value.trim();
  if (!text) return;
  const place = { who: state.who, where: state.where };
  const begun = context;
  context = null;
  showContext();
  input.value = begun?.kind === "edit" ? draft() : "";
  changed();
  // One after the other, so that quick messages keep their order.
  sending = sending.then(() => (begun?.kind === "edit" ? saveEdit(begun.message, text) : say(text, { replyTo: begun?.message.message_id, ...place })));
  if (!(await sending)) giveBack(text, begun, place);
}

function saveEdit(message, text) {
  if (text === (message.text ?? message.caption)) return true;
  return attempt(editText({ user: message.from.id, chat: message.chat.id, message_id: message.message_id, text }));
}

/** Words that did not go out return to the input, or to the draft of the chat that was left meanwhile. */
function giveBack(text, begun, { who, where }) {
  if (who !== state.who || where !== state.where) {
    setDraft(text, who, where);
    return;
  }
  context = begun;
  showContext();
  input.value = [text, input.value].filter(Boolean).join("\n");
  changed();
}

function setContext(next) {
  const editing = context?.kind === "edit";
  context = next;
  if (next?.kind === "edit") input.value = next.message.text ?? next.message.caption;
  else if (editing) input.value = draft();
  showContext();
  grow();
  suggest("");
  refresh();
  input.focus();
}

function showContext() {
  $("context").hidden = !context;
  if (!context) return;
  const editing = context.kind === "edit";
  const title = editing ? "编辑消息" : `回复 ${nameOf(context.message.from)}`;
  $("context").replaceChildren(icon(editing ? "edit" : "reply"),
    h("div", {}, h("b", {}, title), h("span", {}, summary(context.message))),
    h("button", { type: "button", class: "round", "aria-label": editing ? "取消编辑" : "取消回复", onclick: () => setContext(null) }, icon("close")));
}
