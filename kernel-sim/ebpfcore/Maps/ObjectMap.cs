using System.Runtime.CompilerServices;
using KernelSim.EbpfCore.Objects;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;

namespace KernelSim.EbpfCore.Maps;

/// <summary>
/// A map whose values are other objects: <c>ebpf_core_object_map_t</c>. User mode stores objects by handle and reads their ids; a program
/// gets the objects. A slot holds an <see cref="ObjectPointer"/> and with it one reference.
/// </summary>
/// <remarks>
/// <para>
/// Readers take no locks. A thread that changes a slot holds the map's lock and drops the old object's reference at once: the object stays reachable
/// for threads that read the slot before, until their epochs end.
/// </para>
/// <para>
/// Maps can hold each other, and themselves. So when user mode drops its last reference to the map, its slots are emptied, even while
/// programs hold it; an unreachable cycle is thereby broken.
/// </para>
/// </remarks>
internal abstract unsafe class ObjectMap : EbpfMap
{
    private readonly EbpfObjectType _valueType;
    private readonly InnerMapTemplate? _template;
    private KSpinLock _lock = new(CoreLockRanks.ObjectMap);
    private volatile StrongBox<Guid>? _programType;

    /// <param name="core">The driver's state.</param>
    /// <param name="parameters">Definition and name of the map.</param>
    /// <param name="valueType">The type of the objects that it holds.</param>
    /// <param name="template">The required definition of inner maps; null in a map that holds no maps.</param>
    private protected ObjectMap(CoreContext core, MapParameters parameters, EbpfObjectType valueType, InnerMapTemplate? template)
        : base(core, template is null ? parameters : WithTemplate(parameters, template))
    {
        _valueType = valueType;
        _template = template;
    }

    /// <inheritdoc/>
    /// <remarks>A map without a program type counts as one of type 0, as in upstream.</remarks>
    internal sealed override Guid? BoundProgramType => _programType?.Value ?? Guid.Empty;

    /// <summary>True if handle -1 empties a slot; otherwise -1 is an invalid handle like any other.</summary>
    private protected abstract bool TakesNothing { get; }

    /// <inheritdoc/>
    internal sealed override EbpfResult UpdateEntryWithHandle(in Caller caller, byte* key, NtHandle value, EbpfMapOption option)
    {
        EbpfResult result = CheckUpdate(caller, key, option);
        EbpfObject? @object = null;
        if (result == EbpfResult.Success && !(TakesNothing && value == NtHandle.Invalid))
        {
            result = caller.Reference(value, _valueType, out @object);
        }

        return result == EbpfResult.Success ? Put(caller, key, @object, option) : result;
    }

    /// <summary>The object of a key; null if there is none. Call it in an epoch, which keeps the object; it is not referenced.</summary>
    internal EbpfObject? FindObject(byte* key) => Core.Objects.At(FindPointer(key));

    /// <summary>The contents of a slot: <see cref="ObjectPointer.None"/> for an empty one, and for a key without one.</summary>
    internal abstract ObjectPointer FindPointer(byte* key);

    /// <inheritdoc/>
    /// <remarks>
    /// Returns the id of the object. A program gets nothing this way (in upstream's terms, a pointer to a map that it may not read): it looks up
    /// the map itself.
    /// </remarks>
    internal sealed override EbpfResult ReadEntry(KeThread current, byte* key, bool delete, string site, byte* destination, uint room)
    {
        if (!current.Require(!delete, CheckTable.MapFindDeleteObject, site, delete ? 1 : 0, 0))
        {
            return current.RefusedResult;
        }

        // Read once: the slot may be emptied at any time.
        uint id = FindPointer(key).Id;
        if (id == 0)
        {
            return EbpfResult.ObjectNotFound;
        }

        *(uint*)destination = id;
        return EbpfResult.Success;
    }

    /// <inheritdoc/>
    internal sealed override EbpfResult FindEntry(KeThread current, byte* key, bool delete, string? site, out byte* value)
    {
        value = null;
        return EbpfResult.InvalidArgument;
    }

    /// <inheritdoc/>
    internal sealed override EbpfResult DeleteEntry(KeThread current, byte* key, string? site)
    {
        using SpinLockScope scope = _lock.Acquire(current);
        EbpfResult result = RemoveLocked(current, key, out ObjectPointer removed);
        Drop(current, removed);
        return result;
    }

