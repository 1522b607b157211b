// The address carries the state: #s=<base64url of the script>&cpus=4&heap=guarded&library=checked&seed=1&run=1

const names = ["cpus", "heap", "library", "seed", "defects", "example"];

export function encodeText(text) {
  const bytes = new TextEncoder().encode(text);
  let binary = "";
  for (let i = 0; i < bytes.length; i += 8192) {
    binary += String.fromCharCode(...bytes.subarray(i, i + 8192));
  }
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** The text of base64url; throws where it is none, or not of UTF-8. */
export function decodeText(text) {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return new TextDecoder("utf-8", { fatal: true }).decode(Uint8Array.from(binary, (c) => c.charCodeAt(0)));
}

/** What an address asks for; null without a script. error says what is wrong with it. */
export function readAddress(hash) {
  const asked = new URLSearchParams(hash.replace(/^#/, ""));
  const state = { options: {}, run: asked.get("run") === "1", predict: asked.has("predict") ? asked.get("predict") === "1" : undefined };
  for (const name of names) {
    if (asked.has(name)) {
      state.options[name] = asked.get(name);
    }
  }
  if (!asked.has("s")) {
    return state.options.example || Object.keys(state.options).length > 0 ? { ...state, script: null } : null;
  }
  try {
    // In a query a plus sign stands for a space, and plain base64 has plus signs.
    return { ...state, script: decodeText(asked.get("s").replaceAll(" ", "+")) };
  } catch {
    return { ...state, script: null, error: "The address has a script that cannot be read: given something else, expected base64url of UTF-8 text." };
  }
}

export function writeAddress(script, options, run, predict) {
  const parts = [`s=${encodeText(script)}`];
  for (const name of names) {
    if (options[name] !== undefined && options[name] !== "") {
      parts.push(`${name}=${encodeURIComponent(options[name])}`);
    }
  }
  if (predict) {
    parts.push("predict=1");
  }
  if (run) {
    parts.push("run=1");
  }
  return `#${parts.join("&")}`;
}
