using System.Text;
using KernelSim.EbpfCore.Hash;
using KernelSim.EbpfCore.Memory;
using KernelSim.EbpfCore.Objects;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;
using KernelSim.Tracing;

namespace KernelSim.EbpfCore.Maps;

/// <summary>
/// A map: <c>ebpf_core_map_t</c>. A map type derives from it, overrides the operations that its row in
/// <see cref="MapTypeTable"/> supports, and may override the loops of the batch operations.
/// </summary>
/// <remarks>
/// A type does not override operations that its row does not support; callers check the row first. Operations run in an
/// epoch. They take a <c>site</c>, which names the caller in checks and traces. It is null on the helper path, which makes no size checks, traces no
/// checks and records no refusals.
/// </remarks>
public abstract unsafe class EbpfMap : EbpfObject
{
    private readonly EbpfMapDefinition _definition;
    private readonly byte[] _name;

    private protected EbpfMap(CoreContext core, MapParameters parameters)
        : base(core, EbpfObjectType.Map)
    {
        _definition = parameters.Definition;
        _name = parameters.Name;
        Layout = parameters.Layout;
        Traits = MapTypeTable.Find(_definition.Type)!;
        Name = Encoding.UTF8.GetString(_name);
    }

    /// <summary>The definition that it was created with; the value size is one CPU's.</summary>
    public EbpfMapDefinition Definition => _definition;

    /// <summary>The layout of its values, both in messages and in the store.</summary>
    public PerCpuLayout Layout { get; }

    /// <summary>Name of the map, possibly empty.</summary>
    public string Name { get; }

    /// <summary>The properties of its type.</summary>
    public MapTypeTraits Traits { get; }

    /// <summary>The custom map provider's own context for it, <c>MAP_CONTEXT</c>; null for other maps.</summary>
    public object? ProviderContext { get; private protected init; }

    internal ReadOnlySpan<byte> NameBytes => _name;

    /// <summary>Key size in bytes.</summary>
    internal uint KeySize => _definition.KeySize;

    /// <summary>Size in bytes of a value with all slots: upstream's <c>ebpf_map_definition.value_size</c>.</summary>
    internal uint ValueBytes => Layout.Total;

    /// <summary>Size in bytes of an element in a batch: its key, then its value with all slots.</summary>
    internal nuint RecordBytes => KeySize + (nuint)ValueBytes;

    /// <summary>Traces the kernel's view of this map's layout.</summary>
    internal void TraceLayout(KeThread current) =>
        KernelEventSource.Log.MapLayout(
            current.RequestId, current.ProcessorNumber, Id, KeySize, Layout.ValueSize, Layout.Stride, Layout.Total, Layout.SlotCount);

    /// <summary>Finds a key's value: <c>find_entry</c>.</summary>
    /// <param name="current">The calling thread's kernel context.</param>
    /// <param name="key">The key, of the map's key size.</param>
    /// <param name="delete">Whether to delete the element too; the value stays readable until the epoch ends.</param>
    /// <param name="site">The caller, for traces; null on the helper path.</param>
    /// <param name="value">The value with all slots, on success.</param>
    internal virtual EbpfResult FindEntry(KeThread current, byte* key, bool delete, string? site, out byte* value)
    {
        value = null;
        return EbpfResult.OperationNotSupported;
    }

    /// <summary>Finds a key's value and copies it to user mode's buffer.</summary>
    /// <param name="current">The calling thread's kernel context.</param>
    /// <param name="key">The key, of the map's key size.</param>
    /// <param name="delete">Whether to delete the element too.</param>
    /// <param name="site">The caller, for traces.</param>
    /// <param name="destination">Receives the value, all slots. May be the key's memory: the whole key is read first.</param>
    /// <param name="room">Size of the destination in bytes: <see cref="ValueBytes"/>, except for a custom map.</param>
    internal virtual EbpfResult ReadEntry(KeThread current, byte* key, bool delete, string site, byte* destination, uint room)
    {
        EbpfResult result = FindEntry(current, key, delete, site, out byte* value);
        if (result == EbpfResult.Success)
        {
            BlockCopy.Copy(destination, value, ValueBytes);
            new CopyTrace(current).Fetch(0, value, destination, ValueBytes);
            current.CountFetched(ValueBytes);
        }

        return result;
    }

    /// <summary>Inserts or replaces a value, with all slots: <c>update_entry</c>.</summary>
    /// <param name="current">The calling thread's kernel context.</param>
    /// <param name="key">The key, of the map's key size.</param>
    /// <param name="value">The value with all slots; null stands for zeros.</param>
    /// <param name="option">ANY, NOEXIST or EXIST.</param>
    /// <param name="site">The caller, for traces; null on the helper path.</param>
    /// <param name="stored">Address of the stored value, on success.</param>
    internal virtual EbpfResult UpdateEntry(
        KeThread current, byte* key, byte* value, EbpfMapOption option, string? site, out byte* stored)
    {
        stored = null;
        return EbpfResult.OperationNotSupported;
    }

