using KernelSim.Bytecode;
using KernelSim.EbpfCore.Extensions;
using KernelSim.EbpfCore.Maps;
using KernelSim.Nt.Ke;

namespace KernelSim.EbpfCore.Programs;

/// <summary>The code of a program. One object serves all processors at once.</summary>
internal abstract class ProgramCode
{
    /// <summary>The instructions; null for code of another kind.</summary>
    public virtual BytecodeImage? Image => null;

    /// <summary>The instructions as they were before addresses and numbers took the maps' places; empty for code of another kind.</summary>
    /// <param name="maps">The program's maps.</param>
    public virtual BpfInstruction[] CopyInstructions(IReadOnlyList<EbpfMap> maps) => [];

    /// <summary>Runs the code once, in the caller's epoch, and returns the program's result.</summary>
    public abstract uint Run(in HelperCall call);

    /// <summary>Called when the program's last reference is dropped: no new run starts, runs that have started continue.</summary>
    public virtual void OnUnneeded(KeThread current)
    {
    }

    /// <summary>Releases what the code holds, once the program is gone. At PASSIVE_LEVEL, outside of epochs.</summary>
    public virtual void Release(KeThread current)
    {
    }
}
