using KernelSim.EbpfCore.Extensions;
using KernelSim.EbpfCore.Hash;
using KernelSim.EbpfCore.Memory;
using KernelSim.EbpfCore.Objects;
using KernelSim.Nt.Ex;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;

namespace KernelSim.EbpfCore.Maps;

/// <summary>
/// A map of an extension's own type: <c>ebpf_custom_map_t</c>. It keeps its elements in the store of the base type, enforces
/// <c>max_entries</c>, and calls the extension before and after each operation. Values are not per-CPU.
/// </summary>
/// <remarks>
/// Writers of the store hold the map's lock. The provider's callbacks run without it, except the one before a deletion. Several callbacks can
/// therefore run at once for one key, but each value that an update or a deletion removes is reported exactly once.
/// </remarks>
internal sealed unsafe class CustomMap : EbpfMap
{
    private readonly CustomStore _store;
    private readonly CustomMapClient _client;
    private readonly MapProviderDispatch _provider;
    private readonly bool _rewrites;
    private readonly int _actualValueSize;
    private readonly uint _storedBytes;
    private readonly ExWorkItem _cleanup;
    private KSpinLock _lock = new(CoreLockRanks.CustomMap);
    private uint _count;

    internal CustomMap(
        CoreContext core, MapParameters parameters, CustomMapClient client, CustomStore store, uint actualValueSize, object? context)
        : base(core, parameters)
    {
        _client = client;
        _store = store;
        _provider = client.Provider!.Dispatch;
        _rewrites = client.Provider.UpdatesOriginalValue;
        _actualValueSize = (int)actualValueSize;
        _storedBytes = Math.Max(actualValueSize, parameters.Definition.ValueSize);
        _cleanup = new ExWorkItem(core.Machine, CleanUp);
        ProviderContext = context;
    }

    /// <summary>True if programs have no access because the provider rewrites the values.</summary>
    public bool IsHidden => _rewrites;

    /// <summary>The lookup that a map's provider may call for its own helpers.</summary>
    public static Span<byte> FindElement(EbpfMap map, ReadOnlySpan<byte> key)
    {
        if (map is not CustomMap custom || key.Length != custom.KeySize)
        {
            return default;
        }

        fixed (byte* k = key)
        {
            byte* value = custom._store.Find(k);
            return value == null ? default : new Span<byte>(value, custom._actualValueSize);
        }
    }

    /// <inheritdoc/>
    internal override EbpfResult AssociateProgram(KeThread current, Guid programType) =>
        _provider.AssociateProgramType(current, ProviderContext, programType);

    /// <inheritdoc/>
    /// <remarks>A program gets the stored value, and nothing from a map whose values are rewritten.</remarks>
    internal override EbpfResult FindEntry(KeThread current, byte* key, bool delete, string? site, out byte* value)
    {
        value = null;
        if (_rewrites)
        {
            return EbpfResult.OperationNotSupported;
        }

        EbpfResult result = Find(current, key, delete, MapOperationFlags.Helper, default, site, out value);
        if (result == EbpfResult.Success && !delete && site is null)
        {
            _store.OnUse(current, value);
        }

        return result;
    }

    /// <inheritdoc/>
    internal override EbpfResult ReadEntry(KeThread current, byte* key, bool delete, string site, byte* destination, uint room)
    {
        uint size = Definition.ValueSize;
        byte* rewritten = null;
        if (_rewrites && (rewritten = current.Machine.Pool.Allocate(Math.Max(size, 1), CorePoolTags.Map)) == null)
        {
            return EbpfResult.NoMemory;
        }

        // The reply's memory also holds the key: the value is kept elsewhere until the provider and the table are done with the key.
        EbpfResult result = Find(
            current, key, delete, MapOperationFlags.None, rewritten == null ? default : new Span<byte>(rewritten, (int)size), site, out byte* stored);
        if (result == EbpfResult.Success)
        {
            byte* value = rewritten == null ? stored : rewritten;
            uint bytes = Math.Min(room, size);
            BlockCopy.Copy(destination, value, bytes);
            new CopyTrace(current).Fetch(0, value, destination, bytes);
            current.CountFetched(bytes);
        }

        if (rewritten != null)
        {
            current.Machine.Pool.Free(rewritten, CorePoolTags.Map);
        }

        return result;
    }

