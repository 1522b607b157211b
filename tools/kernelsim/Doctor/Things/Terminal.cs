using KernelSim.Tool.CommandLine;

namespace KernelSim.Tool.Doctor.Things;

/// <summary>Where the output goes: its width, its colours and its characters.</summary>
internal sealed class Terminal : IHostThing
{
    /// <inheritdoc/>
    public string Id => "terminal";

    /// <inheritdoc/>
    public string Name => "terminal";

    /// <inheritdoc/>
    public Finding Look(HostView host)
    {
        ToolConsole console = host.Console;
        string kind = console.OutIsTerminal ? "A terminal" : "No terminal";
        string colours = console.Colours ? "colours" : "no colours" + (string.IsNullOrEmpty(host.Variable("NO_COLOR")) ? "" : " (NO_COLOR)");
        string found = $"{kind}, {console.Width} columns, {colours}, {(console.Unicode ? "UTF-8" : "ASCII")}";
        return console.Width < ToolConsole.NarrowestWidth
            ? Finding.Limited(
                found,
                $"Lines are laid out for {ToolConsole.NarrowestWidth} columns and break.",
                $"widen the window to {ToolConsole.NarrowestWidth} columns or more")
            : !console.Unicode
            ? Finding.Limited(
                found,
                "Lines and arrows are drawn in ASCII; other characters are shown as \\u and their number.",
                host.System == HostSystem.Windows ? "chcp 65001" : "export LC_ALL=C.UTF-8")
            : Finding.Ok(found, console.OutIsTerminal ? "Text is laid out for it." : "Text goes there without colours.");
    }
}
