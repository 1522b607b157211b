using KernelSim.Protocol;

namespace KernelSim.UserMode.Calls;

/// <summary>
/// One call of the library with its arguments: what happens between the library's edges. The edge itself (request id, errno, faults,
/// start and stop events) is the same for all, in <c>Libbpf.Execute</c>. C's return value is <see cref="ApiCall.Value"/>; everything else that
/// a call returns is a property of its struct, read after it has run. Most calls are structs with primary constructors; calls with spans
/// have <c>required init</c> properties instead, because a primary constructor cannot capture a span.
/// </summary>
internal interface ILibraryCall
{
    /// <summary>The descriptor that the program passed, -1 if the call takes none.</summary>
    int Descriptor { get; }

    /// <summary>How many elements the program asks for, if that can be read; called only when calls are traced.</summary>
    long RequestedElements(ApiCall call);

    /// <summary>Executes the call and returns its result.</summary>
    EbpfResult Run(ApiCall call);
}
