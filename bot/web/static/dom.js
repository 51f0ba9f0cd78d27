// What all parts of the page use: elements, the page's words, its one line of notice.

/** The program's words in the user's language; a % stands for a name. */
export const labels = {};

export const byId = (id) => document.getElementById(id);

export function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

export function button(className, label, action) {
  const made = element("button", className, label);
  made.type = "button";
  made.addEventListener("click", action);
  return made;
}

export function say(text) {
  byId("toast").textContent = text;
}

/** A word with a name in it. */
export function naming(word, name) {
  return word.replace("%", () => name);
}
