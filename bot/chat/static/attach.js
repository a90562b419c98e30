/** Files on their way up: chosen, dropped or pasted, looked at, sent. */

import { attempt } from "./actions.js";
import { sendFile } from "./api.js";
import { $, h } from "./dom.js";
import { extension, size } from "./format.js";
import { openDialog, toast } from "./overlay.js";
import { identity, isPrivate, state } from "./store.js";

const LIMIT = 20 * 1024 * 1024;
const PHOTOS = ["image/png", "image/jpeg", "image/webp", "image/gif"];

/** Connect the paperclip, dropping and pasting. */
export function startAttach() {
  $("clip").addEventListener("click", () => $("file").click());
  $("file").addEventListener("change", () => {
    offer([...$("file").files]);
    $("file").value = "";
  });
  $("input").addEventListener("paste", (event) => {
    const files = [...event.clipboardData.files];
    if (!files.length) return;
    event.preventDefault();
    offer(files);
  });
  startDrop(document.querySelector(".chat"));
}

function startDrop(area) {
  const carries = (event) => event.dataTransfer?.types.includes("Files");
  // Elsewhere on the page a dropped file would replace the page.
  for (const name of ["dragover", "drop"]) addEventListener(name, (event) => carries(event) && event.preventDefault());
  area.addEventListener("dragover", (event) => { if (carries(event)) $("drop").hidden = false; });
  area.addEventListener("dragleave", (event) => { if (!area.contains(event.relatedTarget)) $("drop").hidden = true; });
  area.addEventListener("drop", (event) => {
    $("drop").hidden = true;
    offer([...(event.dataTransfer?.files ?? [])]);
  });
}

/** Show what would be sent, with a caption. */
function offer(files) {
  if (isPrivate() && identity().blocked) return;
  const fitting = files.filter((file) => file.size <= LIMIT);
  if (fitting.length < files.length) toast("文件太大了，最大 20 MB");
  if (!fitting.length) return;
  const urls = [];
  const photos = fitting.every((file) => PHOTOS.includes(file.type));
  const asPhoto = h("input", { type: "checkbox", checked: photos });
  const caption = h("input", { class: "caption", type: "text", maxlength: 1024, placeholder: "说明（可不写）", "aria-label": "说明", autofocus: true });
  const send = h("button", { type: "submit", class: "primary" }, "发送");
  const dialog = h("dialog", { "aria-label": "发送文件" }, h("form", { method: "dialog", onsubmit: submit },
    h("h3", {}, fitting.length > 1 ? `发送 ${fitting.length} 个文件` : photos ? "发送图片" : "发送文件"),
    h("ul", { class: "uploads" }, fitting.map((file) => row(file, urls))),
    photos ? h("label", { class: "tick" }, asPhoto, "作为图片发送") : null,
    caption,
    h("div", { class: "actions" }, h("button", { type: "button", onclick: () => dialog.close() }, "取消"), send)));
  dialog.addEventListener("close", () => urls.forEach(URL.revokeObjectURL));

  async function submit(event) {
    event.preventDefault();
    send.disabled = true;
    for (const [index, file] of fitting.entries()) {
      const fields = { user: state.who, chat: state.where, as: photos && asPhoto.checked ? "photo" : "", caption: index === 0 ? caption.value : "" };
      if (!(await attempt(sendFile(file, fields)))) {
        send.disabled = false;
        return;
      }
    }
    dialog.close();
    $("input").focus();
  }
  openDialog(dialog);
}

function row(file, urls) {
  let sign = h("span", { class: "disc", "aria-hidden": "true" }, extension(file.name));
  if (PHOTOS.includes(file.type)) {
    urls.push(URL.createObjectURL(file));
    sign = h("img", { src: urls.at(-1), alt: "" });
  }
  return h("li", {}, sign, h("div", {}, h("strong", {}, file.name), h("small", {}, size(file.size))));
}
