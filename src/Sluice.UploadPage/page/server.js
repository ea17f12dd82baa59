// Where uploads go, and the key that opens it. The key is known to this tab only: not to localStorage, the address bar or the console.
const stored = "sluice-key";

/** The collection of uploads, beside this page. */
export const files = new URL("files", location.origin + location.pathname.replace(/\/+$/, "")).href;

/** The headers of every request. tus-js-client reads them anew for each, so a key that is typed in later is sent from then on. */
export const headers = {};

/** Sends this key from now on; an empty one is none. */
export function useKey(key) {
  if (key) {
    headers["x-functions-key"] = key;
  } else {
    delete headers["x-functions-key"];
  }

  try {
    sessionStorage.setItem(stored, key);
  } catch {
    // A browser that keeps nothing: the key lasts as long as the page.
  }
}

/** Takes the key out of the link (?code=), or the one that this tab had before. */
export function takeKey() {
  const address = new URL(location.href);
  const code = address.searchParams.get("code");
  if (code !== null) {
    address.searchParams.delete("code");
    history.replaceState(history.state, "", address);
  }

  let before = null;
  try {
    before = sessionStorage.getItem(stored);
  } catch {
    // As above.
  }

  useKey(code || before || "");
  return headers["x-functions-key"] ?? "";
}
