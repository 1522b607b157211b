// The machine behind the page: a worker that can be ended at any time and made anew.

const patience = 10_000; // Milliseconds without a step after which a run is given up.

/** A run or a question that the worker did not answer. */
export class MachineError extends Error {
  constructor(message, line) {
    super(message);
    this.line = line;
  }
}

/** Starts the machine. changed is told "loading", "ready" or "failed", the last with the reason. */
export function makeMachine(changed) {
  const waiting = new Map(); // Questions by their number.
  let worker = null;
  let running = null;
  let last = 0;
  let ready = null;
  let abandon = () => {}; // Ends the wait for a machine that is not there yet.

  start();

  function start() {
    changed("loading");
    const mine = new Worker("worker.js", { type: "module" });
    worker = mine;
    ready = new Promise((resolve, reject) => {
      abandon = reject;
      mine.onmessage = ({ data }) => {
        if (mine !== worker) {
          return;
        }
        if (data.event === "ready") {
          resolve();
          changed("ready");
        } else if (data.event === "failed") {
          fail(data.message);
        } else {
          take(data);
        }
      };
      mine.onerror = (event) => {
        if (mine === worker) {
          fail(event.message || "its worker does not load");
        }
      };
    });
    ready.catch(() => { /* A call that awaits it reports the error. */ });
  }

  function fail(message) {
    const error = new MachineError(`The machine failed: ${message}`);
    changed("failed", message);
    abandon(error);
    giveUp(error);
  }

  function giveUp(error) {
    const run = running;
    running = null;
    clearTimeout(run?.timer);
    run?.reject(error);
    for (const question of waiting.values()) {
      question.reject(error);
    }
    waiting.clear();
  }

  function take(message) {
    const question = waiting.get(message.ask);
    if (question) {
      waiting.delete(message.ask);
      if (message.error) {
        question.reject(new MachineError(message.error));
      } else {
        question.resolve(message.answer);
      }
    } else if (running && message.run === running.number) {
      watch();
      if (message.event === "end") {
        const run = running;
        running = null;
        clearTimeout(run.timer);
        run.resolve(message.outcome);
      } else if (message.event === "broken") {
        stop(`the machine failed: ${message.message}; it is started anew`);
      } else if (message.event === "machine") {
        running.booted(message.state);
      } else if (message.event === "step") {
        running.took(message.step);
      }
    }
  }

  function watch() {
    clearTimeout(running.timer);
    running.timer = setTimeout(() => stop(`no step for ${patience / 1000} seconds: the run was ended, and the machine is started anew`), patience);
  }

  /** Asks for words, diagnostics, an explanation or the trace of a run. */
  async function ask(cmd, rest = {}) {
    await ready;
    return new Promise((resolve, reject) => {
      const number = ++last;
      waiting.set(number, { resolve, reject });
      worker.postMessage({ cmd, ask: number, ...rest });
    });
  }

  /** Runs a script; booted is told of the machine before the first call, took of each step. Gives the outcome, and rejects when it is stopped. */
  async function run(options, booted, took) {
    await ready;
    if (running) {
      throw new MachineError("a run is under way");
    }
    return new Promise((resolve, reject) => {
      running = { number: ++last, booted, took, resolve, reject, timer: 0 };
      watch();
      worker.postMessage({ cmd: "run", run: running.number, options });
    });
  }

  /** Ends the worker with whatever it does, and starts another. */
  function stop(reason = "stopped") {
    const error = new MachineError(reason);
    worker.terminate();
    abandon(error);
    giveUp(error);
    start();
  }

  return { ask, run, stop, isRunning: () => running !== null };
}
