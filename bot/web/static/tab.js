// What this tab keeps for its own reload: the key, an id and which files there were, and never a text.

const MOST = 8;
const KEY = /^#key=([\w-]+)$/;

/** Which of several people is at this tab: they share a browser to try a signing, see the guide. */
export const person = new URLSearchParams(location.search).get("user") || "";

/** An address of the program, asked for by that person. */
export function asPerson(path) {
  if (!person) return path;
  return `${path}${path.includes("?") ? "&" : "?"}user=${encodeURIComponent(person)}`;
}

function kept(key) {
  try {
    return sessionStorage.getItem(key) || "";
  } catch {
    return ""; // a browser that keeps nothing
  }
}

function keep(key, value) {
  try {
    sessionStorage.setItem(key, value);
  } catch {
    // Then a reload shows the letter without its files.
  }
}

let key = "";

/** Take the key out of the address, where whoever looks on would read it; whether there was one. */
export function taken() {
  const found = KEY.exec(location.hash);
  key = found ? found[1] : key || kept("key");
  if (!found) return false;
  keep("key", key);
  history.replaceState(history.state, "", location.pathname + location.search);
  return true;
}

/** How the program is asked: no other site, and no other server of this computer, knows the key. */
export function posted(body) {
  const headers = { "Content-Type": "application/json", "X-Demarche-Key": key };
  return { method: "POST", headers, body: JSON.stringify(body) };
}

export const made = {
  all: () => kept("made").split(" ").filter(Boolean),
  add: (word) => keep("made", [...made.all().filter((one) => one !== word), word].slice(-MOST).join(" ")),
};

/** The tab's id: under it the program remembers, in memory, what is half typed. */
function id() {
  if (!kept("tab")) keep("tab", crypto.randomUUID());
  return kept("tab") || "none";
}

let left = "";

/** Leave what is half typed with the program; nothing is written to a disk. */
export function leave(text) {
  if (text === left) return;
  left = text;
  fetch(asPerson("half"), { ...posted({ tab: id(), text }), keepalive: true }).catch(() => {});
}

/** What a page that was just opened tells when it asks what to show. */
export function opening() {
  return { opened: id(), made: made.all() };
}

/** Nothing of whoever was forgotten stays with the tab; the way in does. */
export function forget() {
  try {
    sessionStorage.clear();
  } catch {
    // Then there was nothing.
  }
  keep("key", key);
  left = "";
}

taken();
