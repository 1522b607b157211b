using KernelSim.EbpfCore.Objects;
using KernelSim.Nt.Ke;
using KernelSim.Nt.Nmr;

namespace KernelSim.EbpfCore.Native;

/// <summary>
/// A module whose driver is attached: <c>ebpf_native_module_t</c>. References are held by the attachment, by handles and by the code of each
/// of its programs. When only the attachment's is left, the driver is stopped.
/// </summary>
/// <remarks>
/// It is not an object with an id, and cannot be queried. Its fields are guarded by the lock of <see cref="NativeModuleRegistry"/>.
/// </remarks>
internal sealed class NativeModule(NativeModuleRegistry owner, Guid id, NativeModuleMetadata metadata, NmrBinding binding) : IHandleTarget
{
    /// <summary>The module id: the driver's id in the module registrar.</summary>
    public Guid Id { get; } = id;

    /// <summary>The module's contents.</summary>
    public NativeModuleMetadata Metadata { get; } = metadata;

    /// <summary>The binding to the module's driver.</summary>
    public NmrBinding Binding { get; } = binding;

    /// <summary>The state of the module.</summary>
    public NativeModuleState State { get; set; }

    /// <summary>True once the driver or the provider is detaching: there will be no new references.</summary>
    public bool IsDetaching { get; set; }

    /// <summary>Number of references held.</summary>
    public int References { get; set; } = 1;

    /// <summary>
    /// Number of holders that keep the module loaded: handles, programs that have references, an operation 32 that runs. Once it is 0 it stays
    /// 0, but references may remain for a moment: code that runs in an epoch may be in the module.
    /// </summary>
    public int Holders { get; set; }

    /// <summary>True while the module is detaching or unloading, whether or not it has holders.</summary>
    public bool IsGoing => IsDetaching || State == NativeModuleState.Unloading;

    /// <summary>True if the module was loaded and has no holder any more: it is about to unload.</summary>
    public bool IsEnding => Holders == 0 && !Ended.State && (IsGoing || State >= NativeModuleState.Initialized);

    /// <summary>Set when the module has detached, or its driver refused to unload. A driver that detached may still be unloading.</summary>
    public KEvent Ended { get; } = new(owner.Machine, manualReset: true);

    /// <summary>Path of the image that the service started; null before operation 31 has given it.</summary>
    public string? ImagePath { get; set; }

    /// <summary>Name of the service to stop; null before operation 31 has given it.</summary>
    public string? Service { get; set; }

    /// <summary>Takes a reference; the caller already holds one: <c>ebpf_native_acquire_reference</c>.</summary>
    public void Acquire(KeThread current) => owner.Acquire(current, this);

    /// <inheritdoc/>
    public void OnHandleCreate(KeThread current) => Acquire(current);

    /// <inheritdoc/>
    public void OnHandleClose(KeThread current)
    {
        LetGo(current);
        Release(current);
    }

    /// <summary>Ends one holder; <see cref="Release"/> must still be called.</summary>
    public void LetGo(KeThread current) => owner.LetGo(current, this);

    /// <summary>Drops a reference: <c>ebpf_native_release_reference</c>. At PASSIVE_LEVEL.</summary>
    public void Release(KeThread current) => owner.Release(current, this);
}
