using KernelSim.Nt.Ke;

namespace KernelSim.Nt.Nmr;

/// <summary>
/// The registrar's record of a module, from <see cref="NetworkModuleRegistrar.Register"/> to the end of its last binding.
/// Its fields are guarded by the registrar's lock.
/// </summary>
internal sealed class NmrRegistration(Machine machine, NmrModule module)
{
    public NmrModule Module { get; } = module;

    public List<NmrBinding> Bindings { get; } = [];

    /// <summary>Number of attachments in progress: they may yet become bindings.</summary>
    public int Attaching { get; set; }

    public bool IsDeregistering { get; set; }

    /// <summary>Set when the module is being deregistered and no binding is left.</summary>
    public KEvent Ended { get; } = new(machine, manualReset: true);

    public bool IsIdle => Bindings.Count == 0 && Attaching == 0;
}
