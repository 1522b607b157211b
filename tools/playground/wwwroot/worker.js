// The machine's own thread: loads the runtime and calls what the C# side exports. The page ends it when it must.

// Without this the runtime takes a worker for one of its own threads.
globalThis.dotnetSidecar = true;

const early = []; // What was asked before the machine was there.
let machine = null;

onmessage = ({ data }) => machine ? answer(data) : early.push(data);

const answers = {
  words: () => machine.Words(),
  check: ({ script, cpus }) => machine.Check(script, cpus),
  explain: ({ text }) => machine.Explain(text),
  examples: () => machine.Examples(),
  trace: () => machine.Trace(),
};

function answer(message) {
  if (message.cmd === "run") {
    run(message);
    return;
  }
  try {
    postMessage({ ask: message.ask, answer: answers[message.cmd](message) });
  } catch (error) {
    postMessage({ ask: message.ask, error: error.message });
  }
}

// Each message goes out as it is made: the page shows a step while the next one runs.
function run({ run, options }) {
  let text = machine.Start(JSON.stringify(options));
  for (;;) {
    postMessage({ run, text });
    if (text.startsWith('{"event":"end"')) {
      return;
    }
    text = machine.Next();
  }
}

try {
  const { dotnet } = await import("./_framework/dotnet.js");
  const { getAssemblyExports } = await dotnet.create();
  machine = (await getAssemblyExports("KernelSim.Playground")).KernelSim.Playground.Exports;
  postMessage({ event: "ready" });
  early.forEach(answer);
} catch (error) {
  postMessage({ event: "failed", message: error.message ?? String(error) });
}
