namespace KernelSim.UserMode;

/// <summary>
/// The differences between the library versions, one property each. The calls are written once and check these; nothing else
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

    /// <summary>Compares every buffer with what the call will touch, before it touches anything. Otherwise buffers are not checked.</summary>
    public bool ChecksBuffers { get; private init; }

    /// <summary>NULL options of a batch call mean the defaults. Otherwise they are dereferenced.</summary>
    public bool AcceptsNullOptions { get; private init; }

    /// <summary>Always writes the number of processed elements. Otherwise only a successful lookup writes it.</summary>
    public bool AlwaysWritesCount { get; private init; }

    /// <summary>Caches a map's definition with its descriptor. Otherwise each call asks the kernel for it, with one more message.</summary>
    public bool CachesDefinitions { get; private init; }

    /// <summary>A batch lookup sizes a per-CPU value as all CPUs' slots. Otherwise as one CPU's value, unpadded (#3564).</summary>
    public bool ScalesBatchLookups { get; private init; } = true;

    /// <summary>A value of a per-CPU map is all CPUs' slots. Otherwise one CPU's, unpadded, in every call (#1420).</summary>
    public bool ScalesValues { get; private init; } = true;

    /// <summary>The reply is read only if the kernel sent one. Otherwise also after an error, where it has no operation id (#946).</summary>
    public bool ReadsOnlyReplies { get; private init; } = true;

    /// <summary>A message that finds nothing after others did ends the call successfully. Otherwise the whole call fails with ENOENT.</summary>
    public bool KeepsWhatWasRead { get; private init; }

    /// <summary>A walk continues at the position of a deleted key. Otherwise the call fails with ENOENT.</summary>
    public bool ResumesLostCursor { get; private init; }

    /// <summary>
    /// Lookup-and-delete passes in_batch on, and the kernel then deletes that key without returning it. Otherwise in_batch is not sent.
    /// </summary>
    public bool SendsCursorWithDelete { get; private init; } = true;

    /// <summary>A single lookup writes 0 to the value's first byte before it checks anything.</summary>
    public bool ClearsValueFirst { get; private init; } = true;

    /// <summary>Lookup-and-delete leaves zeros in out_batch. Otherwise the last key, as lookup does.</summary>
    public bool ClearsOutBatchAfterDelete { get; private init; } = true;

    /// <summary>Freeing a ring buffer's manager tries to clear the kernel's event by passing an invalid handle, which the kernel refuses.</summary>
    public bool ClearsWaitHandle { get; private init; } = true;

    /// <summary>If a program of an object cannot be pinned, unpins those before it. Otherwise unpins their folder, and they stay pinned.</summary>
    public bool UnpinsProgramsOnFailure { get; private init; }

    /// <summary>The behaviour of a version with mistakes of older ones.</summary>
    public static LibraryTraits Of(LibraryVersion version, LibraryDefects defects = LibraryDefects.None)
    {
        LibraryTraits traits = version switch
        {
            LibraryVersion.Checked => s_checked,
            LibraryVersion.Upstream => s_upstream,
            LibraryVersion.Before3564 => s_before3564,
            _ => throw new ArgumentOutOfRangeException(nameof(version)),
        };
        return defects == LibraryDefects.None
            ? traits
            : traits with
            {
                ScalesValues = !defects.HasFlag(LibraryDefects.UnscaledValues),
                ReadsOnlyReplies = !defects.HasFlag(LibraryDefects.ReadsReplyOfFailure),
            };
    }
}
