using System.Diagnostics.Tracing;
using KernelSim.Tracing;

namespace KernelSim.TraceAnalysis.Recording;

/// <summary>
/// Records the events of both providers in this host process, from <see cref="Start"/> to <see cref="Stop"/>. Providers are global in a
/// host process, so a recording contains the events of all its machines; give them different request id bases to tell them apart.
/// </summary>
public abstract class TraceRecorder : IDisposable
{
    private protected TraceRecorder()
    {
    }

    /// <summary>Path of the <c>.nettrace</c> file; null if this recording has none.</summary>
    public abstract string? Path { get; }

    /// <summary>
    /// How many events there are so far, which is the position of the next one; null for a recording in a file, which is known at its end.
    /// </summary>
    public virtual int? EventCount => null;

    /// <summary>Why there is no file although one could be expected; null if all is well.</summary>
    public string? Note { get; private init; }

    /// <summary>
    /// Starts recording all events but single instructions: into a <c>.nettrace</c> file through the runtime's diagnostics port if there is one,
    /// otherwise (with a <see cref="Note"/>) with a listener in memory.
    /// </summary>
    /// <param name="path">Path of the file to keep, or null for one that <see cref="Dispose"/> deletes.</param>
    /// <exception cref="IOException">The file cannot be created.</exception>
    /// <exception cref="UnauthorizedAccessException">The file cannot be created.</exception>
    public static TraceRecorder Start(string? path = null) =>
        EventPipeRecorder.TryStart(path, out EventPipeRecorder? recorder, out string? reason)
            ? recorder
            : new ListenerRecorder
            {
                Note = $"{reason}; recorded in memory instead, without a .nettrace file",
            };

    /// <summary>Starts recording events of every level in memory, without a file.</summary>
    /// <param name="keywords">Those of the events.</param>
    public static TraceRecorder StartInMemory(EventKeywords keywords = KernelEventSource.AllButInstructions) =>
        new ListenerRecorder(keywords: keywords);

    /// <summary>
    /// Starts recording the events of one machine in memory, whatever else runs in this host process: its requests, with ids that count from 1, and
    /// what the calling thread does outside of requests.
    /// </summary>
    /// <param name="requestIdBase">The machine's base of request ids. Those of other machines must be 2^40 away.</param>
    public static TraceRecorder StartInMemory(ulong requestIdBase) => new ListenerRecorder(requestIdBase);

    /// <summary>Stops the recording and reads it back. May be called once.</summary>
    public abstract TraceLog Stop();

    /// <summary>Stops the recording if it is still running, and deletes its file unless the caller named one.</summary>
    public abstract void Dispose();

    /// <summary>Both providers. Referencing them here also creates them, so that a session finds them.</summary>
    private protected static IReadOnlyList<EventSource> Providers => [KernelEventSource.Log, UserApiEventSource.Log];
}
