// The machine's worker: the runtime with KernelSim in it. The page asks, and may end it at any time.
import { dotnet } from "./_framework/dotnet.js";

const questions = new Map([
  ["words", (machine) => machine.Words()],
  ["check", (machine, { script, options }) => machine.Check(script, options?.cpus ?? 4)],
  ["trace", (machine) => machine.Trace()],
  ["explain", (machine, { text }) => machine.Explain(text)],
]);

let machine = null;

// Messages that come while the runtime loads wait here.
const early = [];
onmessage = ({ data }) => machine ? take(data) : early.push(data);

try {
  const { getAssemblyExports, getConfig, runMain } = await dotnet.create();
  await runMain();
  machine = (await getAssemblyExports(getConfig().mainAssemblyName)).KernelSim.Playground.Exports;
  postMessage({ event: "ready" });
  early.splice(0).forEach(take);
} catch (error) {
  postMessage({ event: "failed", message: String(error?.message ?? error) });
}

async function take(message) {
  if (message.cmd === "run") {
    run(message);
    return;
  }
  const ask = questions.get(message.cmd);
  try {
    postMessage(ask
      ? { ask: message.ask, answer: JSON.parse(await ask(machine, message)) }
      : { ask: message.ask, error: `the question ${message.cmd} given, expected ${[...questions.keys()].join(", ")}` });
  } catch (error) {
    postMessage({ ask: message.ask, error: String(error?.message ?? error) });
  }
}

// Every step is told before the next call is made, so the page sees where a call that does not end began.
function run({ run, options }) {
  try {
    let said = JSON.parse(machine.Start(JSON.stringify(options)));
    while (said.event !== "end") {
      postMessage({ run, ...said });
      said = JSON.parse(machine.Next());
    }
    postMessage({ run, ...said });
  } catch (error) {
    postMessage({ run, event: "broken", message: String(error?.message ?? error) });
  }
}
