/** What opens above the input: the commands, completed while typing `/`, and inline results after `@bot`. */

import { attempt, say, start } from "./actions.js";
import { askInline, chooseResult, loadMenu } from "./api.js";
import { $, avatar, h } from "./dom.js";
import { emit, on, state } from "./store.js";

const panel = $("panel");
const input = $("input");
let commands = [];
let choices = [];
let active = -1;
let pinned = false;
let asked = 0;

/** Connect the panel with the store. */
export function startPanel() {
  for (const topic of ["where", "menu", "people"]) on(topic, () => void load());
  document.addEventListener("pointerdown", (event) => {
    if (!event.target.closest(".foot")) close();
  });
  panel.addEventListener("pointerdown", (event) => event.preventDefault());
}

async function load() {
  const { who, where } = state;
  const answer = await attempt(loadMenu(who, where));
  if (!answer || who !== state.who || where !== state.where) return;
  commands = answer.commands;
  if (pinned) showMenu();
  else if (input.value.startsWith("/")) suggest(input.value);
}

/** Open the whole menu, or close it. */
export function togglePanel() {
  if (!panel.hidden && pinned) {
    close();
    return;
  }
  pinned = true;
  showMenu();
  input.focus();
}

function showMenu() {
  show(commands.map(commandChoice), commands.length ? null : "机器人还没有设置命令");
}

/** Offer what fits the text so far. */
export function suggest(text) {
  const inline = new RegExp(`^@${state.bot.username}\\s+(.*)$`, "is").exec(text);
  if (inline) {
    void ask(inline[1]);
    return;
  }
  asked += 1;
  pinned = false;
  const typed = /^\/(\w*)$/.exec(text);
  const fitting = typed ? commands.filter(({ command }) => command.startsWith(typed[1].toLowerCase())) : [];
  if (fitting.length) show(fitting.map(commandChoice));
  else close();
}

/** Handle a key while the panel is open; true when it was for the panel. */
export function panelKey(event) {
  if (panel.hidden) return false;
  if (event.key === "Escape") {
    close();
    return true;
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && choices.length) {
    setActive((active + step + choices.length) % choices.length);
    return true;
  }
  const choice = choices[active];
  if (!choice) return false;
  if (event.key === "Tab" && choice.complete) {
    choice.complete();
    return true;
  }
  if (event.key === "Enter" && !event.shiftKey) {
    pick(choice);
    return true;
  }
  return false;
}

function commandChoice({ command, description }) {
  return {
    node: [h("b", {}, `/${command}`), h("span", {}, description)],
    run: () => say(`/${command}`),
    complete: () => emit("fill", `/${command} `),
  };
}

function show(offered, hint) {
  choices = offered;
  panel.replaceChildren(...offered.map((choice, index) =>
    h("div", { class: choice.kind ? `option ${choice.kind}` : "option", role: "option", id: `option-${index}`, onclick: () => pick(choice) }, choice.node)));
  if (hint) panel.append(h("p", { class: "hint" }, hint));
  panel.hidden = false;
  panel.scrollTop = 0;
  setActive(offered.length && !pinned ? 0 : -1);
  expanded(true);
}

function close() {
  panel.hidden = true;
  choices = [];
  pinned = false;
  setActive(-1);
  expanded(false);
}

function expanded(open) {
  input.setAttribute("aria-expanded", String(open));
  $("menu").setAttribute("aria-expanded", String(open && pinned));
}

function setActive(index) {
  active = index;
  [...panel.querySelectorAll(".option")].forEach((node, at) => node.setAttribute("aria-selected", String(at === index)));
  if (index < 0) input.removeAttribute("aria-activedescendant");
  else {
    input.setAttribute("aria-activedescendant", `option-${index}`);
    panel.children[index].scrollIntoView({ block: "nearest" });
  }
}

function pick(choice) {
  if (choice.stay) {
    void choice.run();
    return;
  }
  const typed = input.value;
  close();
  void choice.run();
  if (typed.startsWith("/") || typed.startsWith("@")) emit("fill", "");
}

/** Ask the bot's inline mode once typing pauses. */
async function ask(query) {
  asked += 1;
  const turn = asked;
  await new Promise((done) => { setTimeout(done, 350); });
  if (turn === asked) await loadResults(query, "", []);
}

/** Show a page of results behind those that are shown already. */
async function loadResults(query, offset, before) {
  const turn = asked;
  const answer = await attempt(askInline({ user: state.who, query, offset }));
  if (turn !== asked || !answer) return;
  const found = [...before, ...answer.results.map(resultChoice)];
  const offered = [...(answer.button ? [buttonChoice(answer.button)] : []), ...found];
  if (answer.next_offset) offered.push(moreChoice(() => loadResults(query, answer.next_offset, found)));
  show(offered, offered.length ? null : "没有结果");
  if (before.length) setActive(Math.min(before.length, offered.length - 1));
}

/** The button that the bot sets over the results: it opens the private chat. */
function buttonChoice(button) {
  return { kind: "over", node: [h("b", {}, button.text)], run: () => start(button.start_parameter) };
}

function moreChoice(run) {
  return { kind: "over", node: [h("b", {}, "更多结果")], run, stay: true };
}

function resultChoice(result) {
  const title = result.title ?? "结果";
  return {
    kind: "result",
    node: [avatar({ label: title.slice(0, 1), hue: 4 }), h("div", {}, h("b", {}, title), h("span", {}, result.description ?? ""))],
    run: () => attempt(chooseResult({ user: state.who, chat: state.where, result: result.id })),
  };
}