    /// <summary>Stores an object: <c>update_entry_with_handle</c>.</summary>
    /// <param name="caller">The caller, whose process the handle belongs to.</param>
    /// <param name="key">The key, of the map's key size.</param>
    /// <param name="value">A handle of the object; -1 clears the slot, if the type allows that.</param>
    /// <param name="option">ANY, NOEXIST or EXIST.</param>
    internal virtual EbpfResult UpdateEntryWithHandle(in Caller caller, byte* key, NtHandle value, EbpfMapOption option) =>
        EbpfResult.OperationNotSupported;

    /// <summary>Deletes a key: <c>delete_entry</c>.</summary>
    internal virtual EbpfResult DeleteEntry(KeThread current, byte* key, string? site) => EbpfResult.OperationNotSupported;

    /// <summary>
    /// Finds the element after another, in the type's order: <c>next_key_and_value</c>. <paramref name="next"/> and <paramref name="value"/>
    /// stay readable until the epoch ends.
    /// </summary>
    /// <param name="current">The calling thread's kernel context.</param>
    /// <param name="position">The position to continue from.</param>
    /// <param name="next">Buffer for the next key; may be the same memory as the position's key.</param>
    /// <param name="site">The caller, for traces; null on the helper path.</param>
    /// <param name="value">The next key's value, all slots.</param>
    internal virtual EbpfResult NextEntry(KeThread current, WalkPosition position, byte* next, string? site, out byte* value)
    {
        value = null;
        return EbpfResult.OperationNotSupported;
    }

    /// <summary>
    /// A program's update: <c>update_entry_per_cpu</c> for per-CPU maps, otherwise <see cref="UpdateEntry"/>.
    /// </summary>
    /// <param name="current">The calling thread, at DISPATCH_LEVEL if the map is per-CPU.</param>
    /// <param name="key">Address of the key.</param>
    /// <param name="value">One CPU's value.</param>
    /// <param name="option">The helper's flags, not validated.</param>
    /// <param name="stored">Address of the stored value, this processor's slot, on success.</param>
    internal virtual EbpfResult HelperUpdate(KeThread current, byte* key, byte* value, EbpfMapOption option, out byte* stored) =>
        UpdateEntry(current, key, value, option, site: null, out stored);

    /// <summary>Updates from records, in order, up to the first that fails.</summary>
    /// <param name="current">The calling thread's kernel context.</param>
    /// <param name="records">Records of key and value, back to back.</param>
    /// <param name="count">Number of elements.</param>
    /// <param name="option">Applies to each key.</param>
    /// <param name="site">The caller, for traces.</param>
    /// <param name="done">Number of elements that succeeded.</param>
    internal virtual EbpfResult UpdateBatch(
        KeThread current, byte* records, uint count, EbpfMapOption option, string site, out uint done)
    {
        CopyTrace trace = new(current);
        nuint record = RecordBytes;
        for (done = 0; done < count; done++)
        {
            byte* key = records + (done * record);
            EbpfResult result = UpdateEntry(current, key, key + KeySize, option, site, out byte* stored);
            if (result != EbpfResult.Success)
            {
                return result;
            }

            trace.Store(done, key + KeySize, stored, ValueBytes);
        }

        return EbpfResult.Success;
    }

    /// <summary>Deletes keys, in order, up to the first that fails.</summary>
    internal virtual EbpfResult DeleteBatch(KeThread current, byte* keys, uint count, string site, out uint done)
    {
        for (done = 0; done < count; done++)
        {
            EbpfResult result = DeleteEntry(current, keys + (done * (nuint)KeySize), site);
            if (result != EbpfResult.Success)
            {
                return result;
            }
        }

        return EbpfResult.Success;
    }

    /// <summary>
    /// Takes an element that a walk has found out of the map, and copies its value. The value copied is the one that was taken.
    /// </summary>
    /// <param name="current">The calling thread's kernel context.</param>
    /// <param name="key">The key to take out.</param>
    /// <param name="destination">Receives the value, all slots.</param>
    /// <param name="site">The caller, for traces.</param>
    /// <param name="value">The address where the walk saw the value; on return, the address of the value that was taken.</param>
    /// <returns>Success; <see cref="EbpfResult.KeyNotFound"/> if another thread removed it first.</returns>
    private protected virtual EbpfResult TakeEntry(KeThread current, byte* key, byte* destination, string site, ref byte* value)
    {
        BlockCopy.Copy(destination, value, ValueBytes);
        return DeleteEntry(current, key, site);
    }

