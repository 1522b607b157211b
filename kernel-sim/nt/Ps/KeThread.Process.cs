using KernelSim.Nt.Ps;

namespace KernelSim.Nt.Ke;

public sealed partial class KeThread
{
    /// <summary>The process on whose behalf the thread runs; null for the system.</summary>
    public PsProcess? Process
    {
        get => (PsProcess?)KernelProcess;
        internal set => KernelProcess = value;
    }
}
