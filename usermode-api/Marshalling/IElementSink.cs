namespace KernelSim.UserMode.Marshalling;

/// <summary>The destination of elements that a batch reads: the counterpart of <see cref="IElementSource"/>.</summary>
internal interface IElementSink
{
    /// <summary>Stores a reply's whole records as elements starting at <paramref name="first"/>.</summary>
    void Store(uint first, ReadOnlySpan<byte> records, ulong recordsAddress);

    /// <summary>The key of an element that was stored.</summary>
    ReadOnlySpan<byte> KeyAt(uint index);
}
