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
