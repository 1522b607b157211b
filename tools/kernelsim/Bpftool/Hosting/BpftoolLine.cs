using KernelSim.Tool.Client;
using KernelSim.Tool.CommandLine;

namespace KernelSim.Tool.Bpftool.Hosting;

/// <summary>Runs a command line of bpftool's on the server that it names.</summary>
internal static class BpftoolLine
{
    /// <summary>Runs it.</summary>
    /// <returns>Its exit code, or the tool's where no server could be asked.</returns>
    public static int Run(ToolLine line, ToolConsole console)
    {
        if (BpftoolRun.NeedsNoMachine(line.Arguments))
        {
            return new BpftoolRun(new ToolHost(console), () => throw new InvalidOperationException("There is no machine.")).Execute(line.Arguments);
        }

        OutputFormat format = OutputOptions.Guess(line.Arguments);
        if (!ServerName.IsValid(line.Server))
        {
            return Failure.WrongUsage(ServerName.Complaint("--server", line.Server)).Tell(console, format);
        }

        if (ServerClient.Connect(line.Server, out ServerClient? client) is { } failure)
        {
            return failure.Tell(console, format);
        }

        using (client)
        {
            Failure? refusal = new BpftoolClient(console, client!).Run(line.Arguments, out int exitCode);
            return refusal?.Tell(console, format) ?? exitCode;
        }
    }
}
