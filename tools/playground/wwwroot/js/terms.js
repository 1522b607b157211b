import { make } from "../trace/strips.js";

// What explain knows: errnos, results, statuses, Win32 errors, checks by code and by id.
const pattern = /\b(?:E(?!BPF|RROR|LF\b|TW\b)[A-Z0-9]{2,}|KS\d{4}|(?:STATUS|EBPF|ERROR)_[A-Z0-9_]+|(?:api|btf|bytecode|core|driver|elf|handle|io|link|maps?|native|object|pin|program|typed|validator)(?:\.[a-z0-9_]+)+)(?!\w|\.\w)/g;

/** The words of a text that can be explained, and the text between them: strings and elements, in order. */
export function linkTerms(text, explain) {
  const parts = [];
  let from = 0;
  pattern.lastIndex = 0; // Where a search begins, that of matchAll too.
  for (const match of text.matchAll(pattern)) {
    parts.push(text.slice(from, match.index), termButton(match[0], explain));
    from = match.index + match[0].length;
  }
  parts.push(text.slice(from));
  return parts.filter((p) => p !== "");
}

/** Makes buttons of the words in an element that can be explained; those that are, stay. */
export function linkTermsIn(root, explain) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT, (node) =>
    node.parentElement.closest("button, a, input, select, .cells") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
  const found = [];
  while (walker.nextNode()) {
    pattern.lastIndex = 0;
    if (pattern.test(walker.currentNode.data)) {
      found.push(walker.currentNode);
    }
  }
  for (const node of found) {
    node.replaceWith(...linkTerms(node.data, explain));
  }
}

function termButton(term, explain) {
  const button = make("button", { type: "button", class: "term", title: `What is ${term}?` }, term);
  button.addEventListener("click", (event) => {
    event.stopPropagation();
    explain(term, button);
  });
  return button;
}
