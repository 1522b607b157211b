using System.CommandLine;
using KernelSim.Tool.Client;
using KernelSim.Tool.CommandLine;

namespace KernelSim.Tool.Top;

/// <summary><c>top</c>: a live view of a server.</summary>
internal sealed class TopCommand : ICommandModule
{
    private const double LeastSeconds = 0.1;
    private const double MostSeconds = 3600;

    private readonly ServerOption _server = new("The server to look at.");

    private readonly Option<double> _interval = new("--interval", "-i")
    {
        Description = "Seconds between frames, from 0.1.",
        HelpName = "SECONDS",
        DefaultValueFactory = _ => 1,
        CustomParser = r => NumberArgument.Read(r, LeastSeconds, MostSeconds),
    };

    private readonly Option<int?> _frames = new("--frames", "-n")
    {
        Description = "How many frames to show. Without it: until q or Ctrl-C on a terminal, one elsewhere.",
        HelpName = "N",
        CustomParser = r => NumberArgument.Read(r, 1, int.MaxValue),
    };

    private readonly OutputOptions _output = new();

    /// <inheritdoc/>
    public CommandExample Example { get; } = new(
        "kernelsim top --server lab",
        "Shows what the machine of the server 'lab' does: calls, copies and refusals a second, its CPUs, its busiest maps. q quits.");

    /// <inheritdoc/>
    public Command Build(ToolConsole console)
    {
        Command command = new("top", "Show live what a server's machine does: calls, copies, refusals, CPUs, busiest maps.");
        _server.AddTo(command);
        command.Options.Add(_interval);
        command.Options.Add(_frames);
        _output.AddTo(command);
        command.Validators.Add(_server.ValidateName);
        command.SetAction(parsed =>
        {
            OutputFormat format = _output.Read(parsed);
            int? frames = parsed.GetValue(_frames) ?? (console.OutIsTerminal && format == OutputFormat.Text ? null : 1);
            string server = _server.Read(parsed.CommandResult) ?? ServerName.Default;
            return new TopRun(console, format, new TopSettings(server, TimeSpan.FromSeconds(parsed.GetValue(_interval)), frames)).Run();
        });
        return command;
    }
}
