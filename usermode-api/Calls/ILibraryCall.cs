using KernelSim.Protocol;

namespace KernelSim.UserMode.Calls;

/// <summary>
/// One call of the library with its arguments: what happens between the library's edges. The edge itself (request id, errno, faults,
/// start and stop events) is the same for all, in <see cref="Libbpf"/>.
/// </summary>
internal interface ILibraryCall
{
    /// <summary>The descriptor that the program passed, -1 if the call takes none.</summary>
    int Descriptor { get; }

    /// <summary>How many elements the program asks for, as far as that can be read: only asked when somebody traces calls.</summary>
    long RequestedElements(ApiCall call);

    /// <summary>Does it.</summary>
    EbpfResult Run(ApiCall call);
}
