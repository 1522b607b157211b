using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.Nt.Nmr;

/// <summary>
/// One side of a network programming interface, which a driver registers to find the other side or to be found by it. The two kinds are
/// <see cref="NmrClient"/> and <see cref="NmrProvider"/>.
/// </summary>
/// <remarks>
/// Callbacks run at PASSIVE_LEVEL on the thread that registers or deregisters either side, without the registrar's lock.
/// </remarks>
public abstract class NmrModule
{
    private protected NmrModule(Guid npiId, Guid moduleId, object? characteristics)
    {
        NpiId = npiId;
        ModuleId = moduleId;
        Characteristics = characteristics;
    }

    /// <summary>The interface's id, <c>NPIID</c>: only modules with the same one are introduced to each other.</summary>
    public Guid NpiId { get; }

    /// <summary>The module's id, <c>NPI_MODULEID</c>: for the callbacks to compare; the registrar ignores it.</summary>
    public Guid ModuleId { get; }

    /// <summary>Data that the other side can read before they attach, <c>NpiSpecificCharacteristics</c>.</summary>
    public object? Characteristics { get; }

    /// <summary>The registration; null before <see cref="NetworkModuleRegistrar.Register"/> and once it has ended.</summary>
    internal NmrRegistration? Registration { get; set; }

    /// <summary>
    /// Called by <see cref="NetworkModuleRegistrar.Register"/> before the module is introduced to any other: validates its characteristics.
    /// </summary>
    /// <param name="current">The calling thread.</param>
    /// <returns>
    /// Success unless overridden; another status is returned by <see cref="NetworkModuleRegistrar.Register"/>, and the module is not registered.
    /// </returns>
    public virtual NtStatus Validate(KeThread current) => NtStatus.Success;

    /// <summary>
    /// One of the two sides is being deregistered: stop calling the other. <c>NPI_*_DETACH_*_FN</c>.
    /// </summary>
    /// <returns>
    /// Success if nothing on this side uses the binding any more; <see cref="NtStatus.Pending"/> if this side will call
    /// its completion method on <see cref="NmrBinding"/> later.
    /// </returns>
    public abstract NtStatus Detach(KeThread current, NmrBinding binding);

    /// <summary>Called when both sides are detached: releases what the binding's context holds. Does nothing unless overridden.</summary>
    public virtual void CleanUp(NmrBinding binding)
    {
    }
}
