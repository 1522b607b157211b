using System.Diagnostics.Tracing;
using KernelSim.Tracing;

namespace KernelSim.TraceAnalysis.Recording;

/// <summary>
/// Records what both providers say in this host process, from <see cref="Start"/> to <see cref="Stop"/>. Providers are known to the
/// host process by name, so a recording holds the events of all its machines; give them different request id bases to tell them apart.
/// </summary>
public abstract class TraceRecorder : IDisposable
{
    private protected TraceRecorder()
    {
    }

    /// <summary>The <c>.nettrace</c> file; null when this recording makes none.</summary>
    public abstract string? Path { get; }

    /// <summary>Why there is no file although one could have been expected; null when all is well.</summary>
    public string? Note { get; private init; }

    /// <summary>
    /// Starts recording everything: into a <c>.nettrace</c> file through the runtime's diagnostics port where there is one, else (with a
    /// <see cref="Note"/>) with a listener in memory.
    /// </summary>
    /// <param name="path">The file to keep, or null for one that <see cref="Dispose"/> deletes.</param>
    /// <exception cref="IOException">The file cannot be created.</exception>
    /// <exception cref="UnauthorizedAccessException">The file cannot be created.</exception>
    public static TraceRecorder Start(string? path = null) =>
        EventPipeRecorder.TryStart(path, out EventPipeRecorder? recorder, out string? reason)
            ? recorder
            : new ListenerRecorder
            {
                Note = $"{reason}; recorded in memory instead, without a .nettrace file",
            };

    /// <summary>Starts recording everything in memory, with no file.</summary>
    public static TraceRecorder StartInMemory() => new ListenerRecorder();

    /// <summary>Ends the recording and reads it back. May be called once.</summary>
    public abstract TraceLog Stop();

    /// <summary>Ends the recording if it still runs, and deletes its file unless the caller named one.</summary>
    public abstract void Dispose();

    /// <summary>Both providers. Naming them here also makes them exist, so that a session finds them.</summary>
    private protected static IReadOnlyList<EventSource> Providers => [KernelEventSource.Log, UserApiEventSource.Log];
}
