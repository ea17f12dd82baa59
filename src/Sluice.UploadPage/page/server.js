// Where uploads go, and the key that opens it. The key is known to this tab only: not to localStorage, the address bar or the console.
const stored = "sluice-key";

/** The collection of uploads, beside this page. */
export const files = new URL("files", location.origin + location.pathname.replace(/\/+$/, "")).href;

/** The headers of every request. tus-js-client reads them anew for each, so a key that is typed in later is sent from then on. */
export const headers = {};

/** Whether a key is sent. */
export const hasKey = () => Object.keys(headers).length > 0;

/** Whether a header can carry this key (https://fetch.spec.whatwg.org/#concept-header-value). */
export const canSend = (key) => /^[\x20-\x7e\x80-\xff]*$/.test(key);

// A JSON Web Token begins with the base64url of {" (RFC 7515, section 7.1); a key is no such text.
const isToken = (key) => /^eyJ[\w-]*\.[\w-]+\.[\w-]*$/.test(key);

/** Sends this key or bearer token from now on; an empty one is none. */
export function useKey(text) {
  const key = text.trim().replace(/^Bearer\s+/i, "");
  delete headers.Authorization;
  delete headers["x-functions-key"];
  if (isToken(key)) {
    headers.Authorization = `Bearer ${key}`;
  } else if (key) {
    headers["x-functions-key"] = key;
  }

  try {
    if (key) {
      sessionStorage.setItem(stored, key);
    } else {
      sessionStorage.removeItem(stored);
    }
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

  const key = code || before || "";
  useKey(canSend(key) ? key : "");
}

/**
 * Asks whether uploads are open to this tab, of an upload that does not exist: { status, type, text, takesTokens }. The status is 0 where
 * there is no answer.
 */
export async function check() {
  try {
    const response = await fetch(`${files}/none`, { headers: { ...headers, "Tus-Resumable": "1.0.0" }, cache: "no-store" });
    // The Functions host refuses a key without a word.
    const { type, title, detail } = await response.json().catch(() => ({}));
    const takesTokens = /\bBearer\b/i.test(response.headers.get("WWW-Authenticate") ?? "");
    return { status: response.status, type, text: `${title}. ${detail}`, takesTokens };
  } catch {
    return { status: 0 };
  }
}