    /// <summary>
    /// Copies elements out as records while they fit: <c>ebpf_map_get_next_key_and_value_batch</c>. An element that stays in the map
    /// throughout is delivered exactly once, whatever happens to the others.
    /// </summary>
    /// <param name="current">The calling thread's kernel context.</param>
    /// <param name="position">The position to continue from. Its key is outside the output.</param>
    /// <param name="output">Receives the records.</param>
    /// <param name="room">Size of the output in bytes.</param>
    /// <param name="delete">
    /// Removes each element from the map and delivers it only if no other thread removed it meanwhile. The position's key is deleted too, once
    /// there is an element after it.
    /// </param>
    /// <param name="site">The caller, for traces.</param>
    /// <param name="written">Size in bytes of the whole records written, whatever the result.</param>
    internal virtual EbpfResult ReadBatch(
        KeThread current, WalkPosition position, byte* output, uint room, bool delete, string site, out uint written)
    {
        CopyTrace trace = new(current);
        nuint record = RecordBytes;
        nuint at = 0;
        byte* previous = delete ? position.Key : null;
        EbpfResult result = EbpfResult.Success;
        for (uint element = 0; at + record <= room;)
        {
            byte* key = output + at;
            byte* destination = key + KeySize;
            result = NextEntry(current, position, key, site, out byte* value);
            if (result != EbpfResult.Success)
            {
                break;
            }

            if (previous != null)
            {
                result = DeleteEntry(current, previous, site);
                if (result is not (EbpfResult.Success or EbpfResult.KeyNotFound))
                {
                    break;
                }

                previous = null;
            }

            position = WalkPosition.Past(key);
            if (!delete)
            {
                BlockCopy.Copy(destination, value, ValueBytes);
            }
            else if ((result = TakeEntry(current, key, destination, site, ref value)) == EbpfResult.KeyNotFound)
            {
                // The next element's key goes to the same place, once the walk has read this one.
                continue;
            }
            else if (result != EbpfResult.Success)
            {
                break;
            }

            trace.Fetch(element++, value, destination, ValueBytes);
            at += record;
        }

        written = (uint)at;
        return result == EbpfResult.NoMoreKeys && at != 0 ? EbpfResult.Success : result;
    }

    /// <summary>Called before a program of a type uses the map: <c>ebpf_map_associate_program</c>.</summary>
    /// <returns>Success, or <see cref="EbpfResult.InvalidFd"/> for a map that is tied to programs of another type.</returns>
    internal virtual EbpfResult AssociateProgram(KeThread current, Guid programType) => EbpfResult.Success;

    /// <summary>
    /// The program that a tail call through this map and an index runs, <c>ebpf_map_get_program_from_entry</c>; null if there is none, and for
    /// a map of other things. Call it in an epoch, which keeps the program; it is not referenced.
    /// </summary>
    internal virtual EbpfObject? ProgramAt(KeThread current, uint index) => null;

    /// <inheritdoc/>
    internal override EbpfResult WriteInfo(in Caller caller, ReadOnlySpan<byte> given, Span<byte> room, out int written)
    {
        written = 0;
        if (!caller.Require(!room.IsEmpty, CheckTable.ObjectInfoRoom, room.Length, sizeof(BpfMapInfo)))
        {
            return caller.Refused;
        }

        TraceLayout(caller.Current);
        var info = new BpfMapInfo
        {
            Id = Id,
            Type = Definition.Type,
            KeySize = KeySize,
            ValueSize = Layout.ValueSize,
            MaxEntries = Definition.MaxEntries,
            InnerMapId = Traits.HoldsMaps ? Definition.InnerMapId : 0,
            PinnedPathCount = (uint)PinnedPathCount,
        };

        // strncpy: a name ends at its first zero byte.
        ReadOnlySpan<byte> name = NameBytes;
        int end = name.IndexOf((byte)0);
        name[..(end < 0 ? name.Length : end)].CopyTo(info.Name);

        written = Math.Min(room.Length, sizeof(BpfMapInfo));
        new ReadOnlySpan<byte>(&info, written).CopyTo(room);
        return EbpfResult.Success;
    }

    /// <inheritdoc/>
    internal override void OnUnreachable(KeThread current) =>
        KernelEventSource.Log.MapDelete(
            current.RequestId, current.ProcessorNumber, Id, Name, Traits.Name, KeySize, Layout.ValueSize, _definition.MaxEntries);

    /// <summary>Traces the creation of the map.</summary>
    internal void TraceCreate(KeThread current) =>
        KernelEventSource.Log.MapCreate(
            current.RequestId, current.ProcessorNumber, Id, Name, Traits.Name, KeySize, Layout.ValueSize, _definition.MaxEntries);
}
