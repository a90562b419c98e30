/** Puts the page together: loads the state, follows the events, switches identities and chats. */

import { follow, loadState } from "./api.js";
import { startAttach } from "./attach.js";
import { startComposer } from "./composer.js";
import { $ } from "./dom.js";
import { setZone } from "./format.js";
import { startHead } from "./head.js";
import { startKeyboard } from "./keyboard.js";
import { startPanel } from "./panel.js";
import { startSidebar, startTheme } from "./sidebar.js";
import { chat, chatsOf, emit, keep, on, state } from "./store.js";
import { startTimeline } from "./timeline.js";

const TYPING_SECONDS = 5;
let source = null;

/** What each event of the server does to the store. */
const EVENTS = {
  message({ chat_id: id, message }) {
    keep(id, [message]);
    if (message.from?.is_bot) stopTyping(id);
    emit("messages", { chat: id, added: message });
  },
  edited({ chat_id: id, message }) {
    keep(id, [message]);
    emit("messages", { chat: id, edited: message });
  },
  deleted({ chat_id: id, message_id: gone }) {
    state.histories.get(id)?.delete(gone);
    emit("messages", { chat: id });
  },
  chat_action({ chat_id: id, action }) {
    clearTimeout(state.typing.get(id)?.timer);
    state.typing.set(id, { action, timer: setTimeout(() => stopTyping(id), TYPING_SECONDS * 1000) });
    emit("typing");
  },
  commands: () => emit("menu"),
  people({ identities }) {
    state.identities = identities;
    emit("people");
  },
  clock: ({ now }) => emit("clock", now),
  keyboard({ chat_id: id, reply_markup: markup }) {
    if (markup.remove_keyboard) state.keyboards.delete(id);
    else state.keyboards.set(id, markup);
    emit("keyboard", { chat: id, markup });
  },
  reaction({ chat_id: id, message_id: message, reaction }) {
    state.reactions.set(`${id}/${message}`, reaction);
    emit("messages", { chat: id });
  },
};

function stopTyping(id) {
  clearTimeout(state.typing.get(id)?.timer);
  if (state.typing.delete(id)) emit("typing");
}

function setLinked(linked) {
  if (linked === state.linked) return;
  state.linked = linked;
  emit("link");
}

/** Load everything anew and follow from there; try again until the server answers. */
async function load() {
  source?.close();
  let fresh;
  try {
    fresh = await loadState();
  } catch {
    setLinked(false);
    setTimeout(load, 2000);
    return;
  }
  setZone(fresh.zone);
  Object.assign(state, { bot: fresh.bot, epoch: fresh.epoch, identities: fresh.identities, chats: fresh.chats });
  state.ahead = fresh.now - Date.now() / 1000;
  state.keyboards = new Map(Object.entries(fresh.keyboards).map(([id, markup]) => [Number(id), markup]));
  state.reactions = new Map(Object.entries(fresh.reactions).flatMap(([id, all]) =>
    Object.entries(all).map(([message, reaction]) => [`${id}/${message}`, reaction])));
  state.histories.clear();
  state.complete.clear();
  for (const [id, page] of Object.entries(fresh.histories)) {
    keep(Number(id), page.messages);
    if (page.complete) state.complete.add(Number(id));
  }
  document.querySelector(".clock").hidden = !fresh.clock;
  setLinked(true);
  become(state.who || Number(localStorage.getItem("chat.who")) || state.identities[0].id);
  source = follow(fresh.last, {
    event: (event) => EVENTS[event.event]?.(event),
    reset: load,
    online: () => setLinked(true),
    offline: () => setLinked(false),
  });
}

/** Switch to another identity; a group stays open, a private chat becomes the identity's own. */
function become(id) {
  const known = state.identities.some((one) => one.id === id) ? id : state.identities[0].id;
  localStorage.setItem("chat.who", known);
  state.who = known;
  const stays = chatsOf(known).some((one) => one.id === state.where);
  state.where = stays ? state.where : known;
  emit("where");
}

function openChat(id) {
  $("app").dataset.pane = "chat";
  if (id === state.where || !chat(id)) return;
  state.where = id;
  emit("where");
}

startTheme();
startSidebar();
startHead();
startTimeline();
startPanel();
startComposer();
startKeyboard();
startAttach();
on("become", become);
on("open-chat", openChat);
on("clock", (now) => { state.ahead = now - Date.now() / 1000; });
void load();
