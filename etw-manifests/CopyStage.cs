namespace KernelSim.Tracing;

/// <summary>
/// The stages of a copy: the values of field <c>stage</c> of the <c>Copy</c> events, for writers and readers.
/// </summary>
public static class CopyStage
{
    /// <summary>Library: from the caller's buffers into the request message.</summary>
    public const string Marshal = nameof(Marshal);

    /// <summary>I/O manager: the request from user memory into the system buffer.</summary>
    public const string BufferIn = nameof(BufferIn);

    /// <summary>Map: from the system buffer into the map store.</summary>
    public const string MapStore = nameof(MapStore);

    /// <summary>Map: from the map store into the system buffer.</summary>
    public const string MapFetch = nameof(MapFetch);

    /// <summary>I/O manager: the reply from the system buffer into user memory.</summary>
    public const string BufferOut = nameof(BufferOut);

    /// <summary>Library: from the reply message into the caller's buffers.</summary>
    public const string Unmarshal = nameof(Unmarshal);

    /// <summary>All stages, in the order in which one call passes through them.</summary>
    public static IReadOnlyList<string> InOrder { get; } = [Marshal, BufferIn, MapStore, MapFetch, BufferOut, Unmarshal];
}
