using KernelSim.Nt.Ke;
using KernelSim.Nt.Nmr;

namespace KernelSim.EbpfCore.Native;

/// <summary>
/// A module whose driver is attached: <c>ebpf_native_module_t</c>. References are held by the attachment, by handles and by the code of each
/// of its programs. When the attachment's is the last, the driver is stopped.
/// </summary>
/// <remarks>It is no object with an id, and nothing but its handle can be asked for. Its fields belong to the lock of <see cref="NativeModules"/>.</remarks>
internal sealed class NativeModule(NativeModules owner, Guid id, NativeModuleTable table, NmrBinding binding)
{
    /// <summary>Its id: the driver's in the module registrar.</summary>
    public Guid Id { get; } = id;

    /// <summary>What is in it.</summary>
    public NativeModuleTable Table { get; } = table;

    /// <summary>The attachment.</summary>
    public NmrBinding Binding { get; } = binding;

    /// <summary>Where it is in its life.</summary>
    public NativeModuleState State { get; set; }

    /// <summary>The driver is going, or the provider is: there will be no new references.</summary>
    public bool IsDetaching { get; set; }

    /// <summary>References held.</summary>
    public int References { get; set; } = 1;

    /// <summary>The service to stop; null before operation 31 has named it.</summary>
    public string? Service { get; set; }

    /// <summary>Takes a reference; the caller holds one already: <c>ebpf_native_acquire_reference</c>.</summary>
    public void Acquire(KeThread current) => owner.Acquire(current, this);

    /// <summary>Drops a reference: <c>ebpf_native_release_reference</c>. At PASSIVE_LEVEL.</summary>
    public void Release(KeThread current) => owner.Release(current, this);
}
