/** Times, sizes and names as the page shows them; times are those of the server's zone. */

let zone = "Asia/Shanghai";
const cache = new Map();

/** Use an IANA zone for every time shown. */
export function setZone(name) {
  zone = name;
  cache.clear();
}

function formatter(name, options) {
  if (!cache.has(name)) cache.set(name, new Intl.DateTimeFormat("zh-CN", { timeZone: zone, hourCycle: "h23", ...options }));
  return cache.get(name);
}

/** `08:30` */
export const clock = (seconds) =>
  formatter("clock", { hour: "2-digit", minute: "2-digit" }).format(seconds * 1000);

/** `2025/11/24`, one string for each day. */
export const dayKey = (seconds) =>
  formatter("key", { year: "numeric", month: "2-digit", day: "2-digit" }).format(seconds * 1000);

/** `今天`, `昨天`, `11月24日`, or with the year where it is another. */
export function day(seconds, now) {
  if (dayKey(seconds) === dayKey(now)) return "今天";
  if (dayKey(seconds) === dayKey(now - 86400)) return "昨天";
  const sameYear = dayKey(seconds).slice(0, 4) === dayKey(now).slice(0, 4);
  return formatter(`day${sameYear}`, { year: sameYear ? undefined : "numeric", month: "long", day: "numeric" })
    .format(seconds * 1000);
}

/** `11月24日 周一 08:30`, for the clock. */
export const moment = (seconds) =>
  formatter("moment", { month: "long", day: "numeric", weekday: "short", hour: "2-digit", minute: "2-digit" })
    .format(seconds * 1000).replace("日周", "日 周");

/** Time of the last message in the list of chats: the hour today, else the day. */
export const listTime = (seconds, now) =>
  dayKey(seconds) === dayKey(now) ? clock(seconds) : day(seconds, now);

/** `12.4 KB` */
export function size(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(1)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

/** Extension of a file name for its disc: `pdf`, at most four letters. */
export const extension = (name) => (/\.([^.]{1,4})$/.exec(name ?? "") ?? [])[1] ?? "文件";

/** Full name of a User or title of a Chat. */
export const nameOf = (who) =>
  who?.title ?? [who?.first_name, who?.last_name].filter(Boolean).join(" ");

/** The one character that stands for a name: the first, or the last of a longer name (读者乙 → 乙). */
export const initial = (name) => ([...name].length < 3 ? [...name][0] : [...name].at(-1)) ?? "?";

/** Hue 0–5 of a person or chat, the same everywhere. */
export const hueOf = (id) => Math.abs(Number(id)) % 6;

/** One line that stands for a message in the list of chats and in quotes. */
export function summary(message) {
  const text = message.text ?? message.caption;
  const kind = message.photo ? "🖼 图片" : message.document ? `📎 ${message.document.file_name ?? "文件"}` : "";
  return [kind, text?.replace(/\s+/g, " ")].filter(Boolean).join(" ") || "消息";
}
