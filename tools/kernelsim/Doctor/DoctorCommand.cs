using System.CommandLine;
using System.ComponentModel;
using KernelSim.Tool.CommandLine;

namespace KernelSim.Tool.Doctor;

/// <summary><c>doctor</c>: what this host permits, what that means for KernelSim, and what to do about it.</summary>
internal sealed class DoctorCommand : ICommandModule
{
    private readonly OutputOptions _output = new();

    /// <inheritdoc/>
    public CommandExample Example { get; } = new(
        "kernelsim doctor",
        "Says, among others, whether traces can be recorded here. Exits with 1 only if something is missing that a verb needs.");

    /// <inheritdoc/>
    public Command Build(ToolConsole console)
    {
        Command command = new("doctor", "Look at what this host permits, and say what to do where something is missing.");
        _output.AddTo(command);
        command.SetAction(parsed => Run(new HostView(console), _output.Read(parsed), HostThings.All));
        return command;
    }

    /// <summary>Looks at some things of a host.</summary>
    internal static int Run(HostView host, OutputFormat format, IReadOnlyList<IHostThing> things)
    {
        List<(IHostThing Thing, Finding Finding)> findings = [];
        using (host.Console.Progress(() => $"doctor: {findings.Count} of {things.Count}"))
        {
            foreach (IHostThing thing in things)
            {
                findings.Add((thing, Look(thing, host)));
            }
        }

        if (format == OutputFormat.Text)
        {
            DoctorText.Write(host.Console, findings);
        }
        else
        {
            host.Console.Out.WriteLine(JsonText.Of(format, json => DoctorJson.Write(json, findings)));
        }

        string[] lacking = [.. findings.Where(f => f.Thing.IsNeeded && f.Finding.State == FindingState.Missing).Select(f => f.Thing.Name)];
        if (lacking.Length == 0)
        {
            return ExitCode.Done;
        }

        host.Console.Out.Flush();
        host.Console.Note($"doctor: {string.Join(", ", lacking)} missing, expected on every host: verbs need it");
        return ExitCode.Failed;
    }

    private static Finding Look(IHostThing thing, HostView host)
    {
        try
        {
            return thing.Look(host);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or Win32Exception or AggregateException)
        {
            return Finding.Missing($"It cannot be looked at: {exception.Message.Split('\n')[0].TrimEnd()}", "What it permits is not known.", null);
        }
    }
}
