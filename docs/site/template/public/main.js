// The search index splits names at their dots, the search box does not: without this a check's id finds nothing.
const post = Worker.prototype.postMessage
Worker.prototype.postMessage = function (message, ...rest) {
  const query = message && message.q
  const split = typeof query === 'string'
    ? { ...message, q: query.split(/[\s.]+/).filter(term => term.length > 1).map(term => term.replace(/^\+?/, '+')).join(' ') }
    : message
  return post.call(this, split, ...rest)
}

export default {
  defaultTheme: 'auto',
}
