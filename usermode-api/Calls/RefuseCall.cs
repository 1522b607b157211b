using KernelSim.Protocol;
using KernelSim.Protocol.Checks;

namespace KernelSim.UserMode.Calls;

/// <summary>A call that is refused for its arguments before anything is sent.</summary>
internal readonly struct RefuseCall(int descriptor, Check check, string given) : ILibraryCall
{
    /// <inheritdoc/>
    public int Descriptor => descriptor;

    /// <inheritdoc/>
    public long RequestedElements(ApiCall call) => 0;

    /// <inheritdoc/>
    public EbpfResult Run(ApiCall call) => call.Refuse(check, given);
}
