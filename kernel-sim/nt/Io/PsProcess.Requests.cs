using KernelSim.Nt.Io;
using KernelSim.Nt.Ke;

namespace KernelSim.Nt.Ps;

public sealed partial class PsProcess
{
    /// <summary>Its outstanding requests.</summary>
    internal IrpList Requests => field ?? LazyInitializer.EnsureInitialized(ref field, () => new IrpList(Machine.Options.Processors));

    private partial void CancelRequests(KeThread current) => Requests.CancelAll(current, file: null);

    private partial long BytesOfRequests() => Requests.BufferBytes;
}
