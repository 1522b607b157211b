using System.Runtime.Versioning;
using Microsoft.Diagnostics.Tracing.Session;

namespace KernelSim.TraceAnalysis.Sessions;

/// <summary>A session of Event Tracing for Windows into an <c>.etl</c> file: records every process of the host, or one.</summary>
[SupportedOSPlatform("windows")]
public sealed class EtwSession : IDisposable
{
    private readonly TraceEventSession _session;

    /// <summary>Starts recording.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="providers">The providers to record.</param>
    /// <param name="bufferMiB">Buffer in MiB for events that are not yet in the file.</param>
    /// <param name="processId">The only process to record; null: all.</param>
    /// <exception cref="TargetException">The user is not allowed to trace.</exception>
    public EtwSession(string path, IEnumerable<ProviderRequest> providers, int bufferMiB, int? processId)
    {
        if (TraceEventSession.IsElevated() != true)
        {
            throw new TargetException("an .etl given, expected an administrator: Event Tracing for Windows asks for one; a .nettrace does not");
        }

        _session = new TraceEventSession($"kernelsim-{Environment.ProcessId}", path) { BufferSizeMB = bufferMiB };
        foreach (ProviderRequest provider in providers)
        {
            TraceEventProviderOptions options = new();
            if (processId is { } id)
            {
                options.ProcessIDFilter = [id];
            }

            _session.EnableProvider(
                provider.Name,
                (Microsoft.Diagnostics.Tracing.TraceEventLevel)(int)provider.Level,
                unchecked((ulong)provider.Keywords),
                options);
        }
    }

    /// <summary>Number of events that the session has dropped so far.</summary>
    public long Lost => _session.EventsLost;

    /// <summary>Ends the recording and completes the file.</summary>
    public void Dispose() => _session.Dispose();
}