    /// <inheritdoc/>
    internal override EbpfResult UpdateEntry(
        KeThread current, byte* key, byte* value, EbpfMapOption option, string? site, out byte* stored)
    {
        stored = null;
        MapOperationFlags flags = FlagsOf(site);
        if (_rewrites && flags == MapOperationFlags.Helper)
        {
            return EbpfResult.OperationNotSupported;
        }

        EbpfResult allowed = _store.CheckAccess(current, CustomAccess.Update, key, option, site);
        if (allowed != EbpfResult.Success)
        {
            return allowed;
        }

        byte* rewritten = null;
        if (_rewrites && (rewritten = current.Machine.Pool.Allocate(_storedBytes, CorePoolTags.Map)) == null)
        {
            return EbpfResult.NoMemory;
        }

        Span<byte> output = rewritten == null ? default : new Span<byte>(rewritten, _actualValueSize);
        EbpfResult result = _provider.PreprocessUpdateElement?.Invoke(
            current, ProviderContext, KeyAt(key), new ReadOnlySpan<byte>(value, (int)Definition.ValueSize), output, flags) ?? EbpfResult.Success;
        if (result == EbpfResult.Success)
        {
            byte* fresh = rewritten == null ? value : rewritten;
            result = Store(current, key, fresh, option, site, out stored, out byte* replaced);

            // Either the old value has gone, or the value that the provider has just seen was not stored.
            byte* gone = result == EbpfResult.Success ? replaced : fresh;
            if (gone != null)
            {
                Gone(current, key, gone, flags | MapOperationFlags.Update);
            }
        }

        if (rewritten != null)
        {
            current.Machine.Pool.Free(rewritten, CorePoolTags.Map);
        }

        return result;
    }

    /// <inheritdoc/>
    internal override EbpfResult DeleteEntry(KeThread current, byte* key, string? site)
    {
        if (_rewrites && site is null)
        {
            return EbpfResult.OperationNotSupported;
        }

        EbpfResult allowed = _store.CheckAccess(current, CustomAccess.Delete, key, default, site);
        return allowed == EbpfResult.Success ? Delete(current, key, FlagsOf(site)) : allowed;
    }

    /// <inheritdoc/>
    internal override EbpfResult NextEntry(KeThread current, WalkPosition position, byte* next, string? site, out byte* value)
    {
        value = null;
        EbpfResult allowed = position.IsStart ? EbpfResult.Success : _store.CheckAccess(current, CustomAccess.Next, position.Key, default, site);
        return allowed == EbpfResult.Success ? _store.Next(position, next, out value) : allowed;
    }

    /// <inheritdoc/>
    /// <remarks>The rest must run at PASSIVE_LEVEL.</remarks>
    internal override void Free(KeThread current) => _cleanup.Queue(current);

    /// <summary>A map that evicts is never full, and one whose keys all exist takes no new ones.</summary>
    private bool LimitsElements => Definition.MaxEntries != 0 && _store is { Evicts: false, HasAllKeys: false };

    private static MapOperationFlags FlagsOf(string? site) => site is null ? MapOperationFlags.Helper : MapOperationFlags.None;

    private ReadOnlySpan<byte> KeyAt(byte* key) => new(key, (int)KeySize);

    private ReadOnlySpan<byte> StoredAt(byte* value) => new(value, _actualValueSize);

