using KernelSim.Nt.Ke;

namespace KernelSim.Nt.Nmr;

/// <summary>
/// What the registrar keeps of a module from <see cref="NetworkModuleRegistrar.Register"/> to the end of its last binding.
/// Its fields belong to the registrar's lock.
/// </summary>
internal sealed class NmrRegistration(Machine machine, NmrModule module)
{
    public NmrModule Module { get; } = module;

    public List<NmrBinding> Bindings { get; } = [];

    /// <summary>Attachments being tried: they may yet become bindings.</summary>
    public int Attaching { get; set; }

    public bool IsDeregistering { get; set; }

    /// <summary>Set when deregistering has begun and nothing is bound any more.</summary>
    public KEvent Ended { get; } = new(machine, manualReset: true);

    public bool IsIdle => Bindings.Count == 0 && Attaching == 0;
}
