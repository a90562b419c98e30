/** What the page knows, and who wants to hear of changes. */

const listeners = new EventTarget();

/** Call a function on each change of a topic: `where`, `messages`, `chats`, `menu`, `typing`, `clock`, `link`. */
export const on = (topic, heard) => listeners.addEventListener(topic, (event) => heard(event.detail));
export const emit = (topic, detail) => listeners.dispatchEvent(new CustomEvent(topic, { detail }));

export const state = {
  bot: null,
  identities: [],
  chats: [],
  who: 0,
  where: 0,
  epoch: "",
  linked: true,
  /** Seconds by which the server's clock is ahead of this machine's. */
  ahead: 0,
  /** Chat id → Map of message id → Message, in order. */
  histories: new Map(),
  /** Chat ids whose first message is loaded. */
  complete: new Set(),
  /** Chat id → the reply keyboard it shows. */
  keyboards: new Map(),
  /** `chat/message` → the bot's reactions to it. */
  reactions: new Map(),
  /** Chat id → {action, timer}. */
  typing: new Map(),
};

export const now = () => Date.now() / 1000 + state.ahead;
export const identity = (id = state.who) => state.identities.find((one) => one.id === id);
export const chat = (id = state.where) => state.chats.find((one) => one.id === id);
export const isPrivate = (id = state.where) => chat(id)?.type === "private";
export const messages = (id = state.where) => [...(state.histories.get(id)?.values() ?? [])];
export const message = (id, chatId = state.where) => state.histories.get(chatId)?.get(id);
export const lastMessage = (id) => messages(id).at(-1);

/** The chats that an identity sees: its own with the bot, then its groups. */
export const chatsOf = (who = state.who) => state.chats.filter((one) => one.members.includes(who));

/** Keep the messages of one chat in the order of their ids. */
export function keep(chatId, added) {
  const merged = new Map([...(state.histories.get(chatId) ?? []), ...added.map((one) => [one.message_id, one])]);
  state.histories.set(chatId, new Map([...merged].sort(([a], [b]) => a - b)));
}

const slot = (kind, who, where) => `chat.${kind}.${who}.${where}`;

/** The draft of an identity in a chat; it outlives the page. */
export const draft = (who = state.who, where = state.where) => localStorage.getItem(slot("draft", who, where)) ?? "";
export function setDraft(text, who = state.who, where = state.where) {
  if (text) localStorage.setItem(slot("draft", who, where), text);
  else localStorage.removeItem(slot("draft", who, where));
}

/** Number of messages that an identity has not seen in a chat. */
export function unread(who, where) {
  const seen = readMark(who, where);
  return messages(where).filter((one) => one.message_id > seen && one.from?.id !== who).length;
}

// Message ids begin anew with each run of the server, so a mark counts for one run only.
function readMark(who, where) {
  const [epoch, id] = (localStorage.getItem(slot("read", who, where)) ?? "").split(":");
  return epoch === state.epoch ? Number(id) : 0;
}

/** Note that the identity has seen the open chat to its end. */
export function markRead() {
  const last = lastMessage(state.where);
  if (!last || readMark(state.who, state.where) >= last.message_id) return;
  localStorage.setItem(slot("read", state.who, state.where), `${state.epoch}:${last.message_id}`);
  emit("chats");
}
