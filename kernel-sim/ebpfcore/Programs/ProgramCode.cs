using KernelSim.EbpfCore.Extensions;
using KernelSim.Nt.Ke;

namespace KernelSim.EbpfCore.Programs;

/// <summary>What runs when a program is invoked. One object serves all processors at once.</summary>
internal abstract class ProgramCode
{
    /// <summary>Runs it once, in the caller's epoch, and gives the program's result.</summary>
    public abstract uint Run(in HelperCall call);

    /// <summary>The program is gone: gives back what the code held. At PASSIVE_LEVEL, outside of epochs.</summary>
    public virtual void Release(KeThread current)
    {
    }
}
