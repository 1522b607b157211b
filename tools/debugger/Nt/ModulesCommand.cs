using KernelSim.Debugger.Commands;
using KernelSim.Debugger.Output;

namespace KernelSim.Debugger.Nt;

/// <summary><c>!modules</c>: the registrar's modules.</summary>
internal sealed class ModulesCommand(IMachineAccess machines) : IDebuggerCommand
{
    public string Name => "!modules";

    public string Arguments => "";

    public string Summary => "Lists the network modules: program types, hooks, map types, native modules and their clients.";

    public void Run(CommandCall call)
    {
        call.Arguments.End();
        ResultTable table = call.Result.Table(
            new("side", ColumnKind.Text),
            new("type", ColumnKind.Text),
            new("module", ColumnKind.Text),
            new("bindings", ColumnKind.Number),
            new("deregistering", ColumnKind.Flag));
        call.Each(machines.Current.NetworkModules, module =>
        {
            string type = module.Module.TypeName;
            table.Add(
                module.IsClient ? "client" : "provider",
                type[(type.LastIndexOfAny(['.', '+']) + 1)..],
                module.ModuleId.ToString(),
                module.Bindings,
                module.IsDeregistering);
        });
    }
}