    /// <inheritdoc/>
    private protected sealed override EbpfResult TakeEntry(KeThread current, byte* key, byte* destination, string site, ref byte* value)
    {
        using SpinLockScope scope = _lock.Acquire(current);
        EbpfResult result = RemoveLocked(current, key, out ObjectPointer removed);
        *(uint*)destination = removed.Id;
        Drop(current, removed);
        return result == EbpfResult.ObjectNotFound ? EbpfResult.KeyNotFound : result;
    }

    /// <inheritdoc/>
    internal sealed override void OnNoUserReferences(KeThread current)
    {
        using SpinLockScope scope = _lock.Acquire(current);
        EmptyLocked(current);
    }

    /// <inheritdoc/>
    internal sealed override void OnUnreachable(KeThread current)
    {
        base.OnUnreachable(current);

        // A process that opened the map by its id after user mode's last reference was dropped may have stored objects again.
        OnNoUserReferences(current);
    }

    /// <summary>Ties the map to a program type, if it has none yet.</summary>
    /// <returns>False when it is tied to another.</returns>
    private protected bool BindProgramType(KeThread current, Guid programType)
    {
        using SpinLockScope scope = _lock.Acquire(current);
        return BindProgramTypeLocked(programType);
    }

    /// <summary>Checks the size of the values that user mode sees.</summary>
    private protected static EbpfResult CheckValueSize(in Caller caller, EbpfMapDefinition definition) =>
        caller.Require(
            definition.ValueSize == MapTypeTable.ObjectValueBytes,
            CheckTable.MapCreateObjectValue,
            definition.ValueSize,
            MapTypeTable.ObjectValueBytes)
            ? EbpfResult.Success
            : caller.Refused;

    /// <summary>Checks key and option before the object is looked at.</summary>
    private protected abstract EbpfResult CheckUpdate(in Caller caller, byte* key, EbpfMapOption option);

    /// <summary>Stores a pointer under a key that <see cref="CheckUpdate"/> has accepted.</summary>
    private protected abstract EbpfResult StoreLocked(
        KeThread current, byte* key, ObjectPointer value, EbpfMapOption option, out ObjectPointer replaced);

    /// <summary>Removes the object of a key; <see cref="EbpfResult.ObjectNotFound"/> if the key does not exist.</summary>
    private protected abstract EbpfResult RemoveLocked(KeThread current, byte* key, out ObjectPointer removed);

    /// <summary>Removes all objects, dropping each reference.</summary>
    private protected abstract void EmptyLocked(KeThread current);

    /// <summary>Drops the reference that a slot held.</summary>
    private protected void Drop(KeThread current, ObjectPointer pointer) => Core.Objects.At(pointer)?.Release(current);

    /// <summary>Stores an object; its reference is moved to the slot, or dropped if that fails.</summary>
    private EbpfResult Put(in Caller caller, byte* key, EbpfObject? value, EbpfMapOption option)
    {
        KeThread current = caller.Current;
        EbpfResult result = value is EbpfMap map && _template is not null ? _template.Check(caller, map) : EbpfResult.Success;
        bool fits = true;
        if (result == EbpfResult.Success)
        {
            using SpinLockScope scope = _lock.Acquire(current);
            fits = value?.BoundProgramType is not { } programType || BindProgramTypeLocked(programType);
            if (fits)
            {
                result = StoreLocked(current, key, value?.Pointer ?? ObjectPointer.None, option, out ObjectPointer replaced);
                Drop(current, replaced);
            }
        }

        // Reported without the lock: listeners may take their time.
        if (!fits)
        {
            caller.Require(false, CheckTable.MapObjectProgramType, value!.Id, Id);
            result = caller.Refused;
        }

        if (result != EbpfResult.Success)
        {
            value?.Release(current);
        }

        return result;
    }

    private bool BindProgramTypeLocked(Guid programType) => (_programType ??= new StrongBox<Guid>(programType)).Value == programType;

    private static MapParameters WithTemplate(MapParameters parameters, InnerMapTemplate template) =>
        parameters with { Definition = parameters.Definition with { InnerMapId = template.Id } };
}
