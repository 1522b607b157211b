using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.Nt.Nmr;

/// <summary>
/// One side of a network programming interface: what a driver registers to be found by, or to find, the other side. The two kinds are
/// <see cref="NmrClient"/> and <see cref="NmrProvider"/>.
/// </summary>
/// <remarks>
/// Callbacks run at PASSIVE_LEVEL on the thread that registers or deregisters either side, with none of the registrar's locks held.
/// </remarks>
public abstract class NmrModule
{
    private protected NmrModule(Guid npiId, Guid moduleId, object? characteristics)
    {
        NpiId = npiId;
        ModuleId = moduleId;
        Characteristics = characteristics;
    }

    /// <summary>Which interface, <c>NPIID</c>: only modules of the same are introduced to each other.</summary>
    public Guid NpiId { get; }

    /// <summary>Which module, <c>NPI_MODULEID</c>: for the callbacks to compare; the registrar does not look at it.</summary>
    public Guid ModuleId { get; }

    /// <summary>What this side tells the other before they attach, <c>NpiSpecificCharacteristics</c>.</summary>
    public object? Characteristics { get; }

    /// <summary>The registration; null before <see cref="NetworkModuleRegistrar.Register"/> and after its end.</summary>
    internal NmrRegistration? Registration { get; set; }

    /// <summary>
    /// The other side goes, or this one does: stop calling it. <c>NPI_*_DETACH_*_FN</c>.
    /// </summary>
    /// <returns>
    /// Success when nothing of this side uses the binding any more; <see cref="NtStatus.Pending"/> when that will be so once this side
    /// has called its completion on <see cref="NmrBinding"/>.
    /// </returns>
    public abstract NtStatus Detach(KeThread current, NmrBinding binding);

    /// <summary>Both sides are detached: give back what the binding's context holds. Does nothing unless overridden.</summary>
    public virtual void CleanUp(NmrBinding binding)
    {
    }
}
