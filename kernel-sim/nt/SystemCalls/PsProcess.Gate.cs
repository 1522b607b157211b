using KernelSim.Nt.SystemCalls;
using KernelSim.Protocol.Gate;

namespace KernelSim.Nt.Ps;

public sealed partial class PsProcess
{
    private partial ISystemGate CreateGate() => new SystemGate(this);
}
