namespace KernelSim.UserMode;

/// <summary>
/// What tells the library versions apart, one property for each habit. The calls are written once and ask here; nothing else
/// depends on the version.
/// </summary>
internal sealed record LibraryTraits
{
    private static readonly LibraryTraits s_upstream = new();

    private static readonly LibraryTraits s_before3564 = s_upstream with { ScalesBatchLookups = false };

    private static readonly LibraryTraits s_checked = new()
    {
        ChecksBuffers = true,
        AcceptsNullOptions = true,
        AlwaysWritesCount = true,
        CachesDefinitions = true,
        KeepsWhatWasRead = true,
        ResumesLostCursor = true,
        SendsCursorWithDelete = false,
        ClearsValueFirst = false,
        ClearsOutBatchAfterDelete = false,
        ClearsWaitHandle = false,
        UnpinsProgramsOnFailure = true,
    };

    /// <summary>Compares every buffer with what the call will touch, before it touches anything. Else buffers are trusted.</summary>
    public bool ChecksBuffers { get; private init; }

    /// <summary>NULL options of a batch call mean the defaults. Else they are dereferenced.</summary>
    public bool AcceptsNullOptions { get; private init; }

    /// <summary>Writes the number of processed elements on every way out. Else only a successful lookup writes it.</summary>
    public bool AlwaysWritesCount { get; private init; }

    /// <summary>Keeps a map's definition with its descriptor. Else each call asks the kernel for it, one crossing more.</summary>
    public bool CachesDefinitions { get; private init; }

    /// <summary>A batch lookup sizes a per-CPU value as all CPUs' slots. Else as one CPU's value, unpadded (#3564).</summary>
    public bool ScalesBatchLookups { get; private init; } = true;

    /// <summary>A message that finds nothing after others did ends the call well. Else the whole call fails with ENOENT.</summary>
    public bool KeepsWhatWasRead { get; private init; }

    /// <summary>A walk goes on at the place of a key that was deleted. Else the call fails with ENOENT.</summary>
    public bool ResumesLostCursor { get; private init; }

    /// <summary>Lookup-and-delete passes in_batch on, and the kernel then deletes that key unseen. Else in_batch never crosses.</summary>
    public bool SendsCursorWithDelete { get; private init; } = true;

    /// <summary>A single lookup writes 0 to the value's first byte before it looks at anything.</summary>
    public bool ClearsValueFirst { get; private init; } = true;

    /// <summary>Lookup-and-delete leaves zeros in out_batch. Else the last key, as lookup does.</summary>
    public bool ClearsOutBatchAfterDelete { get; private init; } = true;

    /// <summary>Freeing a ring buffer's manager asks the kernel to forget its event by naming none, which the kernel refuses.</summary>
    public bool ClearsWaitHandle { get; private init; } = true;

    /// <summary>Pinning an object's programs unpins those before the one that could not be. Else it unpins their folder, and they stay.</summary>
    public bool UnpinsProgramsOnFailure { get; private init; }

    /// <summary>The habits of a version.</summary>
    public static LibraryTraits Of(LibraryVersion version) => version switch
    {
        LibraryVersion.Checked => s_checked,
        LibraryVersion.Upstream => s_upstream,
        LibraryVersion.Before3564 => s_before3564,
        _ => throw new ArgumentOutOfRangeException(nameof(version)),
    };
}
