using System.CommandLine;
using KernelSim.Debugger.ClrMd;
using KernelSim.Debugger.Targets;
using KernelSim.Protocol;
using KernelSim.Tool.Client;
using KernelSim.Tool.CommandLine;

namespace KernelSim.Tool.Dump;

/// <summary><c>dump</c>: a dump of a process that runs a machine.</summary>
internal sealed class DumpCommand : ICommandModule
{
    private readonly ProcessChoice _process = new("The process to dump");
    private readonly OutputOptions _output = new();

    private readonly Option<string> _file = new("--output", "-o")
    {
        Description = "The file to write the dump to. It appears when the dump is complete.",
        HelpName = "FILE",
        Required = true,
        CompletionSources = { Offers.Files },
    };

    /// <inheritdoc/>
    public CommandExample Example { get; } = new(
        "kernelsim dump --server -o machine.dmp",
        "Writes the memory of the server 'default' to a file, which 'kernelsim debug --dump' opens.");

    /// <inheritdoc/>
    public Command Build(ToolConsole console)
    {
        Command command = new("dump", "Write a dump of a process that runs a machine: its heap and its native memory.");
        _process.AddTo(command);
        command.Options.Add(_file);
        _output.AddTo(command);
        command.SetAction(parsed => Run(console, parsed));
        return command;
    }

    private int Run(ToolConsole console, ParseResult parsed)
    {
        OutputFormat format = _output.Read(parsed);
        if (_process.Find(parsed, out int processId) is { } unknown)
        {
            return unknown.Tell(console, format);
        }

        string path = parsed.GetRequiredValue(_file);
        try
        {
            using (console.Progress(() => $"dump: writing {path}"))
            {
                ProcessDump.Write(processId, path);
            }
        }
        catch (TargetReadException refused)
        {
            return new Failure(refused.Message, Errno.EIO).Tell(console, format);
        }

        long bytes = new FileInfo(path).Length;
        console.Out.WriteLine(format == OutputFormat.Text
            ? $"dumped process {processId} to {path}, {bytes} bytes"
            : JsonText.Of(format, json =>
            {
                json.WriteStartObject();
                json.WriteNumber("pid", processId);
                json.WriteString("file", path);
                json.WriteNumber("bytes", bytes);
                json.WriteEndObject();
            }));
        return ExitCode.Done;
    }
}
