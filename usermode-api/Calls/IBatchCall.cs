using KernelSim.Protocol;
using KernelSim.UserMode.Marshalling;

namespace KernelSim.UserMode.Calls;

/// <summary>A libbpf-shaped batch call between what all of them do first and last: see <see cref="BatchCall{TBody}"/>.</summary>
internal interface IBatchCall
{
    /// <summary>The descriptor that the program passed.</summary>
    int Descriptor { get; }

    /// <summary>The code that each buffer is touched by, for faults.</summary>
    BatchSites Sites { get; }

    /// <summary>Does it.</summary>
    EbpfResult Run(ApiCall call, in BatchArguments arguments);
}
