using KernelSim.Protocol;
using KernelSim.UserMode.Calls;
using KernelSim.UserMode.Marshalling;

namespace KernelSim.UserMode;

/// <summary>The specific part of a libbpf-shaped batch call: see <see cref="BatchCall{TBody}"/>.</summary>
internal interface IBatchCall
{
    /// <summary>The descriptor that the program passed.</summary>
    int Descriptor { get; }

    /// <summary>The names of the code that accesses each buffer, for faults.</summary>
    BatchSites Sites { get; }

    /// <summary>Executes the batch and returns its result.</summary>
    EbpfResult Run(ApiCall call, in BatchArguments arguments);
}
