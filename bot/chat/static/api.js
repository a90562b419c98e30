/** The server's endpoints and its stream of events. */

/** A refusal of the server, or `offline` where it cannot be reached. */
export class ServerError extends Error {
  constructor(message, offline = false) {
    super(message);
    this.offline = offline;
  }
}

async function request(path, options = {}) {
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw new ServerError("连不上本地服务", true);
  }
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new ServerError(body.error ?? `服务返回 ${response.status}`);
  return body;
}

const post = (path, body) =>
  request(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

export const loadState = () => request("/api/state");
export const loadMessages = (chat, before) =>
  request(`/api/chats/${chat}/messages${before ? `?before=${before}` : ""}`);
export const loadMenu = (user, chat) => request(`/api/chats/${chat}/menu?user=${user}`);
export const sendText = (message) => post("/api/messages", message);
export const forwardTo = (forward) => post("/api/forwards", forward);
export const editText = (edit) => post("/api/edits", edit);
export const pressButton = (press) => post("/api/presses", press);
export const askInline = (query) => post("/api/inline", query);
export const chooseResult = (choice) => post("/api/choices", choice);
export const setLanguage = (user, language) => post("/api/language", { user, language });
export const setBlocked = (user, blocked) => post("/api/blocked", { user, blocked });
export const moveClock = (step) => post("/api/clock", step);
export const fileUrl = (id) => `/api/files/${encodeURIComponent(id)}`;

/** Send a file; the bytes are the body, everything else stands in the address. */
export function sendFile(file, fields) {
  const query = new URLSearchParams({ name: file.name || "图片.png" });
  for (const [key, value] of Object.entries(fields)) if (value) query.set(key, value);
  return request(`/api/uploads?${query}`, {
    method: "POST",
    headers: { "Content-Type": file.type || "application/octet-stream" },
    body: file,
  });
}

/**
 * Follow the server's events. The browser reconnects by itself and names the last event it saw, so that
 * nothing is missed; `reset` says that the server cannot catch up from there.
 */
export function follow(last, { event, reset, online, offline }) {
  const source = new EventSource(`/api/events?last=${encodeURIComponent(last)}`);
  source.onopen = online;
  source.onmessage = ({ data }) => event(JSON.parse(data));
  source.addEventListener("reset", () => {
    source.close();
    reset();
  });
  source.onerror = () => {
    offline();
    if (source.readyState === EventSource.CLOSED) setTimeout(reset, 2000);
  };
  return source;
}
