using KernelSim.EbpfCore.Hash;
using KernelSim.EbpfCore.Memory;
using KernelSim.EbpfCore.Objects;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;

namespace KernelSim.EbpfCore.Maps;

/// <summary>A map of objects whose keys are indexes: a slot of 8 bytes for each, initially empty.</summary>
internal abstract unsafe class ObjectArrayMap : ObjectMap
{
    private readonly byte* _slots;

    private protected ObjectArrayMap(
        CoreContext core, MapParameters parameters, EbpfObjectType valueType, InnerMapTemplate? template, byte* slots)
        : base(core, parameters, valueType, template)
    {
        _slots = slots;
    }

    /// <inheritdoc/>
    private protected sealed override bool TakesNothing => true;

    /// <inheritdoc/>
    internal sealed override ObjectPointer FindPointer(byte* key)
    {
        uint index = ArrayKey.IndexOf(key, KeySize);
        return index < Definition.MaxEntries ? ObjectPointer.Read(Slot(index)) : ObjectPointer.None;
    }

    /// <inheritdoc/>
    internal sealed override EbpfResult NextEntry(KeThread current, WalkPosition position, byte* next, string? site, out byte* value)
    {
        bool found = ArrayKey.TryNext(position.Key, next, KeySize, Definition.MaxEntries, out uint index);
        value = found ? Slot(index) : null;
        return found ? EbpfResult.Success : EbpfResult.NoMoreKeys;
    }

    /// <inheritdoc/>
    internal sealed override void Free(KeThread current) => current.Machine.Pool.Free(_slots, CorePoolTags.Map);

    /// <summary>Allocates the slots. They cannot exceed upstream's limit for an array: even 2^32 of them do not.</summary>
    private protected static EbpfResult AllocateSlots(in Caller caller, MapParameters parameters, out byte* slots)
    {
        slots = null;
        EbpfMapDefinition definition = parameters.Definition;
        EbpfResult result = CheckValueSize(caller, definition);
        if (result != EbpfResult.Success)
        {
            return result;
        }

        ulong bytes = (ulong)definition.MaxEntries * ObjectPointer.ByteCount;
        slots = caller.Current.Machine.Pool.Allocate(HostSize.Of(bytes), CorePoolTags.Map);
        if (!MapMemory.Require(caller, slots != null, CheckTable.MapCreateMemory, (long)bytes))
        {
            return caller.Refused;
        }

        return EbpfResult.Success;
    }

    /// <summary>The contents of an index's slot; the index must be valid.</summary>
    private protected ObjectPointer At(uint index) => ObjectPointer.Read(Slot(index));

    /// <inheritdoc/>
    private protected sealed override EbpfResult CheckUpdate(in Caller caller, byte* key, EbpfMapOption option)
    {
        uint index = ArrayKey.IndexOf(key, KeySize);
        if (!caller.Require(
            option != EbpfMapOption.NoExist, CheckTable.MapUpdateNoExist, (uint)option, (uint)EbpfMapOption.Any)
            || !caller.Require(
                index < Definition.MaxEntries, CheckTable.MapUpdateIndex, index, Definition.MaxEntries - 1L))
        {
            return caller.Refused;
        }

        return EbpfResult.Success;
    }

    /// <inheritdoc/>
    private protected sealed override EbpfResult StoreLocked(
        KeThread current, byte* key, ObjectPointer value, EbpfMapOption option, out ObjectPointer replaced)
    {
        byte* slot = Slot(ArrayKey.IndexOf(key, KeySize));
        replaced = ObjectPointer.Read(slot);
        value.Write(slot);
        return EbpfResult.Success;
    }

    /// <inheritdoc/>
    private protected sealed override EbpfResult RemoveLocked(KeThread current, byte* key, out ObjectPointer removed)
    {
        removed = ObjectPointer.None;
        return ArrayKey.IndexOf(key, KeySize) < Definition.MaxEntries
            ? StoreLocked(current, key, ObjectPointer.None, EbpfMapOption.Any, out removed)
            : EbpfResult.ObjectNotFound;
    }

    /// <inheritdoc/>
    private protected sealed override void EmptyLocked(KeThread current)
    {
        for (uint index = 0; index < Definition.MaxEntries; index++)
        {
            ObjectPointer pointer = At(index);
            if (!pointer.IsNone)
            {
                ObjectPointer.None.Write(Slot(index));
                Drop(current, pointer);
            }
        }
    }

    private byte* Slot(uint index) => _slots + ((nuint)index * ObjectPointer.ByteCount);
}