    private EbpfResult Find(
        KeThread current, byte* key, bool delete, MapOperationFlags flags, Span<byte> output, string? site, out byte* value)
    {
        value = null;
        EbpfResult allowed = _store.CheckAccess(current, delete ? CustomAccess.FindAndDelete : CustomAccess.Find, key, default, site);
        if (allowed != EbpfResult.Success)
        {
            return allowed;
        }

        value = _store.Find(key);
        EbpfResult result = value == null
            ? EbpfResult.ObjectNotFound
            : _provider.PostprocessFindElement?.Invoke(current, ProviderContext, KeyAt(key), StoredAt(value), output, flags)
                ?? EbpfResult.Success;
        return result == EbpfResult.Success && delete ? Delete(current, key, flags) : result;
    }

    private EbpfResult Store(
        KeThread current, byte* key, byte* value, EbpfMapOption option, string? site, out byte* stored, out byte* replaced)
    {
        stored = replaced = null;
        if (!current.RequireElement(option <= EbpfMapOption.Exist, CheckTable.MapUpdateOption, site, (uint)option, (uint)EbpfMapOption.Exist))
        {
            return current.RefusedResult;
        }

        while (true)
        {
            byte* victim;
            byte* evicted = null;
            using (_lock.Acquire(current))
            {
                byte* old = _store.FindOwn(key);
                if (old == null && option != EbpfMapOption.Exist && LimitsElements && _count >= Definition.MaxEntries)
                {
                    break;
                }

                EbpfResult result = _store.Update(current, key, value, option, out stored);
                if (result != EbpfResult.OutOfSpace || !_store.Evicts)
                {
                    replaced = result == EbpfResult.Success ? old : null;
                    _count += result == EbpfResult.Success && old == null ? 1u : 0;
                    return result;
                }

                victim = _store.FindVictim(current);
                if (victim != null && (evicted = _store.FindOwn(victim)) != null)
                {
                    _store.Delete(current, victim);
                    _count--;
                }
            }

            // Its key and value stay readable until the epoch ends.
            if (evicted != null)
            {
                Gone(current, victim, evicted, FlagsOf(site) | MapOperationFlags.Update);
            }
        }

        current.RequireElement(false, CheckTable.MapCustomFull, site, _count, Definition.MaxEntries);
        return current.RefusedResult;
    }

    private EbpfResult Delete(KeThread current, byte* key, MapOperationFlags flags)
    {
        byte* removed;
        using (_lock.Acquire(current))
        {
            removed = _store.FindOwn(key);
            if (removed == null)
            {
                return _store.HasAllKeys ? EbpfResult.Success : EbpfResult.KeyNotFound;
            }

            EbpfResult consent = _provider.PreprocessDeleteElement?.Invoke(current, ProviderContext, KeyAt(key), StoredAt(removed), flags)
                ?? EbpfResult.Success;
            if (consent != EbpfResult.Success)
            {
                return consent;
            }

            _store.Delete(current, key);
            _count--;
        }

        _provider.PostprocessDeleteElement?.Invoke(current, ProviderContext, KeyAt(key), StoredAt(removed), flags);
        return EbpfResult.Success;
    }

    /// <summary>Notifies the provider of a value that is already gone, and ignores its result.</summary>
    private void Gone(KeThread current, byte* key, byte* value, MapOperationFlags flags)
    {
        _provider.PreprocessDeleteElement?.Invoke(current, ProviderContext, KeyAt(key), StoredAt(value), flags);
        _provider.PostprocessDeleteElement?.Invoke(current, ProviderContext, KeyAt(key), StoredAt(value), flags);
    }

    /// <summary>Deletes the elements of an unreachable map, and releases the provider.</summary>
    private void CleanUp(KeThread current)
    {
        using (Core.Epochs.Enter(current))
        {
            // Providers' callbacks may free memory through the epoch.
            _store.ForEach((key, value) => Gone(current, key, value, MapOperationFlags.MapCleanup));
            _store.Dispose(current);
            _provider.PostprocessMapDelete(current, ProviderContext);
        }

        _client.End(current);
        Core.CustomMaps.Release();
    }
}
