// Runs lab scripts on the published page's machine, without a browser: an array of { script, cpus, heap } comes in, the results' texts go out.
// node run-scripts.mjs FOLDER, the folder of the page's index.html.
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";

const scripts = JSON.parse(await text(process.stdin));
const { dotnet } = await import(pathToFileURL(`${process.argv[2]}/_framework/dotnet.js`));
const { getAssemblyExports, getConfig, runMain } = await dotnet.create();
await runMain();
const machine = (await getAssemblyExports(getConfig().mainAssemblyName)).KernelSim.Playground.Exports;
const all = scripts.map((options) => {
  const results = [];
  let said = JSON.parse(machine.Start(JSON.stringify(options)));
  while (said.event !== "end") {
    if (said.event === "step") {
      results.push(said.step.result);
    }
    said = JSON.parse(machine.Next());
  }
  return { results, error: said.outcome.error?.message ?? null, leaks: said.outcome.leaks };
});
process.stdout.write(`\n${JSON.stringify(all)}\n`, () => process.exit(0));
