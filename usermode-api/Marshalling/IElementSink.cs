using KernelSim.UserMode.Calls;

namespace KernelSim.UserMode.Marshalling;

/// <summary>Where a caller wants elements that come: the counterpart of <see cref="IElementSource"/>.</summary>
internal interface IElementSink
{
    /// <summary>Takes a reply's records, whole ones only, as elements from <paramref name="first"/> on.</summary>
    void Store(ApiCall call, uint first, ReadOnlySpan<byte> records, ulong recordsAddress);

    /// <summary>The key of an element that was taken.</summary>
    ReadOnlySpan<byte> KeyAt(ApiCall call, uint index);
}
