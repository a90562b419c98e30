/** Making DOM nodes. Text always enters as text nodes; nothing here parses HTML. */

const SVG = "http://www.w3.org/2000/svg";

/**
 * Make an element.
 * @param {string} tag
 * @param {Object} [props] attributes; `onclick` style keys are listeners, `data` the dataset;
 *   null, undefined and false are left out
 * @param {...(Node|string|null|Array)} children
 */
export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (key === "data") Object.assign(node.dataset, value);
    else node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** One of the page's icons, by its symbol's name without the `i-`. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  svg.append(document.createElementNS(SVG, "use"));
  svg.firstChild.setAttribute("href", `#i-${name}`);
  return svg;
}

/** The element with an id. */
export const $ = (id) => document.getElementById(id);

/** A round avatar: two characters of a name at most, or an icon. */
export function avatar({ label, hue, symbol }) {
  return h("span", { class: "avatar", "aria-hidden": "true", data: { hue } }, symbol ? icon(symbol) : label);
}

/** Show a count in a badge, or hide the badge where there is nothing to count. */
export function setBadge(node, count) {
  node.hidden = !count;
  node.textContent = count > 99 ? "99+" : String(count || "");
}
