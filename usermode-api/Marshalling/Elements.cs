namespace KernelSim.UserMode.Marshalling;

/// <summary>
/// The source of elements that a batch sends: the process's memory or the .NET program's spans. The batch loops are written once
/// against this and specialised for each by the JIT.
/// </summary>
internal interface IElementSource
{
    /// <summary>Fills a request's records from elements, the first of them being element <paramref name="first"/> of the call.</summary>
    void Load(uint first, Span<byte> records, ulong recordsAddress);
}

/// <summary>The destination of elements that a batch reads: the counterpart of <see cref="IElementSource"/>.</summary>
internal interface IElementSink
{
    /// <summary>Stores a reply's whole records as elements starting at <paramref name="first"/>.</summary>
    void Store(uint first, ReadOnlySpan<byte> records, ulong recordsAddress);

    /// <summary>The key of an element that was stored.</summary>
    ReadOnlySpan<byte> KeyAt(uint index);
}
