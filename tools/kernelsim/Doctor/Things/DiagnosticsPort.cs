using System.Diagnostics.Tracing;
using KernelSim.TraceAnalysis.Sessions;

namespace KernelSim.Tool.Doctor.Things;

/// <summary>The runtime's diagnostics port, through which traces are recorded: this process's own is opened.</summary>
internal sealed class DiagnosticsPort : IHostThing
{
    /// <summary>Nothing has this name, so that the session disturbs nobody.</summary>
    private const string NoProvider = "KernelSim-Doctor";

    private const string Prefix = "dotnet-diagnostic-";

    /// <summary>Variables that turn the port off when they are 0; the runtime still knows the older names.</summary>
    private static readonly string[] s_switches =
    [
        "DOTNET_EnableDiagnostics", "DOTNET_EnableDiagnostics_IPC", "COMPlus_EnableDiagnostics", "COMPlus_EnableDiagnostics_IPC",
    ];

    /// <inheritdoc/>
    public string Id => "diagnostics-port";

    /// <inheritdoc/>
    public string Name => "diagnostics";

    /// <inheritdoc/>
    public bool IsNeeded => true;

    /// <inheritdoc/>
    public Finding Look(HostView host)
    {
        const string Means = "No trace can be recorded: trace collect, trace tail and tour --trace fail, and tour tells its story from memory.";
        if (s_switches.FirstOrDefault(s => host.Variable(s) == "0") is { } off)
        {
            return Finding.Missing($"The runtime's port is off: {off}=0", Means, $"unset {off}");
        }

        if (WhyNotOpen() is not { } reason)
        {
            return Finding.Ok("The port of this process answers", "Traces can be recorded: trace collect, trace tail, tour --trace.");
        }

        string folder = Path.GetTempPath();
        bool hasSocket = host.System == HostSystem.Windows
            || HasSocket(folder);
        return hasSocket
            ? Finding.Missing($"The runtime's port does not answer: {reason}", Means, null)
            : Finding.Missing(
                $"The runtime could make no socket in {folder}",
                Means,
                "set TMPDIR to a folder that can be written to, with a path of less than 60 bytes, such as /tmp");
    }

    private static bool HasSocket(string folder)
    {
        try
        {
            return Directory.Exists(folder) && Directory.EnumerateFiles(folder, $"{Prefix}{Environment.ProcessId}-*").Any();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string? WhyNotOpen()
    {
        try
        {
            using TraceTarget self = TraceTarget.Running(Environment.ProcessId);
            using Stream events = self.Begin([new ProviderRequest(NoProvider, EventLevel.Critical)], bufferMiB: 1);
            return null;
        }
        catch (TargetException exception)
        {
            return exception.Message;
        }
    }
}
