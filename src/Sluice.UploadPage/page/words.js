// What people read: sizes, times, and what went wrong. A number and its unit stay on one line.
const units = ["bytes", "kB", "MB", "GB", "TB"];

/** 52_428_800 is "52.4 MB". */
export function size(bytes) {
  let unit = 0;
  while (bytes >= 1000 && unit < units.length - 1) {
    bytes /= 1000;
    unit++;
  }

  return `${unit === 0 || bytes >= 100 ? Math.floor(bytes) : bytes.toFixed(1)}\u00a0${bytes === 1 && unit === 0 ? "byte" : units[unit]}`;
}

/** 75 is "1 min 15 s". */
export function time(seconds) {
  const whole = Math.max(1, Math.ceil(seconds));
  if (whole < 60) {
    return `${whole}\u00a0s`;
  }

  return whole < 3600 ? `${Math.floor(whole / 60)}\u00a0min ${whole % 60}\u00a0s` : `${Math.floor(whole / 3600)}\u00a0h ${Math.floor((whole % 3600) / 60)}\u00a0min`;
}

/** Rounded down: 100 % is all of it. */
export function percent(sent, of) {
  return `${of ? Math.floor((100 * sent) / of) : 0}\u00a0%`;
}

const sums = { done: "uploaded", failed: "failed", sending: "in progress", waiting: "waiting", paused: "paused", missing: "to be chosen again" };

/** How several files are: "12 files: 9 uploaded, 1 failed, 2 in progress". Nothing of one. */
export function summed(files, count) {
  const parts = Object.entries(sums).map(([state, words]) => [count(state), words]).filter(([many]) => many > 0);
  return files > 1 ? `${files} files: ${parts.map((part) => part.join(" ")).join(", ")}` : "";
}

const statuses = {
  401: "The key is missing or wrong.",
  403: "The server does not allow this.",
  404: "The server does not have this upload, or does not accept uploads at this address.",
  409: "The server has received a different part of this file than expected.",
  410: "The upload no longer exists on the server.",
  413: "The file is larger than the server accepts.",
  415: "The server does not accept this type of file.",
  423: "An earlier request is still using this upload.",
  429: "Too many requests. Wait, then retry.",
  507: "The server has no space left.",
};

/**
 * What a failed request means: { status, text, needsKey }. A server's own words, in problem+json, are better than ours.
 * @param response What tus-js-client got; nothing where there was no answer.
 */
export function refusal(response) {
  if (!response) {
    return { status: 0, needsKey: false, text: navigator.onLine === false ? "There is no network." : "The server could not be reached." };
  }

  const status = response.getStatus();
  const problem = parsed(response);
  const said = problem ? [problem.title, problem.detail].filter((part) => typeof part === "string" && part).map(sentence).join(" ") : "";
  const known = statuses[status] ?? (status >= 500 ? `The server failed to handle the request (${status}).` : `The server returned ${status}.`);
  const needsKey = refusesKey(status, problem?.type);
  // The server's own are about headers and settings.
  return { status, needsKey, text: status === 401 ? known : said || known };
}

/** Whether another key is what it takes: a rule or a policy may refuse one file of many (403, too). */
export function refusesKey(status, type) {
  return status === 401 || (status === 403 && type === "urn:sluice:problem:key-scope");
}

function parsed(response) {
  try {
    return /^application\/(problem\+)?json\b/.test(response.getHeader("Content-Type") ?? "") ? JSON.parse(response.getBody()) : null;
  } catch {
    return null;
  }
}

function sentence(text) {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
